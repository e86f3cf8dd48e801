# Action plan

plan-table = Table
plan-board = By progress
plan-search = Look for an action
plan-count =
    { $count ->
        [0] no action
        [one] { $count } action
       *[other] { $count } actions
    }
plan-count-of = { $shown } of { $all } actions
plan-empty = No action yet
plan-empty-hint = An action says what is to be done, who takes care of it and by when. Write one below and press Enter.
plan-nothing-found = No action matches this search.
filter-clear = Show everything
filter-status = Filter by progress
filter-status-all = Any progress
filter-status-open = To be finished
filter-status-late = Late
filter-owner = Filter by owner
filter-owner-all = Everybody
filter-group = Filter by working group
filter-group-all = All groups
filter-objective-remove = No longer filter by the objective “{ $title }”
sort-by = Sort by: { $column }
cell-name = { $column }: { $row }

action = Action
action-title = Action
action-status = Progress
action-owner = Owner
action-owners = Owners
action-owner-add = Add an owner
action-owner-more = Add somebody
action-owner-off = Take { $name } off
action-start = Start
action-effort = Effort
action-effort-hint = 3 h, 1.5 d…
action-every = Comes again
every-never = Once only
every-weekly = Every week
every-monthly = Every month
every-quarterly = Every quarter
every-yearly = Every year
action-next = Next time: { $date }
action-done-once = Done this time
action-done-times =
    { $count ->
        [one] Done { $count } time so far
       *[other] Done { $count } times so far
    }
action-scale = Scale
scale-region = Region
scale-department = Department
scale-employment-area = Employment area
scale-town = Town
action-working-group = Working group
group-none = No group
action-waits = Waits for
action-waits-none = Nothing.
action-waits-find = Find the action to wait for
action-waits-hint = Find an action to wait for
action-waits-off = No longer wait for “{ $title }”
action-gone = Action in the bin
action-cycle = This action and another wait for each other: take one of the two links out.
action-checklist = To tick off
check = Part to tick off
check-done = Done: { $text }
check-remove = Take out “{ $text }”
check-hint = New part, then Enter
action-due = Due
action-objective = Objective
action-territory = Territory
action-territory-hint = Where? For example: North Valley
action-group = Working group
action-group-words = Group, in words
action-group-hint = For example: Communication
action-new-hint = New action
action-add = Add the action
action-open = Open the action “{ $title }”
action-remove = Put “{ $title }” in the bin
action-move = Move “{ $title }”
action-move-to = Move to
to-bin = Put in the bin
status-todo = To do
status-doing = Under way
status-blocked = Blocked
status-done = Done
status-dropped = Dropped

objective-none = No objective
objective-title = Objective
objective-deadline = Deadline
objective-means = Means
objective-means-hint = Time, money, places, people…
objective-new-hint = New objective
objective-add = Add the objective
objective-remove = Put the objective “{ $title }” in the bin
objective-to-bin = Remove this objective
objective-no-action = No action serves this objective yet.
indicators = Indicators
indicator-name = What is measured
indicator-current = Today
indicator-target = Target
indicator-unit = Unit
indicator-new = New indicator for “{ $title }”
indicator-new-hint = New indicator
indicator-add = Add the indicator
indicator-remove = Remove the indicator “{ $name }”
