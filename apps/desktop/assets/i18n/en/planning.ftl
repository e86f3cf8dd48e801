# The plan: roadmap, timeline, calendar, working groups, coherence

plan-roadmap = Roadmap
roadmap-empty = The roadmap is still blank
roadmap-empty-hint = An orientation says where the network is heading. Under it, objectives say where it wants to get, by when, with what means, and how it will be seen. Write a first objective above, or an orientation below.
orientation = Orientation
orientation-none = No orientation
orientation-bare = No objective carries out this orientation yet.
orientation-new-hint = New orientation
orientation-add = Add the orientation
orientation-title = Orientation
orientation-words = What is meant by it
orientation-words-hint = In a sentence or two
orientation-change = Reword the orientation “{ $title }”
orientation-remove = Put the orientation “{ $title }” in the bin
orientation-objective-add = Add an objective to “{ $title }”
orientation-counts =
    { $objectives ->
        [one] { $objectives } objective
       *[other] { $objectives } objectives
    }, { $actions ->
        [0] no action
        [one] { $actions } action
       *[other] { $actions } actions
    }
reached-percent = { $percent }% reached
objective-under = Orientation of the new objective
objective-no-deadline = No deadline
objective-late-actions =
    { $count ->
        [one] { $count } action late
       *[other] { $count } actions late
    }
objective-with = Means: { $means }
objective-change = Change the objective “{ $title }”
objective-move = Move the objective “{ $title }”
objective-move-to = Put under
objective-actions = See the actions of “{ $title }”
indicator-baseline = At the start
indicator-last = Last measure
indicator-not-measured = not measured yet
indicator-from-only = { $from } at the start
indicator-now = { $now }
indicator-from-now = from { $from } to { $now }
indicator-aim = { $now }, aiming at { $to }
indicator-aimed = aim: { $value }
indicator-course = “{ $name }” in { $count } measures: { $way }
hands-added = Added by { $name } { $when }
hands-changed = changed by { $name } { $when }
measure-by = noted by { $name }
measure-date = Day of the measure of “{ $name }”
measure-value = Measure of “{ $name }”
measure-value-hint = Value
measure-note = Note on the measure of “{ $name }”
measure-note-hint = Note
measure-add = Add the measure
measure-add-to = Add the measure to “{ $name }”
measure-remove = Remove the measure of { $date }
measure-without-value = First write what was measured: a number, or a few words.

plan-timeline = Timeline
plan-calendar = Calendar
plan-groups = Groups
plan-coherence = Coherence

group-by = Group
group-by-none = Not grouped
group-by-status = By status
group-by-owner = By owner
group-by-objective = By objective
group-by-working-group = By working group
group-by-territory = By territory
group-by-scale = By scale
territory-none = No territory
scale-none = No scale
filter-territory = Territory
filter-territory-all = Everywhere

timeline-empty = Nothing to lay out over time
timeline-empty-hint = The timeline shows each action from its start to its due day, and what it waits for. Write a first action below, then give it dates.
timeline-keys = With the keyboard: arrows go from action to action and through time, Enter opens, Alt + arrow moves the action, Alt + Shift + arrow moves its end. With the mouse: drag a bar, or one of its ends.
timeline-earlier = Earlier
timeline-today = Today
timeline-later = Later
timeline-weeks = Weeks
timeline-months = Months
timeline-quarters = Quarters
timeline-quarter = Q{ $number }
timeline-row = “{ $title }”: { $when }, { $status }
timeline-row-late = , late
timeline-row-waits = , waits for another action
when-never = no date
when-from = from { $day }
when-day = for { $day }
when-days = from { $first } to { $last }

calendar-day =
    { $date }, { $count ->
        [0] nothing
        [one] { $count } thing
       *[other] { $count } things
    }
calendar-action = “{ $title }”, { $status }
calendar-deadline = Deadline: { $title }
calendar-group-end = Planned end: { $title }
calendar-more = + { $count }
calendar-open = Open { $name }
calendar-nothing = Nothing that day.
calendar-new = New action for this day
calendar-add = Add to this day
calendar-empty-hint = Due days of actions, deadlines of objectives and what comes again each week or month are found here. Choose a day to plan a first action.
calendar-keys = With the keyboard: arrows go from day to day, Page Up and Page Down change the month, Enter opens the day, Alt + arrow moves what is chosen. With the mouse: drag a due day to another day.

bulk-all = Choose all the actions shown
bulk-one = Choose “{ $title }”
bulk-none = Clear the selection
bulk-count = { $count } chosen
bulk-due = New due day
bulk-in-a-week = In a week
bulk-group = Group
bulk-territory = Another territory

groups-new-hint = New working group
groups-add = Make the group
groups-empty = No working group yet
groups-empty-hint = A working group brings a few members together around a task: what it is asked to do, who is in it, when it means to have finished, its actions and its pages. Give it a name above.
groups-closed = Closed groups
groups-open = Open the group “{ $name }”
groups-nobody = Nobody yet
groups-counts =
    { $open ->
        [0] no action under way
        [one] { $open } action to finish
       *[other] { $open } actions to finish
    }, { $pages ->
        [0] no page
        [one] { $pages } page
       *[other] { $pages } pages
    }
groups-closed-on = Closed on { $date }
groups-overdue = Was to end on { $date }
groups-until = until { $date }
groups-all = All groups
groups-name = Name of the group
groups-remit = What it is asked to do
groups-remit-hint = In a sentence or two
groups-start = Since
groups-planned-end = Planned end
groups-members = Who is in it
groups-actions = Its actions
groups-no-action = This group carries no action yet.
groups-action-hint = New action of this group
groups-join = Join this group
groups-leave = Leave this group
groups-gone = { $name } (left the network)
groups-take-out = Take { $name } out of the group
groups-put-in = Put somebody into the group
groups-close = Close the group
groups-close-hint = The group is done: it stays readable, with its actions and its pages.
groups-reopen = Open the group again
groups-remove = Put the group “{ $name }” in the bin
groups-pages = Its pages
groups-no-page = No page belongs to this group.
groups-page-hint = Look for a page to attach
groups-page-none = No page matches.
groups-page-on = Attach the page “{ $title }”
groups-page-off = Detach the page “{ $title }”

coherence-new-hint = An objective of my organisation
coherence-add = Add
coherence-empty = What does each organisation want?
coherence-empty-hint = Each has objectives of its own. Write those of yours and link them to the network’s: then one sees what the network serves, and what it does not serve yet. Only you write yours, everybody reads them.
coherence-counts =
    { $wanted ->
        [one] { $wanted } objective of an organisation
       *[other] { $wanted } objectives of organisations
    }; { $unserved ->
        [0] the network serves all
       *[other] { $unserved } that nothing serves yet
    }
coherence-unserved-only = Only what nothing serves
coherence-all-served = All that organisations want is served by an action of the network.
coherence-unserved = { $count } not served
coherence-said-by = said by { $name }
coherence-text = Objective of my organisation
coherence-objective = The network’s objective that serves it
coherence-no-objective = None
coherence-remove = Remove “{ $text }”
coherence-not-linked = Linked to no objective of the network
coherence-no-action = Linked, but no action works on it
coherence-served = Served by
coherence-see = See the objective “{ $title }”

saved-filters = Saved filters
saved-none = No filter saved.
saved-how = Search, filter, sort or group, then come back here: you can give what you see a name and find it on all your devices.
saved-new = Name of the filter
saved-save = Save this filter
saved-ask = Apply the filter “{ $name }”
saved-name = New name of the filter “{ $name }”
saved-rename = Rename the filter “{ $name }”
saved-remove = Remove the filter “{ $name }”
