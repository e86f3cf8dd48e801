# Le plan : feuille de route, frise, calendrier, groupes de travail, cohérence

plan-roadmap = Feuille de route
roadmap-empty = La feuille de route est encore blanche
roadmap-empty-hint = Une orientation dit vers quoi le réseau veut aller. Sous elle, des objectifs disent où il veut arriver, pour quand, avec quels moyens, et à quoi l’on verra qu’il y est. Écrivez un premier objectif ci-dessus, ou une orientation ci-dessous.
orientation = Orientation
orientation-none = Sans orientation
orientation-bare = Aucun objectif ne porte encore cette orientation.
orientation-new-hint = Nouvelle orientation
orientation-add = Ajouter l’orientation
orientation-title = Orientation
orientation-words = Ce que l’on entend par là
orientation-words-hint = En une ou deux phrases
orientation-change = Reformuler l’orientation « { $title } »
orientation-remove = Mettre à la corbeille l’orientation « { $title } »
orientation-objective-add = Ajouter un objectif à « { $title } »
orientation-counts =
    { $objectives ->
        [one] { $objectives } objectif
       *[other] { $objectives } objectifs
    }, { $actions ->
        [0] aucune action
        [one] { $actions } action
       *[other] { $actions } actions
    }
reached-percent = atteint à { $percent } %
objective-under = Orientation du nouvel objectif
objective-no-deadline = Sans échéance
objective-late-actions =
    { $count ->
        [one] { $count } action en retard
       *[other] { $count } actions en retard
    }
objective-with = Moyens : { $means }
objective-change = Modifier l’objectif « { $title } »
objective-move = Déplacer l’objectif « { $title } »
objective-move-to = Placer sous
objective-actions = Voir les actions de « { $title } »
indicator-baseline = Au départ
indicator-last = Dernière mesure
indicator-not-measured = pas encore mesuré
indicator-from-only = au départ { $from }
indicator-now = { $now }
indicator-from-now = de { $from } à { $now }
indicator-aim = { $now }, visé { $to }
indicator-aimed = visé { $value }
indicator-course = « { $name } » en { $count } mesures : { $way }
hands-added = Ajout : { $name }, { $when }
hands-changed = dernière modification : { $name }, { $when }
measure-by = noté par { $name }
measure-date = Jour de la mesure de « { $name } »
measure-value = Mesure de « { $name } »
measure-value-hint = Valeur
measure-note = Remarque sur la mesure de « { $name } »
measure-note-hint = Remarque
measure-add = Ajouter la mesure
measure-add-to = Ajouter la mesure à « { $name } »
measure-remove = Retirer la mesure du { $date }
measure-without-value = Écrivez d’abord ce qui a été mesuré : un nombre, ou quelques mots.

plan-timeline = Frise
plan-calendar = Calendrier
plan-groups = Groupes
plan-coherence = Cohérence

group-by = Regrouper
group-by-none = Non groupé
group-by-status = Par avancement
group-by-owner = Par responsable
group-by-objective = Par objectif
group-by-working-group = Par groupe de travail
group-by-territory = Par territoire
group-by-scale = Par échelle
territory-none = Sans territoire
scale-none = Sans échelle
filter-territory = Territoire
filter-territory-all = Partout

timeline-empty = Rien à dérouler dans le temps
timeline-empty-hint = La frise montre chaque action de son début à son échéance, et ce qu’elle attend. Écrivez une première action ci-dessous, puis donnez-lui des dates.
timeline-keys = Au clavier : les flèches vont d’une action à l’autre et dans le temps, Entrée ouvre, Alt + flèche déplace l’action, Alt + Maj + flèche déplace sa fin. À la souris : faites glisser une barre, ou l’un de ses bouts.
timeline-earlier = Plus tôt
timeline-today = Aujourd’hui
timeline-later = Plus tard
timeline-weeks = Semaines
timeline-months = Mois
timeline-quarters = Trimestres
timeline-quarter = T{ $number }
timeline-row = « { $title } » : { $when }, { $status }
timeline-row-late = , en retard
timeline-row-waits = , attend une autre action
when-never = sans date
when-from = à partir du { $day }
when-day = pour le { $day }
when-days = du { $first } au { $last }

calendar-day =
    { $date }, { $count ->
        [0] rien
        [one] { $count } chose
       *[other] { $count } choses
    }
calendar-action = « { $title } », { $status }
calendar-deadline = Échéance : { $title }
calendar-group-end = Fin prévue : { $title }
calendar-more = + { $count }
calendar-open = Ouvrir { $name }
calendar-nothing = Rien ce jour-là.
calendar-new = Nouvelle action pour ce jour
calendar-add = Ajouter à ce jour
calendar-empty-hint = Ici se rangent les échéances des actions et des objectifs, et ce qui revient chaque semaine ou chaque mois. Choisissez un jour pour y prévoir une première action.
calendar-keys = Au clavier : les flèches vont d’un jour à l’autre, Page haut et Page bas changent de mois, Entrée ouvre le jour, Alt + flèche déplace ce qui est choisi. À la souris : faites glisser une échéance vers un autre jour.

bulk-all = Choisir toutes les actions affichées
bulk-one = Choisir « { $title } »
bulk-none = Ne plus rien choisir
bulk-count =
    { $count ->
        [one] { $count } choisie
       *[other] { $count } choisies
    }
bulk-due = Nouvelle échéance
bulk-in-a-week = Dans une semaine
bulk-group = Groupe
bulk-territory = Autre territoire

groups-new-hint = Nouveau groupe de travail
groups-add = Créer le groupe
groups-empty = Aucun groupe de travail pour l’instant
groups-empty-hint = Un groupe de travail réunit quelques membres autour d’une tâche : ce qui lui est demandé, qui en est, quand il pense avoir fini, ses actions et ses pages. Donnez-lui un nom ci-dessus.
groups-closed = Groupes clos
groups-open = Ouvrir le groupe « { $name } »
groups-nobody = Personne pour le moment
groups-counts =
    { $open ->
        [0] aucune action en cours
        [one] { $open } action à terminer
       *[other] { $open } actions à terminer
    }, { $pages ->
        [0] aucune page
        [one] { $pages } page
       *[other] { $pages } pages
    }
groups-closed-on = Clos le { $date }
groups-overdue = Devait finir le { $date }
groups-until = jusqu’au { $date }
groups-all = Tous les groupes
groups-name = Nom du groupe
groups-remit = Ce qui lui est demandé
groups-remit-hint = En une ou deux phrases
groups-start = Depuis
groups-planned-end = Fin prévue
groups-members = Qui en est
groups-actions = Ses actions
groups-no-action = Ce groupe ne porte encore aucune action.
groups-action-hint = Nouvelle action de ce groupe
groups-join = Rejoindre ce groupe
groups-leave = Quitter ce groupe
groups-gone = { $name } (a quitté le réseau)
groups-take-out = Retirer { $name } du groupe
groups-put-in = Ajouter quelqu’un au groupe
groups-close = Clore le groupe
groups-close-hint = Le groupe a fini : il reste lisible, avec ses actions et ses pages.
groups-reopen = Rouvrir le groupe
groups-remove = Mettre à la corbeille le groupe « { $name } »
groups-pages = Ses pages
groups-no-page = Aucune page n’est rattachée à ce groupe.
groups-page-hint = Chercher une page à rattacher
groups-page-none = Aucune page ne correspond.
groups-page-on = Rattacher la page « { $title } »
groups-page-off = Détacher la page « { $title } »

coherence-new-hint = Un objectif de ma structure
coherence-add = Ajouter
coherence-empty = Que cherche chaque structure ?
coherence-empty-hint = Chacune a ses propres objectifs. Écrivez ceux de la vôtre, reliez-les à ceux du réseau : on voit alors ce que le réseau sert, et ce qu’il ne sert pas encore. Vous seul écrivez les vôtres, tous les lisent.
coherence-counts =
    { $wanted ->
        [one] { $wanted } objectif de structure
       *[other] { $wanted } objectifs de structures
    } ; { $unserved ->
        [0] le réseau sert tout
        [one] { $unserved } que rien ne sert encore
       *[other] { $unserved } que rien ne sert encore
    }
coherence-unserved-only = Seulement ce que rien ne sert
coherence-all-served = Tout ce que cherchent les structures est servi par une action du réseau.
coherence-unserved =
    { $count ->
        [one] { $count } non servi
       *[other] { $count } non servis
    }
coherence-said-by = dit par { $name }
coherence-text = Objectif de ma structure
coherence-objective = Objectif du réseau qui le sert
coherence-no-objective = Aucun
coherence-remove = Retirer « { $text } »
coherence-not-linked = Relié à aucun objectif du réseau
coherence-no-action = Relié, mais aucune action n’y travaille
coherence-served = Servi par
coherence-see = Voir l’objectif « { $title } »

saved-filters = Filtres enregistrés
saved-none = Aucun filtre enregistré.
saved-how = Cherchez, filtrez, triez ou regroupez, puis revenez ici : vous pourrez donner un nom à ce que vous voyez et le retrouver sur tous vos appareils.
saved-new = Nom du filtre
saved-save = Enregistrer ce filtre
saved-ask = Appliquer le filtre « { $name } »
saved-name = Nouveau nom du filtre « { $name } »
saved-rename = Renommer le filtre « { $name } »
saved-remove = Retirer le filtre « { $name } »
