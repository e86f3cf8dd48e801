# A network’s home

home-coming = Documents received from the others: { $done } of { $all }
home-coming-meanwhile = What has arrived can be read already. If you close Tresse or go away, nothing is lost: the rest comes when you next meet.
home-members =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
home-organisations =
    { $count ->
        [one] { $count } organisation
       *[other] { $count } organisations
    }
home-pages =
    { $count ->
        [0] no page
        [one] { $count } page
       *[other] { $count } pages
    }

first-steps = To begin with
first-steps-explained = In any order, alone or together:
first-step-charter = Write what brings you together
first-step-plan = Set a first objective
first-step-page = Write a first page
first-step-invite = Invite a member

asked-of-me = You are awaited
asked-charter-consent = The charter proposed by { $name } waits for your consent
asked-charter-record = The vote “{ $title }” has adopted the charter: it remains to be written down
asked-charter-sign = The charter in force is to be signed
asked-decisions =
    { $count ->
        [one] { $count } decision between members waits for you
       *[other] { $count } decisions between members wait for you
    }
asked-added-value-state = Say what your organisation expects to gain from the network
home-warnings = Roles to look at together
asked-added-value = You said more than a year ago what your organisation expects: read it again

purposes = Purposes
purpose = Purpose
purposes-empty = Why does this network exist? One sentence for each purpose is enough.
purpose-add = Add
purpose-hint = New purpose
purpose-remove = Remove purpose
network-details = Name, kind and openness of the network
network-kind = Kind of network
network-membership = Membership
membership-open = Open: anybody may ask to join
membership-closed = Closed: by considered invitation
network-review = To be reviewed on
network-past = History of the network

objectives = Objectives
home-objectives-empty = No objective yet. An objective says where the network wants to get, and by when.
home-objectives-go = Set an objective
objective-progress =
    { $total ->
        [0] no action yet
       *[other] { $done } of { $total } done
    }
objective-late = late
objective-deadline-short = deadline: { $date }

my-actions = My actions
my-actions-empty = Nothing waits for you. Actions that you are in charge of appear here.
my-actions-more =
    { $count ->
        [one] And { $count } more action of yours, in the plan
       *[other] And { $count } more actions of yours, in the plan
    }
action-blocked = waiting
late-actions = Late in the network
due-on = by { $date }
due-late = late: { $date }
due-none = no due date
owner-nobody = Nobody

recent = Latest changes
recent-empty = Nothing has been written yet.
recent-by = { $name }, { $when }
recent-charter = The charter
recent-plan = The action plan
recent-network = The network’s identity
recent-notebook = A member’s card
