# Plan d’action

plan-table = Tableau
plan-board = Par avancement
plan-search = Chercher une action
plan-count =
    { $count ->
        [0] aucune action
        [one] { $count } action
       *[other] { $count } actions
    }
plan-count-of = { $shown } sur { $all } actions
plan-empty = Aucune action pour l’instant
plan-empty-hint = Une action dit ce qu’il y a à faire, qui s’en charge et pour quand. Écrivez-en une ci-dessous puis appuyez sur Entrée.
plan-nothing-found = Aucune action ne correspond à cette recherche.
filter-clear = Tout afficher
filter-status = Filtrer par avancement
filter-status-all = Tout avancement
filter-status-open = À terminer
filter-status-late = En retard
filter-owner = Filtrer par responsable
filter-owner-all = Tout le monde
filter-group = Filtrer par groupe de travail
filter-group-all = Tous les groupes
filter-objective-remove = Ne plus filtrer par l’objectif « { $title } »
sort-by = Trier par : { $column }
cell-name = { $column } : { $row }

action = Action
action-title = Action
action-status = Avancement
action-owner = Responsable
action-owners = Responsables
action-owner-add = Ajouter un responsable
action-owner-more = Ajouter quelqu’un
action-owner-off = Retirer { $name } des responsables
action-start = Début
action-due = Échéance
action-effort = Charge de travail
action-effort-hint = 3 h, 1,5 j…
action-every = Revient
every-never = Une seule fois
every-weekly = Chaque semaine
every-monthly = Chaque mois
every-quarterly = Chaque trimestre
every-yearly = Chaque année
action-next = Prochaine fois : { $date }
action-done-once = Faite cette fois
action-done-times =
    { $count ->
        [one] Déjà faite { $count } fois
       *[other] Déjà faite { $count } fois
    }
action-scale = Échelle
scale-region = Région
scale-department = Département
scale-employment-area = Bassin d’emploi
scale-town = Commune
action-working-group = Groupe de travail
group-none = Aucun groupe
action-waits = Attend que soient faites
action-waits-none = Rien.
action-waits-find = Chercher l’action à attendre
action-waits-hint = Chercher une action à attendre
action-waits-off = Ne plus attendre « { $title } »
action-gone = Action à la corbeille
action-cycle = Cette action et une autre s’attendent l’une l’autre : retirez l’un des deux liens.
action-checklist = À cocher
check = Élément à cocher
check-done = Fait : { $text }
check-remove = Retirer « { $text } »
check-hint = Nouvel élément, puis Entrée
action-objective = Objectif
action-territory = Territoire
action-territory-hint = Où ? Par exemple : Vallée nord
action-group = Groupe de travail
action-group-words = Groupe, en toutes lettres
action-group-hint = Par exemple : Communication
action-new-hint = Nouvelle action
action-add = Ajouter l’action
action-open = Ouvrir l’action « { $title } »
action-remove = Mettre à la corbeille « { $title } »
action-move = Déplacer « { $title } »
action-move-to = Déplacer vers
to-bin = Mettre à la corbeille
status-todo = À faire
status-doing = En cours
status-blocked = Bloquée
status-done = Faite
status-dropped = Abandonnée

objective-none = Aucun objectif
objective-title = Objectif
objective-deadline = Échéance
objective-means = Moyens
objective-means-hint = Temps, argent, lieux, personnes…
objective-new-hint = Nouvel objectif
objective-add = Ajouter l’objectif
objective-remove = Mettre à la corbeille l’objectif « { $title } »
objective-to-bin = Retirer cet objectif
objective-no-action = Aucune action n’est encore rattachée à cet objectif.
indicators = Indicateurs
indicator-name = Ce que l’on mesure
indicator-current = Aujourd’hui
indicator-target = Visé
indicator-unit = Unité
indicator-new = Nouvel indicateur pour « { $title } »
indicator-new-hint = Nouvel indicateur
indicator-add = Ajouter l’indicateur
indicator-remove = Retirer l’indicateur « { $name } »
