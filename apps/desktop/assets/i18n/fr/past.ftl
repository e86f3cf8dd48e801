# Le passé d’un document, et qui a écrit chaque ligne

past-time = Moment du passé
past-moment = { $when }, { $name }
past-place = étape { $at } sur { $count }
past-older = Étape précédente
past-newer = Étape suivante
past-before = Ce que cette étape a changé
past-now = Ce qui a changé depuis
past-dates = Entre deux dates
past-from = Du
past-to = au
past-dates-hint = Donnez deux dates pour voir ce qui a changé entre elles.
past-sheet = Le document à ce moment
past-nothing = Il n’y avait encore rien ici.

# Remettre

past-put-back = Remettre « { $what } »
past-put-back-space = Remettre le saut de ligne
past-put-back-value = Remettre « { $what } »
past-put-back-item = Sortir de la corbeille « { $title } »
past-is-back = C’est remis en place.
past-is-back-near = C’est remis au plus près : le texte qui était autour n’est plus là.
past-not-back = Annuler

# Le plan, phrase par phrase

past-count-orientations =
    { $count ->
        [one] { $count } orientation
       *[other] { $count } orientations
    }
past-count-objectives =
    { $count ->
        [one] { $count } objectif
       *[other] { $count } objectifs
    }
past-count-actions =
    { $count ->
        [one] { $count } action
       *[other] { $count } actions
    }{ $done ->
        [0] { "" }
        [one] , dont { $done } faite
       *[other] , dont { $done } faites
    }
past-count-groups =
    { $count ->
        [one] { $count } groupe de travail
       *[other] { $count } groupes de travail
    }
past-counts-before = Auparavant : { $counts }
past-item = { $kind } « { $title } »
past-kind-orientation = Orientation
past-kind-objective = Objectif
past-kind-indicator = Indicateur
past-kind-measure = Mesure
past-kind-action = Action
past-kind-check = À cocher
past-kind-group = Groupe de travail
past-kind-watch = Point de veille
past-kind-resource = Ressource
past-kind-loan = Prêt
past-added = Ajout
past-removed = Mise à la corbeille
past-back = Sortie de la corbeille
past-by = , par { $name }, { $when }
past-ticked = fait
past-unticked = à faire
past-field = { $field } :{ " " }
past-field-text = Texte
past-field-title = Titre
past-field-words = Explication
past-field-deadline = Échéance
past-field-means = Moyens
past-field-learned = Ce que nous avons appris
past-field-orientation = Orientation
past-field-name = Nom
past-field-unit = Unité
past-field-baseline = Au départ
past-field-target = Visé
past-field-current = Aujourd’hui
past-field-value = Résultat
past-field-date = Date
past-field-note = Remarque
past-field-objective = Objectif
past-field-status = Avancement
past-field-start = Début
past-field-due = Échéance
past-field-every = Revient
past-field-territory = Territoire
past-field-territory_scale = Échelle
past-field-effort = Charge de travail
past-field-working_group = Groupe de travail
past-field-group = Porté par
past-field-owners = Responsables
past-field-depends_on = Attend
past-field-done_on = Faite le
past-field-done = Coché
past-field-remit = Mission
past-field-planned_end = Fin prévue
past-field-closed = Clos le
past-field-members = Membres
past-field-summary = Résumé
past-field-link = Lien
past-field-on = Vu le
past-field-tags = Étiquettes
past-field-kind = Sorte
past-field-member = Proposé ou recherché par
past-field-organisation = Structure
past-field-description = Description
past-field-place = Lieu
past-field-conditions = Conditions
past-field-answers = Répond au besoin
past-field-met = Besoin satisfait le
past-field-purpose = Pour quoi
past-field-borrower = À qui
past-field-from = Du
past-field-until = Jusqu’au
past-field-back = Rendu le

# Ce que disent une rencontre, une décision, et ce que le réseau demande

past-question = Question
past-dates-proposed = Dates proposées
past-agenda-done = Points traités
past-agenda-carried = Points reportés
past-brings = Qui apporte quoi
past-attendance = Présences notées
past-attended = { $word } : { $who }
past-counted = compté
past-turns = Prises de parole notées
past-made = Lignes devenues une action ou une décision
past-attachments = Pièces jointes
past-binned = Corbeille
past-in-bin = dans la corbeille
past-closes = Clôture
past-step = Étape
past-step-collect = recueillir les critères
past-step-confront = confronter
past-cast = Membres qui ont dit avoir répondu
past-replies = Réponses aux objections
past-outcome-on = Dit le
past-published = Page publiée
past-pulse-rhythm = Rythme du baromètre
past-pulse-start = Premier jour du baromètre
past-pulse-threshold = Réponses nécessaires pour détailler le baromètre
past-questions = Questions posées
past-series-from = à partir du { $on }
past-series-until = jusqu’au { $on }
past-series-at = à { $time }
past-series-group = groupe : { $name }

# Qui a écrit cette ligne

lines-who = Qui a écrit cette ligne ?
lines-said = Ligne { $line } : { $who }
lines-author = { $name }, { $day }
lines-more =
    { $count ->
        [one] et { $count } autre personne
       *[other] et { $count } autres personnes
    }
lines-empty = Ligne { $line } : vide
lines-coming = Ligne { $line } : un instant…
