# Evaluation: results, pulse, wanting-being able to-knowing how to cooperate, contributions, toolbox

tab-evaluation = Evaluation
look-results = Results
look-pulse = Pulse
look-cooperation = Cooperating
look-contributions = Contributions
look-toolbox = Toolbox
asked-pulse = The pulse is to be filled in by { $until }
mean-value = { $mean }
score-of = { $what } — { $score } of 5
score-low = not at all
score-high = very much
true-low = not true
true-high = very true

# Objectives and results
results-explained = What the network wanted, where it has got to, and what it learned on the way.
results-empty = No objective yet
results-empty-hint = To evaluate is to hold results against objectives. Begin by writing one in the roadmap.
results-to-plan = Go to the action plan
result-reached = Reached
result-percent = at { $percent }% of the target
result-unknown = Cannot be measured yet
result-late = Deadline is past
result-deadline = Deadline: { $on }
result-actions =
    { $done ->
        [0] No action done
        [one] { $done } action done
       *[other] { $done } actions done
    }, { $open ->
        [0] none open
        [one] { $open } open
       *[other] { $open } open
    }{ $late ->
        [0] .
        [one] , { $late } of them late.
       *[other] , { $late } of them late.
    }
result-see = See in the roadmap
result-see-objective = See “{ $title }” in the roadmap
result-no-indicator = No indicator: nobody will be able to say whether this objective is reached.
objective-learned = What we learned
objective-learned-hint = What worked, what we would do otherwise…

# The pulse
pulse-explained = A few questions asked of everybody, at a rhythm chosen together. Everybody answers in their notebook: a part of the network in which nobody else writes.
pulse-begin-title = Feeling the network’s pulse
pulse-begin-hint = A few short questions that every member answers from 1 to 5, with a word if they like. You can change the questions and the rhythm.
pulse-begin = Begin the pulse
pulse-honest = Tresse does not show who answered what. But your answers stand in your notebook, and the network’s members can read notebooks: this is no secret ballot.
pulse-rhythm = Rhythm
pulse-rhythm-none = Ask no more
rhythm-monthly = Each month
rhythm-quarterly = Each quarter
rhythm-half-yearly = Twice a year
rhythm-yearly = Once a year
pulse-start = First day
pulse-threshold = Answers needed to show detail
pulse-threshold-of = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
pulse-threshold-said = With fewer than { $count } answers, only their number is shown.
pulse-settings = Questions and rhythm
pulse-settings-open = Change questions and rhythm
pulse-settings-close = Fold questions and rhythm away
pulse-questions = Questions
pulse-question-words = Question “{ $text }”
pulse-question-remove = Ask “{ $text }” no more
pulse-question-removed = This question is no longer asked. Its answers stay.
pulse-question-off = no longer asked
pulse-question-offer = Ask “{ $text }” as well
pulse-question-new = New question
pulse-question-add = Add the question
pulse-question-satisfaction = Are you satisfied with the network?
pulse-question-added-value = Does the network bring something to you or your organisation?
pulse-question-confidence = Do you trust the other members?
pulse-question-heard = Do you feel heard?
pulse-question-meetings = Are meetings useful?
pulse-fill = Your turn, until { $until }
pulse-to-answer = { $count ->
    [one] { $count } question is left.
   *[other] { $count } questions are left.
}
pulse-answered = Thank you, you have answered everything. You can still change your mind.
pulse-word = A word, if you like
pulse-word-of = A word on “{ $text }”
pulse-results = Results
pulse-save = Save as a table
pulse-file = Pulse
pulse-mean = mean { $mean } · { $count } ans.
pulse-few = { $count ->
    [0] no answer
   *[other] { $count } ans., too few
}
pulse-otherwise = { $count ->
    [one] { $count } answer was given while the question was worded otherwise.
   *[other] { $count } answers were given while the question was worded otherwise.
}
pulse-words = Words:

# Wanting, being able to, knowing how to cooperate
cooperation-explained = To cooperate is to want to, to be able to and to know how. Say what is true for you today. Tresse only shows the network’s mean. Your answers stand in your notebook: nobody else writes in it, every member can read it.
corner-want = Want
corner-can = Can
corner-know = Know
corner-weak = needs care
triangle-key = Drawn through, round points: me. Dashes, squares: the network, with how far members differ as a thick stroke.
triangle-me = Me
triangle-before = Before
triangle-network = The network
triangle-spread = { $mean } ± { $spread } ({ $count } members)
triangle-few = With fewer than { $count } answers, the network’s mean is not shown.
triangle-on = Your last answer: { $on }
triangle-said = Me: { $me }. The network: { $network }.
triangle-time = The network over time
triangle-time-key = Want: drawn through, discs. Can: dashes, squares. Know: dots, triangles.
triangle-time-said = The network over time: { $moments }.
statement-want-value = I see what the network brings, to me and to my organisation.
statement-want-trust = I trust the others, and conflicts of interest are said.
statement-want-voice = Everybody takes part and is heard; nobody takes over.
statement-want-energy = I still feel like it, without being weary and without doing too much.
statement-can-place = I know in which capacity I am here and what I may decide.
statement-can-means = I have the time and the means to keep my promises.
statement-can-rules = Our rules of exchange and our ways of working are clear.
statement-can-others = We have ties to neighbouring networks, and do not do things twice.
statement-know-language = We give the same words the same meaning.
statement-know-picture = We have the same picture of what we want to reach.
statement-know-tools = I know how to use our common tools.
statement-know-methods = We know how to run a meeting and carry an action through.
corner-sheets = Sheets to help
corner-sheets-none = Nothing is weak for now. The toolbox is there all the same.

# Contributions
contributions-gathering = Tresse is gathering contributions…
contributions-explained = What each gave, from what was really done. People stand by their names: nothing is compared.
contributions-together = Together
contributions-none = Nothing yet: pages written and actions done will appear here.
contributions-none-yet = Nothing is noted here: add what you gave.
contributions-people = Members
contributions-of = Contributions of { $name }
contributions-all = All members
contributions-own-hint = What Tresse cannot see: a lift, a room, an introduction… Only you can write it, all can read it.
contributions-new = What I gave
contributions-new-hint = I lent the room, I welcomed…
contributions-add = Add
contributions-one = What I gave on { $on }
contributions-remove = Take back “{ $text }”
contributions-more = { $count ->
    [one] and { $count } older one
   *[other] and { $count } older ones
}
given-kind-pages = Pages written
given-kind-actions = Actions carried through
given-kind-meetings = Notes of meetings
given-kind-facilitated = Meetings facilitated
given-kind-decisions = Decisions prepared
given-kind-roles = Roles held
given-kind-lent = Resources lent
given-kind-feedback = Exchanges between facilitation and piloting
given-kind-ballots = Ballots given
given-kind-answers = Answers given
given-kind-own = And also
given-pages = { $count ->
    [one] { $count } page written or added to.
   *[other] { $count } pages written or added to.
}
given-actions = { $count ->
    [one] { $count } action carried through.
   *[other] { $count } actions carried through.
}
given-meetings = { $count ->
    [one] { $count } meeting of which notes are kept.
   *[other] { $count } meetings of which notes are kept.
}
given-facilitated = { $count ->
    [one] { $count } meeting facilitated.
   *[other] { $count } meetings facilitated.
}
given-ballots = { $count ->
    [one] { $count } ballot given in a decision.
   *[other] { $count } ballots given in decisions.
}
given-decisions = { $count ->
    [one] { $count } decision prepared.
   *[other] { $count } decisions prepared.
}
given-roles = { $count ->
    [one] { $count } mandate held.
   *[other] { $count } mandates held.
}
given-lent = { $count ->
    [one] { $count } loan to another member.
   *[other] { $count } loans to other members.
}
given-feedback = { $count ->
    [one] { $count } exchange between facilitation and piloting.
   *[other] { $count } exchanges between facilitation and piloting.
}
given-answers = { $count ->
    [one] { $count } answer when the network asked.
   *[other] { $count } answers when the network asked.
}
given-own = { $count ->
    [one] { $count } other thing that members say.
   *[other] { $count } other things that members say.
}

# Toolbox
toolbox-explained = Short sheets on working together. Take one into the library and fit it to your network.
toolbox-all = All sheets
toolbox-page = Make a page of it
