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
charter-language = Language of the network
charter-review = Charter to be reviewed on
language-fr = French
language-en = English
