# Plan d’action

plan-table = Tableau
plan-board = Par avancement
plan-objectives = Objectifs
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
filter-objective-remove = Ne plus filtrer par l’objectif « { $title } »
sort-by = Trier par : { $column }
cell-name = { $column } : { $row }

action = Action
action-title = Action
action-status = Avancement
action-owner = Responsable
action-due = Échéance
action-objective = Objectif
action-territory = Territoire
action-territory-hint = Où ? Par exemple : Vallée nord
action-group = Groupe de travail
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
objectives-empty = Aucun objectif pour l’instant
objectives-empty-hint = Un objectif dit où le réseau veut arriver, avec quels moyens, et à quoi l’on verra qu’il y est.
indicators = Indicateurs
indicator-name = Ce que l’on mesure
indicator-current = Aujourd’hui
indicator-target = Visé
indicator-unit = Unité
indicator-new = Nouvel indicateur pour « { $title } »
indicator-new-hint = Nouvel indicateur
indicator-add = Ajouter l’indicateur
indicator-remove = Retirer l’indicateur « { $name } »
