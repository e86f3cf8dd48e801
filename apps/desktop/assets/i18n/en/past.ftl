# A document's past, and who wrote each line

past-time = Moment in the past
past-moment = { $when }, { $name }
past-place = step { $at } of { $count }
past-older = Step before
past-newer = Next step
past-before = What this step changed
past-now = What changed since
past-dates = Between two dates
past-from = From
past-to = to
past-dates-hint = Give two dates to see what changed between them.
past-sheet = The document at this moment
past-nothing = There was nothing here yet.

# Putting back

past-put-back = Put “{ $what }” back
past-put-back-space = Put the line break back
past-put-back-value = Put “{ $what }” back
past-put-back-item = Take “{ $title }” out of the bin
past-is-back = It is back in its place.
past-is-back-near = It is back at the nearest place: the text that stood around it is gone.
past-not-back = Undo

# The plan, sentence by sentence

past-count-orientations =
    { $count ->
        [one] { $count } orientation
       *[other] { $count } orientations
    }
past-count-objectives =
    { $count ->
        [one] { $count } objective
       *[other] { $count } objectives
    }
past-count-actions =
    { $count ->
        [one] { $count } action, { $done } of them done
       *[other] { $count } actions, { $done } of them done
    }
past-count-groups =
    { $count ->
        [one] { $count } working group
       *[other] { $count } working groups
    }
past-counts-before = Before: { $counts }
past-item = { $kind } “{ $title }”
past-kind-orientation = Orientation
past-kind-objective = Objective
past-kind-indicator = Indicator
past-kind-measure = Measure
past-kind-action = Action
past-kind-check = Checklist
past-kind-group = Working group
past-kind-watch = Watch item
past-kind-resource = Resource
past-kind-loan = Loan
past-added = Added
past-removed = Put in the bin
past-back = Taken out of the bin
past-by = , by { $name }, { $when }
past-ticked = done
past-unticked = to do
past-field = { $field }:{ " " }
past-field-text = Text
past-field-title = Title
past-field-words = Explanation
past-field-deadline = Deadline
past-field-means = Means
past-field-learned = What we learned
past-field-orientation = Orientation
past-field-name = Name
past-field-unit = Unit
past-field-baseline = At the start
past-field-target = Target
past-field-current = Today
past-field-value = Result
past-field-date = Date
past-field-note = Note
past-field-objective = Objective
past-field-status = Progress
past-field-start = Start
past-field-due = Due
past-field-every = Comes again
past-field-territory = Territory
past-field-territory_scale = Scale
past-field-effort = Effort
past-field-working_group = Working group
past-field-group = Carried by
past-field-owners = Owners
past-field-depends_on = Waits for
past-field-done_on = Done on
past-field-done = Ticked
past-field-remit = Remit
past-field-planned_end = Planned end
past-field-closed = Closed on
past-field-members = Members
past-field-summary = Summary
past-field-link = Link
past-field-on = Seen on
past-field-tags = Tags
past-field-kind = Kind
past-field-member = Offered or needed by
past-field-organisation = Organisation
past-field-description = Description
past-field-place = Place
past-field-conditions = Conditions
past-field-answers = Answers the need
past-field-met = Need met on
past-field-purpose = What for
past-field-borrower = To whom
past-field-from = From
past-field-until = Until
past-field-back = Given back on

# What a meeting says, a decision, and what the network asks

past-question = Question
past-dates-proposed = Days proposed
past-agenda-done = Points dealt with
past-agenda-carried = Points carried on
past-brings = Who brings what
past-attendance = Attendance, as noted
past-attended = { $word }: { $who }
past-counted = counted
past-turns = Turns to speak written down
past-made = Lines that became an action or a decision
past-attachments = Attachments
past-binned = Bin
past-in-bin = in the bin
past-closes = Closing
past-step = Step
past-step-collect = collect criteria
past-step-confront = confront
past-cast = Members who said that they answered
past-replies = Answers to objections
past-outcome-on = Stated on
past-published = Published page
past-pulse-rhythm = Rhythm of the pulse
past-pulse-start = First day of the pulse
past-pulse-threshold = Answers needed to break the pulse down
past-questions = Questions asked
past-series-from = from { $on }
past-series-until = until { $on }
past-series-at = at { $time }
past-series-group = group: { $name }

# Who wrote this line

lines-who = Who wrote this line?
lines-said = Line { $line }: { $who }
lines-author = { $name }, { $day }
lines-more =
    { $count ->
        [one] and { $count } other
       *[other] and { $count } others
    }
lines-empty = Line { $line }: empty
lines-coming = Line { $line }: one moment…
