# Members and invitations

invite = Invite
invite-somebody = Invite somebody
members-me = My card in this network
members-me-explained = Every member sees it, only you can change it.
members-others =
    { $count ->
        [0] The other members
        [one] { $count } other member
       *[other] { $count } other members
    }
members-search = Look for a member
members-alone = You are alone here for now
members-alone-hint = Invite a first person: they will receive the whole network on their own device.
members-nobody-found = Nobody matches this search.
member-here = Connected right now
member-admitted = Let in by { $name } { $when }
member-founder = At the origin of the network, { $when }
since-today = today
since-date = on { $date }
profile-name = Name
profile-organisation = Organisation
profile-organisation-hint = Association, town, training centre…
profile-engagement = In what capacity
engagement-volunteer = Volunteer
engagement-employee = Employee
profile-brings = What I bring
profile-brings-hint = A skill, a place, some time…
profile-brings-short = Brings
profile-expects = What I expect
profile-expects-hint = What the network should make possible for you
profile-added-value = What my organisation expects to gain
profile-added-value-hint = Training, funding, ways of working, being seen… To be read again every year.
profile-added-value-short = Their organisation expects to gain
profile-added-value-read = read on { $date }
profile-added-value-today = Looked at today
profile-added-value-on = Last read on
profile-expects-short = Expects

invitations-open =
    { $count ->
        [one] { $count } open invitation
       *[other] { $count } open invitations
    }
invitation-line =
    { $uses ->
        [one] made by { $name }, for { $uses } person
       *[other] made by { $name }, for { $uses } people
    }
invitation-left =
    { $count ->
        [0] no place left
        [one] { $count } place left
       *[other] { $count } places left
    }
invitation-came = Let in: { $names }
invitations-past =
    { $count ->
        [one] { $count } past invitation
       *[other] { $count } past invitations
    }
invitation-made =
    { $uses ->
        [one] Made by { $name } { $when }, for { $uses } person
       *[other] Made by { $name } { $when }, for { $uses } people
    }
invitation-used = used
invitation-closed = closed
invitation-expired = expired
invitation-expires-today = expires today
invitation-expires-days =
    { $count ->
        [one] expires in { $count } day
       *[other] expires in { $count } days
    }
invitation-revoke = Close
invitation-revoke-number = Close invitation { $number }

invite-title = Invite to “{ $name }”
invite-explained = An invitation lets people in without your having to be there: any connected member can open the door.
invite-uses = For how many people
invite-uses-count =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
invite-expiry = Valid for
invite-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
invite-warning = Whoever holds the invitation can come in and read everything. Hand it over in person or by a safe channel, only to people the network expects.
invite-offline = Tresse is offline: the invitation will only work once a member is connected.
invite-make = Create the invitation
ticket-how = Show this code to the person you invite, or send them the text.
ticket-code = Square code of the invitation
ticket-text = Text of the invitation
ticket-copy = Copy the text
ticket-large = Show large
ticket-small = Make small
ticket-large-how = Take a photo of this code, then drop the photo on the Tresse window of the other computer.
ticket-save = Save the file…
ticket-save-picture = Save the picture…
ticket-file-name = invitation { $name }
ticket-keep-on = For the person to get in, leave Tresse open or count on another connected member.
