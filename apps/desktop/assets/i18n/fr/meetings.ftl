# Rencontres

next-meeting = Prochaine rencontre
overview-to-decide = À décider
groups-meetings = Rencontres
groups-no-meeting = Pas encore de rencontre de ce groupe.
meeting-new = Nouvelle rencontre
meeting-first = Prévoir une première rencontre
meeting-make = Créer la rencontre
meeting-title = Titre de la rencontre
meeting-title-hint = Par exemple : Comité de mars
meetings-coming = À venir
meetings-past = Passées
meetings-rules = Rencontres régulières
meetings-bin =
    { $count ->
        [0] Corbeille (vide)
       *[other] Corbeille ({ $count })
    }
meetings-none-coming = Aucune rencontre n’est prévue.
meetings-none-past = Aucune rencontre n’a encore eu lieu.
meetings-empty = Pas encore de rencontre
meetings-empty-hint = Une date, un ordre du jour, une trace écrite à plusieurs : commencez par une première rencontre, ou dites comment elles reviennent dans « Rencontres régulières ».
meeting-none = Choisissez une rencontre
meeting-none-hint = Elle s’ouvre ici, avec son ordre du jour et sa trace.
meeting-opening = La rencontre s’ouvre…
meeting-back = Revenir à la liste des rencontres
meeting-open = Ouvrir « { $title } », { $when }
meeting-foreseen = prévue par une règle
meeting-to-bin = Mettre la rencontre à la corbeille
meeting-in-bin = Cette rencontre est dans la corbeille.
meeting-charter = Nos règles, d’après la charte
rules-charter-changed = Ceci est la version en vigueur. Le texte de la charte a changé depuis, sans avoir été adopté.
rules-charter-draft = Ceci est un brouillon : aucune version de la charte n’est encore adoptée.
rules-charter-empty = La charte ne dit encore rien des règles d’échange ni de la façon de décider.
rules-to-charter = Ouvrir la charte
meeting-planned = Prévue
meeting-running = En cours
meeting-closed = Terminée
meeting-cancelled = Annulée
meeting-begin = Ouvrir la rencontre
meeting-cancel = Annuler la rencontre
meeting-end = Terminer la rencontre
meeting-at-once = L’état de la rencontre a été changé de deux façons en même temps. Choisissez ce qu’il en est.
meeting-left-over =
    { $count ->
        [one] Un point de l’ordre du jour n’a pas été traité.
       *[other] { $count } points de l’ordre du jour n’ont pas été traités.
    }
meeting-carry = Reporter
meeting-carry-to =
    { $count ->
        [one] Le reporter à la rencontre suivante, { $when } ?
       *[other] Les reporter à la rencontre suivante, { $when } ?
    }
meeting-reopen = Revenir à « prévue »
meeting-room = Plein écran pour la salle
meeting-day = { $weekday } { $date }
meeting-when = { $day } à { $time }
meeting-no-day = Date à trouver
meeting-options =
    { $count ->
        [one] { $count } date proposée
       *[other] { $count } dates proposées
    }
meeting-part-prepare = Préparer
meeting-part-minutes = Trace
meeting-part-attendance = Présences
meeting-part-closing = Clôture
meeting-on = Jour
meeting-at = Heure
meeting-at-hint = 18:30
meeting-length = Durée
meeting-length-hint = non dite
meeting-place = Lieu ou lien
meeting-place-hint = Salle des fêtes, ou l’adresse d’une visioconférence
meeting-group = Groupe de travail
meeting-group-hint = tout le réseau
meeting-by-rule = Rencontre régulière : { $rule }
meeting-facilitators = Animation
meeting-note-takers = Prise de notes
meeting-nobody = Personne n’est encore désigné.
meeting-part-out = Ne plus désigner { $name }
meeting-part-add = Désigner quelqu’un
meeting-prepared = À préparer, ou déjà préparé
meeting-prepared-hint = Documents à lire, matériel, ce que chacun apporte…
date-to-answer = Date à répondre : { $title }
dates-look-for = Chercher une date ensemble
dates-title = Trouver une date
dates-hint = Proposez plusieurs jours ; chacun dit quand il peut. Choisir un jour en fait celui de la rencontre.
dates-chosen = Choisie
dates-counts = { $yes } oui · { $maybe } si besoin · { $no } non · { $unsaid } sans réponse
dates-choose = Retenir { $day }
dates-choose-short = Retenir ce jour
dates-take-out = Retirer { $day }
dates-answer = { $day } : { $answer }
dates-new-day = Jour à proposer
dates-new-time = Heure à proposer
dates-propose = Proposer
dates-who = Qui
can-yes = Oui
can-maybe = Si besoin
can-no = Non
agenda-name = Ordre du jour
agenda-empty = L’ordre du jour est vide : ajoutez un premier point.
agenda-planned = { $length } prévues
agenda-ends = fin vers { $time }
agenda-over = { $length } de trop
agenda-move = Déplacer « { $title } »
agenda-move-hint = Glissez, ou Alt et une flèche
agenda-done = « { $title } » est traité
agenda-remove = Retirer « { $title } » de l’ordre du jour
agenda-length = Durée de « { $title } »
agenda-length-hint = durée
agenda-title = Point de l’ordre du jour
agenda-from = Vient de : { $title }
agenda-carried = Reporté à : { $title }
agenda-brings = { $name } apporte
agenda-brings-what = Ce qu’apporte { $name }
agenda-brings-hint = un devis, une lecture, une question…
agenda-brings-out = { $name } n’apporte rien
agenda-brings-add = Qui apporte quelque chose à « { $title } »
agenda-brings-who = Quelqu’un apporte…
agenda-add = Nouveau point
agenda-add-hint = Ajouter un point, puis Entrée
agenda-carry =
    { $count ->
        [one] Reporter le point non traité
       *[other] Reporter les { $count } points non traités
    }
agenda-carry-to = À la rencontre suivante, { $when }.
agenda-carry-none = Ce qui n’est pas traité se reporte à la rencontre suivante, dès qu’il y en a une.
minutes-to-action = Faire une action
minutes-to-decision = Faire une décision
minutes-open-action = Ouvrir l’action
minutes-open-decision = Ouvrir la décision
minutes-make-hint = De la ligne où se trouve le curseur
minutes-made =
    { $count ->
        [one] Ce qui en est né
       *[other] Ce qui en est né ({ $count })
    }
made-action = Action
made-action-done = Action faite
made-decision = Décision
made-gone = « { $line } » n’est plus là
attended-present = Présent
attended-excused = Excusé
attended-represented = Représenté
attended-absent = Absent
attended-by = { $word } par { $name }
attended-by-whom = Représenté par
attended-by-nobody = Sans préciser
attendance-counts = Présents : { $present } · représentés : { $represented } · excusés : { $excused } · absents : { $absent } · non notés : { $unsaid }
attendance-note-here = Noter présents ceux qui sont connectés
attendance-guest = Noter quelqu’un d’autre
attendance-hint = Tout le monde peut noter. Ce que chacun dit de soi compte avant ce que d’autres ont noté. Seuls comptent ceux qui étaient membres ce jour-là.
attendance-me = { $name } (moi)
attendance-own = de sa main
attendance-own-me = de ma main
attendance-noted = noté autrement : { $word }
attendance-conflict = Noté de deux façons à la fois ({ $words }) : choisissez.
attendance-note = { $name } : { $word }
attendance-title = Assiduité
attendance-over-time = Qui est venu, trimestre par trimestre et sur l’année, à l’échelle du réseau. Personne n’y est comparé à un autre.
attendance-none = Rien à montrer encore : notez les présences d’une rencontre, elles se comptent ici.
attendance-year = Année { $year }
attendance-quarter =
    { $quarter ->
        [1] 1er trimestre { $year }
       *[other] { $quarter }e trimestre { $year }
    }
attendance-rate =
    { $count ->
        [one] { $rate } % de présence, sur { $count } rencontre
       *[other] { $rate } % de présence, sur { $count } rencontres
    }
attendance-mine = Moi : { $came } sur { $expected }
round-title = Tour de clôture
round-hint = Un mot chacun, pour finir : comment repartez-vous ?
round-none = Personne n’a encore dit son mot.
round-mine = Mon mot
round-mine-hint = Mon mot
round-say = Dire
floor-title = Temps de parole
floor-hint = Facultatif : un équilibre à regarder ensemble, jamais une note. Seuls ceux qui l’acceptent sont nommés.
floor-show = Compter le temps de parole dans cette rencontre
floor-agree = J’accepte que mon temps de parole s’affiche à mon nom
floor-nobody = Personne n’a encore accepté d’être nommé.
floor-others = Les autres
floor-time = { $minutes } min { $seconds }
floor-tap = { $name } prend ou rend la parole
rules-hint = Une règle dit comment une rencontre revient. Elle apparaît dans la liste à chaque date ; l’ouvrir la prépare.
rules-none = Pas encore de rencontre régulière.
rule-add = Ajouter une règle
rule-add-hint = Par exemple : Comité de pilotage
rule-title = Nom de la rencontre régulière
rule-often = À quel rythme
rule-day = Quel jour
rule-from = À partir du
rule-until = Jusqu’au
rule-never = Avec ces dates, cette rencontre n’a jamais lieu : changez le jour, le début ou la fin.
rule-shortens = Dans les mois plus courts, elle a lieu le dernier jour du mois.
rule-next = Prochaines dates
rule-day-skipped = { $day } : n’a pas lieu
rule-day-moved = { $day } : déplacée au { $on }
rule-day-skip = Sauter { $day }
rule-day-skip-short = Sauter
rule-day-back = Rétablir { $day }
rule-day-back-short = Rétablir
rule-day-move = Déplacer { $day }
rule-day-move-hint = Déplacer au…
rule-remove = Mettre la règle « { $title } » à la corbeille
rhythm-whole = { $often }, { $day }
rhythm-said-weeks =
    { $count ->
        [one] chaque semaine
       *[other] toutes les { $count } semaines
    }
rhythm-said-months =
    { $count ->
        [one] chaque mois
       *[other] tous les { $count } mois
    }
rhythm-weeks =
    { $count ->
        [one] Chaque semaine
       *[other] Toutes les { $count } semaines
    }
rhythm-months-day =
    { $count ->
        [one] Chaque mois, à une date
       *[other] Tous les { $count } mois, à une date
    }
rhythm-months-weekday =
    { $count ->
        [one] Chaque mois, un jour de la semaine
       *[other] Tous les { $count } mois, un jour de la semaine
    }
rhythm-weekday = le { $weekday }
rhythm-day =
    { $day ->
        [1] le 1er
       *[other] le { $day }
    }
rhythm-first = le 1er { $weekday }
rhythm-nth = le { $nth }e { $weekday }
rhythm-last = le dernier { $weekday }
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes }
running-leave = Quitter le plein écran (Échap)
running-here =
    { $count ->
        [one] { $count } personne connectée
       *[other] { $count } personnes connectées
    }
running-now = Maintenant
running-left = reste { $time }
running-over = dépassé de { $time }
running-next = Traité, point suivant
running-all-done = L’ordre du jour est traité.
weekday-mon = lundi
weekday-tue = mardi
weekday-wed = mercredi
weekday-thu = jeudi
weekday-fri = vendredi
weekday-sat = samedi
weekday-sun = dimanche
