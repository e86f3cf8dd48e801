# Meetings

next-meeting = Next meeting
overview-to-decide = To be decided
groups-meetings = Meetings
groups-no-meeting = No meeting of this group yet.
meeting-new = New meeting
meeting-first = Plan a first meeting
meeting-make = Create the meeting
meeting-title = Title of the meeting
meeting-title-hint = For example: Committee of March
meetings-coming = To come
meetings-past = Past
meetings-rules = Regular meetings
meetings-bin =
    { $count ->
        [0] Bin (empty)
       *[other] Bin ({ $count })
    }
meetings-none-coming = No meeting is planned.
meetings-none-past = No meeting has taken place yet.
meetings-empty = No meeting yet
meetings-empty-hint = A date, an agenda, minutes that several write: begin with a first meeting, or say in “Regular meetings” how they come again.
meeting-none = Choose a meeting
meeting-none-hint = It opens here, with its agenda and its minutes.
meeting-opening = The meeting is opening…
meeting-back = Back to the list of meetings
meeting-open = Open “{ $title }”, { $when }
meeting-foreseen = foreseen by a rule
meeting-to-bin = Put the meeting in the bin
meeting-in-bin = This meeting is in the bin.
meeting-charter = Our rules, from the charter
rules-charter-changed = This is the version in force. The charter’s text has changed since and was not adopted.
rules-charter-draft = This is a draft: no version of the charter is adopted yet.
rules-charter-empty = The charter says nothing yet of rules of exchange or of how you decide.
rules-to-charter = Open the charter
meeting-planned = Planned
meeting-running = Running
meeting-closed = Over
meeting-cancelled = Cancelled
meeting-begin = Open the meeting
meeting-cancel = Cancel the meeting
meeting-end = End the meeting
meeting-at-once = The state of the meeting was changed in two ways at the same time. Choose which it is.
meeting-left-over =
    { $count ->
        [one] One item of the agenda was not dealt with.
       *[other] { $count } items of the agenda were not dealt with.
    }
meeting-carry = Carry on
meeting-carry-to =
    { $count ->
        [one] Carry it on to the next meeting, { $when }?
       *[other] Carry them on to the next meeting, { $when }?
    }
meeting-reopen = Plan it again
meeting-room = Full screen for the room
meeting-day = { $weekday } { $date }
meeting-when = { $day } at { $time }
meeting-no-day = Day to be found
meeting-options =
    { $count ->
        [one] { $count } day proposed
       *[other] { $count } days proposed
    }
meeting-part-prepare = Prepare
meeting-part-minutes = Minutes
meeting-part-attendance = Attendance
meeting-part-closing = Closing
meeting-on = Day
meeting-at = Time
meeting-at-hint = 18:30
meeting-length = Length
meeting-length-hint = not said
meeting-place = Place or link
meeting-place-hint = Village hall, or the address of a video call
meeting-group = Working group
meeting-group-hint = the whole network
meeting-by-rule = Regular meeting: { $rule }
meeting-facilitators = Facilitation
meeting-note-takers = Minutes taken by
meeting-nobody = Nobody is named yet.
meeting-part-out = Name { $name } no longer
meeting-part-add = Name somebody
meeting-prepared = To prepare, or prepared already
meeting-prepared-hint = Documents to read, equipment, what each brings…
date-to-answer = Day to answer: { $title }
dates-look-for = Find a day together
dates-title = Finding a day
dates-hint = Propose several days; each says when they can. Choosing one makes it the meeting’s.
dates-chosen = Chosen
dates-counts = { $yes } yes · { $maybe } if need be · { $no } no · { $unsaid } no answer
dates-choose = Choose { $day }
dates-choose-short = Choose this day
dates-take-out = Take { $day } out
dates-answer = { $day }: { $answer }
dates-new-day = Day to propose
dates-new-time = Time to propose
dates-propose = Propose
dates-who = Who
can-yes = Yes
can-maybe = If need be
can-no = No
agenda-name = Agenda
agenda-empty = The agenda is empty: add a first item.
agenda-planned = { $length } planned
agenda-ends = ends about { $time }
agenda-over = { $length } too long
agenda-move = Move “{ $title }”
agenda-move-hint = Drag, or Alt and an arrow
agenda-done = “{ $title }” is done
agenda-remove = Take “{ $title }” off the agenda
agenda-length = Length of “{ $title }”
agenda-length-hint = length
agenda-title = Agenda item
agenda-from = From: { $title }
agenda-carried = Carried on to: { $title }
agenda-brings = { $name } brings
agenda-brings-what = What { $name } brings
agenda-brings-hint = an estimate, a reading, a question…
agenda-brings-out = { $name } brings nothing
agenda-brings-add = Who brings something to “{ $title }”
agenda-brings-who = Somebody brings…
agenda-add = New item
agenda-add-hint = Add an item, then Enter
agenda-carry =
    { $count ->
        [one] Carry the open item on
       *[other] Carry the { $count } open items on
    }
agenda-carry-to = To the next meeting, { $when }.
agenda-carry-none = What is not done can be carried on to the next meeting, once there is one.
minutes-to-action = Make an action
minutes-to-decision = Make a decision
minutes-open-action = Open the action
minutes-open-decision = Open the decision
minutes-make-hint = Of the line where the caret is
minutes-made =
    { $count ->
        [one] Made of this meeting
       *[other] Made of this meeting ({ $count })
    }
made-action = Action
made-action-done = Action done
made-decision = Decision
made-gone = “{ $line }” is no longer there
attended-present = Present
attended-excused = Excused
attended-represented = Represented
attended-absent = Absent
attended-by = { $word } by { $name }
attended-by-whom = Represented by
attended-by-nobody = Without saying by whom
attendance-counts = { $present } present · { $represented } represented · { $excused } excused · { $absent } absent · { $unsaid } not noted
attendance-note-here = Note those connected as present
attendance-guest = Note somebody else
attendance-hint = Anybody can note. What each says of themselves counts before what others noted. Only those count who were members on that day.
attendance-me = { $name } (me)
attendance-own = in their own words
attendance-own-me = in my own words
attendance-noted = noted otherwise: { $word }
attendance-conflict = Noted in two ways at once ({ $words }): choose one.
attendance-note = { $name }: { $word }
attendance-title = Attendance
attendance-over-time = Who came, quarter by quarter and over the year, across the network. Nobody is set against another.
attendance-none = Nothing to show yet: note who came to a meeting, and it is counted here.
attendance-year = Year { $year }
attendance-quarter = Quarter { $quarter } of { $year }
attendance-rate =
    { $count ->
        [one] { $rate }% attended, of { $count } meeting
       *[other] { $rate }% attended, of { $count } meetings
    }
attendance-mine = Me: { $came } of { $expected }
round-title = Closing round
round-hint = One word each, to end with: how are you leaving, in one word?
round-none = Nobody has said their word yet.
round-mine = My word
round-mine-hint = My word
round-say = Say it
floor-title = Who speaks how long
floor-hint = Optional: a balance to look at together, never a score. Only those who agree are named.
floor-show = Count in this meeting how long people speak
floor-agree = I agree that how long I speak is shown by my name
floor-nobody = Nobody has agreed to be named yet.
floor-others = The others
floor-time = { $minutes } min { $seconds }
floor-tap = { $name } takes or gives back the floor
rules-hint = A rule says how a meeting comes again. It stands in the list on each day; opening it prepares it.
rules-none = No regular meeting yet.
rule-add = Add a rule
rule-add-hint = For example: Steering committee
rule-title = Name of the regular meeting
rule-often = How often
rule-day = Which day
rule-from = From
rule-until = Until
rule-never = By these dates this meeting never takes place: change the day, the beginning or the end.
rule-shortens = In shorter months it falls on the last day of the month.
rule-next = Next days
rule-day-skipped = { $day }: skipped
rule-day-moved = { $day }: moved to { $on }
rule-day-skip = Skip { $day }
rule-day-skip-short = Skip
rule-day-back = Put { $day } back
rule-day-back-short = Put back
rule-day-move = Move { $day }
rule-day-move-hint = Move to…
rule-remove = Put the rule “{ $title }” in the bin
rhythm-whole = { $often }, { $day }
rhythm-said-weeks =
    { $count ->
        [one] every week
       *[other] every { $count } weeks
    }
rhythm-said-months =
    { $count ->
        [one] every month
       *[other] every { $count } months
    }
rhythm-weeks =
    { $count ->
        [one] Every week
       *[other] Every { $count } weeks
    }
rhythm-months-day =
    { $count ->
        [one] Every month, on a date
       *[other] Every { $count } months, on a date
    }
rhythm-months-weekday =
    { $count ->
        [one] Every month, on a weekday
       *[other] Every { $count } months, on a weekday
    }
rhythm-weekday = { $weekday }
rhythm-day = on day { $day }
rhythm-first = the first { $weekday }
rhythm-nth =
    { $nth ->
        [2] the second { $weekday }
        [3] the third { $weekday }
       *[other] the { $nth }th { $weekday }
    }
rhythm-last = the last { $weekday }
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes }
running-leave = Leave full screen (Esc)
running-here =
    { $count ->
        [one] { $count } person connected
       *[other] { $count } people connected
    }
running-now = Now
running-left = { $time } left
running-over = { $time } over
running-next = Done, next item
running-all-done = The agenda is done.
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday
