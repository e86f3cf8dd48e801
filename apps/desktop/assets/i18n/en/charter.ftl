# Charter

charter-agreed = The essentials
charter-text = Text
values = Shared values
value = Value
values-empty = Which values bring you together? For example: “one person, one vote”.
value-add = Add
value-hint = New value
value-remove = Remove value
charter-exchange-rules = Rules of exchange
charter-exchange-rules-hint = How do we talk, how often, what may be repeated outside?
charter-decision-rule = How we decide
charter-decision-rule-hint = For example: by consent; otherwise by majority, one person, one vote.
charter-voting = The rule that decisions take over
charter-voting-hint = Optional. A new vote begins with this rule, a consent with the quorum. Once a version of the charter is adopted, it is that version’s rule that counts.
charter-method = The usual way to decide
charter-threshold = A vote is adopted from
charter-language = Language of the network
charter-review = Charter to be reviewed on
charter-purposes-part = They are adopted and signed with the charter.
charter-purposes-changed = They have changed since the version in force was adopted.
charter-purposes-go = Purposes are written on the first page
charter-added-values = What each organisation expects to gain
charter-added-values-empty = Nobody has said yet what their organisation expects to gain from the network. Each member writes it on their own card.
charter-added-values-go = Say what my organisation expects to gain
language-fr = French
language-en = English

# Versions of the charter

charter-none-adopted = Not adopted yet
charter-none-adopted-hint = Write it together. When it suits you, propose it: everybody can consent to it, and then sign it.
charter-in-force = In force since { $when }
charter-signatures =
    { $count ->
        [0] Nobody has signed it yet
       *[other] Signed by { $count } of { $of } members
    }
charter-signed-by = Signed: { $names }
charter-signed-by-former = Had signed, and have left the network since: { $names }
charter-unsigned-by = Not yet: { $names }
charter-sign = Sign this charter
charter-signed = You have signed it
charter-unsign = Take my signature back
charter-proposed = Proposed by { $name } { $when }
charter-proposed-changed = The text shown here has changed since this proposal.
charter-consent = Consent
charter-consented = You consent
charter-not-here = Not all of this version has arrived here yet.
charter-compare = See what changes
charter-read = Read this version
charter-changed = The text shown here is no longer the one in force.
charter-propose = Propose this version
charter-put = Put to the members’ vote
charter-vote = Decide by a vote…
charter-vote-title = Decide upon a version of the charter
charter-vote-explained = Each member answers, as in any decision; the charter in force says how it is counted. The decision’s text says what changes.
charter-vote-put = Ask the question
charter-vote-go = Open the decision “{ $title }”
charter-vote-open = The members are deciding upon it.
charter-vote-to-record = The members have adopted it; it remains to be written down.
charter-vote-adopted = Adopted by a decision of the members.
charter-vote-waiting = { $name } wrote down that it is adopted. This machine cannot check that yet: the decision, ballots or a count have not arrived.
charter-vote-not-adopted = The vote did not adopt it.
charter-vote-other-terms = It was counted in another way than the charter in force says: that does not adopt it.
charter-vote-overtaken = A version came into force before this vote had ended, so it adopts none any more. The question can be put again.
charter-rule-vote = Or, as the charter in force says: { $rule }.
charter-rule-first = The first version is adopted in this way. Later ones can be adopted by a vote, if the charter says how.
charter-rule-none = For it to be adopted by a vote as well, the charter in force must say how: that is “The rule that decisions take over”.
charter-rule-alone = You are the only person in this network: your consent adopts it.
charter-rule =
    { $need ->
        [one] The consent of one member of { $of } adopts it, as for a change of the network’s rules (Members page).
       *[other] The consent of { $need } members of { $of } adopts it, as for a change of the network’s rules (Members page).
    }
charter-earlier =
    { $count ->
        [one] { $count } earlier version
       *[other] { $count } earlier versions
    }
charter-earlier-one =
    { $count ->
        [0] Adopted { $when }
        [one] Adopted { $when }, signed by { $count } member
       *[other] Adopted { $when }, signed by { $count } members
    }
charter-about-version = { $what }: version adopted { $when }
charter-compare-in-force = Compare with the one in force
charter-compare-next = Compare with the next one

# What changed

history = History
history-explained = Who wrote, and when: proved by each machine’s signature.
history-empty = Nobody has written anything here yet.
history-nobody = Unknown machine
history-changes =
    { $count ->
        [one] { $count } change
       *[other] { $count } changes
    }
differences-charter = What changes in the charter
differences-coming = One moment…
differences-none = No difference.
differences-text = Text
differences-tags = Tags
differences-line = ⏎
differences-role = Role: { $role }
