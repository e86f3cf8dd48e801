# Faire le point : continuer, clore un réseau, le rouvrir ; bilan et archive

rail-closed = Clos
home-closing = Faire le point
palette-closing = Faire le point : continuer ou clore ce réseau

closing-question = Le réseau a-t-il atteint sa finalité ?
closing-no-purpose = Personne n’a encore écrit pourquoi ce réseau existe.
closing-decide-hint = Pour en parler à tous avant de vous décider, posez la question au réseau : elle devient une décision, que la clôture pourra citer.
closing-decide = Poser la question au réseau
review-none = Aucune date n’est fixée pour faire le point.
review-today = C’est aujourd’hui que le réseau fait le point.
review-past =
    { $count ->
        [one] Le réseau devait faire le point hier.
       *[other] Le réseau devait faire le point il y a { $count } jours.
    }
review-ahead =
    { $count ->
        [one] Le réseau fait le point demain.
       *[other] Le réseau fait le point dans { $count } jours.
    }
review-set = Le prochain point est fixé. Vous pouvez en changer la date.
review-next = Continuer, et refaire le point le

closing-end = Clore le réseau
closing-end-what = Un réseau qui a fait son temps se termine bien : on dit comment, le bilan est fait, et tout reste lisible par chacun. On peut aussi le continuer dans un autre réseau.
closing-needed =
    { $of ->
        [one] Vous êtes la seule personne de ce réseau : votre accord suffit.
       *[other] Il faut l’accord de { $need } membres sur { $of }, comme pour changer les règles.
    }
closing-propose = Proposer de clore…
closing-propose-otherwise = Proposer une autre fin…
closing-proposed = { $name } propose de clore le réseau
closing-mine = Vous avez donné votre accord
closing-withdraw = Retirer mon accord
closing-consent = Je suis d’accord…
closing-said-yes = D’accord : { $names }

closing-propose-title = Proposer de clore le réseau
closing-now = Clore le réseau maintenant
reopening-now = Rouvrir le réseau maintenant
closing-propose-confirm = Proposer cette clôture
closing-consent-title = Clore le réseau ?
closing-talk = Parlez-en d’abord entre vous. Chacun verra cette proposition sur sa page d’accueil.
closing-outcome = Comment le réseau se termine
outcome-purpose-met = Sa finalité est atteinte
outcome-no-longer-needed = Il n’est plus nécessaire
outcome-merged = Il continue dans un autre réseau
closing-into = Dans quel réseau il continue
closing-into-other = un autre réseau…
closing-into-name = Nom de cet autre réseau
closing-into-name-hint = Ex. : Réseau des jardins partagés
closing-words = Ce que vous voulez en dire
closing-words-hint = Ce qui a été fait, ce qu’il en reste, des remerciements…
closing-decision = À la suite de quelle décision
closing-decision-none = aucune
closing-what-follows = Une fois le réseau clos, plus personne n’y écrit. Tout reste lisible et s’exporte, le bilan et une archive se font chez chaque membre, et le même nombre de membres peut le rouvrir.

ends-purpose-met = Sa finalité est atteinte.
ends-no-longer-needed = Il n’est plus nécessaire.
ends-merged = Il continue dans « { $name } ».
closing-after-decision = À la suite de la décision « { $title } »
closing-go-on = Aller à « { $name } »

closed-title = Réseau clos { $when }
closed-by = D’accord : { $names }.
closed-what = On n’y écrit plus. Tout reste lisible ; on peut l’exporter, en garder l’archive, et chacun peut encore partir ou déclarer un appareil perdu.
closed-band = On n’y écrit plus ; tout reste lisible.
closed-band-more = Bilan, archive, réouverture
closed-after = Écrit ailleurs après la clôture
closed-after-what = Des membres qui ne savaient pas encore que le réseau était clos ont écrit ceci, d’après l’heure de leur appareil. Rien n’est perdu : leur travail compte.
closed-after-by = { $name }, { $when }

reopening = Rouvrir le réseau
reopening-what = Un réseau rouvert reprend exactement où il en était : tous les membres y écrivent de nouveau.
reopening-propose = Proposer de rouvrir…
reopening-title = Rouvrir le réseau
reopening-words = Pourquoi le rouvrir
reopening-words-hint = Ce qui reste à faire, ce qui a changé…
reopening-confirm = Proposer de le rouvrir
reopening-proposed = { $name } propose de rouvrir le réseau.
reopening-consent = D’accord pour rouvrir…

closing-past = Clôtures passées
closing-past-one = Clos { $when }. { $how }
closing-past-reopened = Rouvert { $when }.

archive = Bilan et archive
archive-what = Le bilan dit ce que le réseau voulait, qui en était et ce qui a été fait. L’archive garde tout le réseau dans des fichiers qui se lisent sans Tresse.
archive-make = Faire le bilan et l’archive
archive-again = Les refaire
archive-open = Ouvrir le bilan
archive-current = à jour, faits le { $day }
archive-older = faits le { $day } ; le réseau a changé depuis
archive-folder = Dans le dossier de vos données : { $folder }
archive-soon = Le bilan et l’archive se font tout seuls, dans un instant.
archive-gathering = Archive en cours : { $done } documents sur { $all }. Vous pouvez continuer à travailler.
archive-writing = Archive en cours : écriture des fichiers…
archive-protected = Vos données sont protégées sur cet appareil, mais une archive se lit sans mot de passe : elle ne se fait donc que si vous le demandez.
archive-made = Le bilan et l’archive sont dans { $folder }

asked-review = Faire le point : le réseau a-t-il atteint sa finalité ?
asked-closing = { $name } propose de clore le réseau : donner votre avis
asked-reopening = { $name } propose de rouvrir le réseau : donner votre avis
asked-archive = Le réseau est clos : garder le bilan et l’archive
