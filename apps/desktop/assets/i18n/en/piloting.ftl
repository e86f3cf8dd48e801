# Roles and steering: who holds what, whom it passes to, and what facilitation and steering say to each other

look-people = People
look-roles = Roles and steering
roles-look-at = { $count ->
    [one] 1 thing to look at in the roles.
   *[other] { $count } things to look at in the roles.
}
roles-look-at-button = See the roles
roles-explained = Who holds which role, until when, and whom it passes to next. A role says who takes care of what; it gives no further right over the texts.
role-nobody = Nobody holds this role at present.
role-shared = shared
role-in-turn = rotating
role-since = since { $from }
role-since-until = { $from } to { $to }
role-next = Next hand-over on { $on }, to { $name }.
role-coming = Turns to come
role-turn = { $from } to { $to }: { $name }
role-turn-swapped = swapped
role-before = Before ({ $count })
role-before-of = Before ({ $count }): { $role }
role-ended-by = ended by { $name }
roles-before = Roles held before ({ $count })
role-edit = Remit and turns…
role-edit-of = Remit and turns: { $role }
role-hand-over = Hand-over…
role-hand-over-of = Hand-over: { $role }

# What to look at
warn-facilitator-is-pilot = { $name } both steers and facilitates. Facilitation is a safeguard: entrust it to somebody else if you can.
warn-named-by-pilot-alone = { $name } was named to facilitate by those who steer alone. If the choice suits you too, say so.
warn-nobody-facilitates = Roles are held, but nobody facilitates or coordinates. Who would link the members and those who steer?
warn-mandate-ended = { $name }’s mandate ({ $role }) ran out on { $day }, and nobody has taken over.
warn-holder-left = { $name } has left the network and still holds a role: { $role }.
warn-ends-before-start = { $name }’s mandate ({ $role }) ends before it begins: end it and give it again.
warn-rotation-empty = The role “{ $role }” rotates, but nobody is in its order: add somebody.
warn-rotation-undated = For “{ $role }”, it remains to say when turns begin and how long they are.
warn-hand-over-due = Since { $day } it is { $name }’s turn ({ $role }). The hand-over is not recorded yet.
warn-give = Give a role…
warn-stand-for = I support this choice
warn-end = End the mandate
warn-arrange = Complete…
warn-hand-over = Hand-over…

# Remit and turns
role-remit = Remit
role-remit-hint = What is this role for in our network?
rotation-title = Turns
rotation-explained = Optional. With a first day, a length and an order, everybody sees the same calendar. Those who leave the network are passed over.
rotation-start = First day of the first turn
rotation-term = Length of a turn
rotation-term-none = to choose
term-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weeks
}
term-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
rotation-order = In this order
rotation-nobody = Nobody in the order at present.
rotation-gone = { $name } (no longer in the network)
rotation-up = Move { $name } forward
rotation-down = Move { $name } back
rotation-out = Take { $name } out of the order
rotation-add = Add to the order
rotation-add-hint = choose somebody
rotation-count-on = Who took a recorded turn keeps it; those after count on from there.

# Swaps of turns
swap-mine = Swap my turn of { $from }…
swap-title = Swap a turn
swap-explained = The swap holds once the other accepts it. Either can go back on it until one of the two turns has begun.
swap-against = For the turn of
swap-choice = { $name }, { $from } to { $to }
swap-none = Nobody else has a turn to come.
swap-confirm = Offer this swap
swap-waits = You offer your turn of { $mine } for { $name }’s, of { $theirs }.
swap-offered = { $name } offers their turn of { $theirs } for yours, of { $mine }.
swap-offered-others = { $by } offers { $name } to swap the turns of { $mine } and { $theirs }.
swap-agreed = { $by } and { $name } have swapped their turns of { $mine } and { $theirs }.
swap-void = The swap between { $by } and { $name } no longer holds: the order changed or a turn has begun.
swap-accept = Accept
swap-take-back = Take my word back

# Hand-over
hand-over-when = On { $on }, to { $name }.
hand-over-undated = This role does not rotate: it has no day of hand-over.
hand-over-due = It has been { $name }’s turn since { $on }.
hand-over-record = Record the hand-over
hand-over-record-what = The mandate is given until the end of the turn, and that of the turn before ends.
hand-over-open = What is under way
hand-over-open-none = No open action with who holds this role.
hand-over-late = late
hand-over-blocked = waiting
hand-over-due-on = due { $day }
hand-over-objectives = Objectives near their deadline
hand-over-objectives-none = No objective is near its deadline.
hand-over-where = Where things are
hand-over-where-hint = Keys, accounts, contacts, files: a page written together, which passes on with the role.
hand-over-page-begin = Begin this page
hand-over-page-open = Open this page
hand-over-page-title = Hand-over – { $role }
hand-over-save = Save as text…
hand-over-file = hand-over.md

# The facilitation's feedback to the steering
threads-title = Feedback to those who steer
threads-explained = What the facilitation observes and proposes, with its reasons, and what those who steer answer. Everybody writes in their own name.
threads-none = No feedback yet.
thread-said = { $name } ({ $roles }), { $on }
thread-said-plain = { $name }, { $on }
thread-send-named = { $send }: { $label }
thread-waits = waits for an answer from those who steer
thread-answered = answered
thread-became = became an objective
thread-made = { $name } made an objective of it: { $title }
thread-mine = What I wrote on { $on }
thread-take-back = Take back what I wrote on { $on }
thread-reply-to = Your answer to { $name }
thread-reply-send = Answer
thread-objective = Make it an objective…
thread-objective-title = An objective out of this feedback
thread-objective-explained = The objective is added to the plan, and the conversation points to it.
thread-objective-name = Objective
thread-objective-deadline = Deadline (optional)
thread-objective-confirm = Add this objective
thread-new = New feedback
thread-new-hint = What you observe, why, and what you propose.
thread-new-send = Write this feedback
thread-too-long = That is too long: at most { $max } characters.

# What waits for me
asked-hand-over-mine = The role “{ $role }” passes to you on { $on }.
asked-hand-over-mine-due = It has been your turn since { $on }: { $role }. Record the hand-over.
asked-hand-over-give = You hand the role “{ $role }” to { $name } on { $on }.
asked-mandate-ends = Your mandate ({ $role }) ends on { $on }, and nobody is down for it after that.
asked-swap = { $name } offers to swap a turn with you: { $role }.
asked-feedback = { $name } waits for an answer from those who steer.
