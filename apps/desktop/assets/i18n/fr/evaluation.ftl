# Évaluation : résultats, baromètre, vouloir-pouvoir-savoir coopérer, contributions, boîte à outils

tab-evaluation = Évaluation
look-results = Résultats
look-pulse = Baromètre
look-cooperation = Coopérer
look-contributions = Contributions
look-toolbox = Boîte à outils
asked-pulse = Baromètre à remplir avant le { $until }
mean-value = { $mean }
score-of = { $what } — { $score } sur 5
score-low = pas du tout
score-high = tout à fait
true-low = pas vrai
true-high = très vrai

# Objectifs et résultats
results-explained = Ce que le réseau voulait, où il en est, et ce qu’il a appris en route.
results-empty = Pas encore d’objectif
results-empty-hint = Évaluer, c’est comparer des résultats à des objectifs. Commencez par en écrire un dans la feuille de route.
results-to-plan = Aller au plan d’action
result-reached = Atteint
result-percent = à { $percent } % de la cible
result-unknown = Pas encore mesurable
result-late = Échéance passée
result-deadline = Échéance : { $on }
result-actions =
    { $done ->
        [0] Aucune action faite
        [one] { $done } action faite
       *[other] { $done } actions faites
    }, { $open ->
        [0] aucune ouverte
        [one] { $open } ouverte
       *[other] { $open } ouvertes
    }{ $late ->
        [0] .
        [one] , dont { $late } en retard.
       *[other] , dont { $late } en retard.
    }
result-see = Voir dans la feuille de route
result-see-objective = Voir « { $title } » dans la feuille de route
result-no-indicator = Aucun indicateur : on ne pourra pas dire si cet objectif est atteint.
objective-learned = Ce que nous avons appris
objective-learned-hint = Ce qui a marché, ce que l’on ferait autrement…

# Le baromètre
pulse-explained = Quelques questions posées à tous, à un rythme choisi ensemble. Chacun répond dans son carnet : une partie du réseau où personne d’autre n’écrit.
pulse-begin-title = Prendre le pouls du réseau
pulse-begin-hint = Quelques questions courtes, auxquelles chaque membre répond de 1 à 5 avec, s’il le veut, un mot. Vous pourrez changer les questions et le rythme.
pulse-begin = Commencer le baromètre
pulse-honest = Tresse n’affiche pas qui a répondu quoi. Mais vos réponses sont dans votre carnet, et les membres du réseau peuvent lire les carnets : ce n’est pas un vote secret.
pulse-rhythm = Rythme
pulse-rhythm-none = Ne plus demander
rhythm-monthly = Chaque mois
rhythm-quarterly = Chaque trimestre
rhythm-half-yearly = Deux fois par an
rhythm-yearly = Une fois par an
pulse-start = Premier jour
pulse-threshold = Réponses nécessaires pour détailler
pulse-threshold-of = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
}
pulse-threshold-said = À moins de { $count } réponses, seul leur nombre est affiché.
pulse-settings = Questions et rythme
pulse-settings-open = Changer les questions et le rythme
pulse-settings-close = Refermer les questions et le rythme
pulse-questions = Questions
pulse-question-words = Question « { $text } »
pulse-question-remove = Ne plus poser « { $text } »
pulse-question-removed = Cette question n’est plus posée. Les réponses restent.
pulse-question-off = plus posée
pulse-question-offer = Poser aussi « { $text } »
pulse-question-new = Nouvelle question
pulse-question-add = Ajouter la question
pulse-question-satisfaction = Le réseau répond-il à vos attentes ?
pulse-question-added-value = Le réseau apporte-t-il quelque chose à vous ou à votre structure ?
pulse-question-confidence = Avez-vous confiance dans les autres membres ?
pulse-question-heard = Votre parole est-elle entendue ?
pulse-question-meetings = Les rencontres sont-elles utiles ?
pulse-fill = À vous, jusqu’au { $until }
pulse-to-answer = { $count ->
    [one] Il reste { $count } question.
   *[other] Il reste { $count } questions.
}
pulse-answered = Merci, vous avez répondu à tout. Vous pouvez encore changer d’avis.
pulse-word = Un mot, si vous voulez
pulse-word-of = Un mot sur « { $text } »
pulse-results = Résultats
pulse-save = Enregistrer en tableau
pulse-file = Baromètre
pulse-mean = moy. { $mean } · { $count } rép.
pulse-few = { $count ->
    [0] pas de réponse
   *[other] { $count } rép., trop peu
}
pulse-otherwise = { $count ->
    [one] { $count } réponse a été donnée quand la question était formulée autrement.
   *[other] { $count } réponses ont été données quand la question était formulée autrement.
}
pulse-words = Mots :

# Vouloir, pouvoir, savoir coopérer
cooperation-explained = Coopérer, c’est vouloir, pouvoir et savoir le faire. Dites ce qui est vrai pour vous aujourd’hui. Tresse ne montre que la moyenne du réseau. Vos réponses sont dans votre carnet : personne d’autre n’y écrit, tous les membres peuvent le lire.
corner-want = Vouloir
corner-can = Pouvoir
corner-know = Savoir
corner-weak = à soigner
triangle-key = Trait plein, points ronds : moi. Tirets, carrés : le réseau, avec l’écart entre les membres en épais.
triangle-me = Moi
triangle-before = Avant
triangle-network = Le réseau
triangle-spread = { $mean } ± { $spread } ({ $count } membres)
triangle-few = À moins de { $count } réponses, la moyenne du réseau n’est pas affichée.
triangle-on = Votre dernière réponse : { $on }
triangle-said = Moi : { $me }. Le réseau : { $network }.
triangle-time = Le réseau au fil du temps
triangle-time-key = Vouloir : trait plein, ronds. Pouvoir : tirets, carrés. Savoir : pointillés, triangles.
triangle-time-said = Le réseau au fil du temps : { $moments }.
statement-want-value = Je vois ce que le réseau apporte, à moi et à ma structure.
statement-want-trust = Je fais confiance aux autres, et les conflits d’intérêts sont dits.
statement-want-voice = Chacun s’investit et a la parole ; personne ne monopolise.
statement-want-energy = J’ai encore envie, sans lassitude et sans en faire trop.
statement-can-place = Je sais à quel titre je suis là et ce que je peux décider.
statement-can-means = J’ai le temps et les moyens de tenir mes engagements.
statement-can-rules = Nos règles d’échange et nos méthodes de travail sont claires.
statement-can-others = Nous sommes en lien avec les réseaux voisins, sans doublon.
statement-know-language = Nous donnons le même sens aux mêmes mots.
statement-know-picture = Nous avons la même image de ce que nous voulons atteindre.
statement-know-tools = Je sais me servir de nos outils communs.
statement-know-methods = Nous savons conduire une rencontre et mener une action à bien.
corner-sheets = Des fiches pour avancer
corner-sheets-none = Rien de fragile pour le moment. La boîte à outils reste là.

# Contributions
contributions-gathering = Tresse rassemble les contributions…
contributions-explained = Ce que chacun a donné, à partir de ce qui a vraiment été fait. Les personnes sont par ordre alphabétique : rien ne se compare.
contributions-together = Ensemble
contributions-none = Rien encore : les pages écrites et les actions faites apparaîtront ici.
contributions-none-yet = Rien n’est noté ici : ajoutez ce que vous avez apporté.
contributions-people = Membres
contributions-of = Contributions de { $name }
contributions-all = Tous les membres
contributions-own-hint = Ce que Tresse ne voit pas : un trajet, une salle, une mise en relation… Vous seul pouvez l’écrire, tous peuvent le lire.
contributions-new = Ce que j’ai donné
contributions-new-hint = J’ai prêté la salle, j’ai accueilli…
contributions-add = Ajouter
contributions-one = Ce que j’ai donné le { $on }
contributions-remove = Retirer « { $text } »
contributions-more = { $count ->
    [one] et { $count } autre plus ancienne
   *[other] et { $count } autres plus anciennes
}
given-kind-pages = Pages écrites
given-kind-actions = Actions menées à bien
given-kind-meetings = Traces de rencontres
given-kind-facilitated = Rencontres animées
given-kind-decisions = Décisions préparées
given-kind-roles = Rôles tenus
given-kind-lent = Ressources prêtées
given-kind-feedback = Échanges entre animation et pilotage
given-kind-ballots = Voix données
given-kind-answers = Réponses données
given-kind-own = Et aussi
given-pages = { $count ->
    [one] { $count } page écrite ou complétée.
   *[other] { $count } pages écrites ou complétées.
}
given-actions = { $count ->
    [one] { $count } action menée à bien.
   *[other] { $count } actions menées à bien.
}
given-meetings = { $count ->
    [one] { $count } rencontre dont la trace est écrite.
   *[other] { $count } rencontres dont la trace est écrite.
}
given-facilitated = { $count ->
    [one] { $count } rencontre animée.
   *[other] { $count } rencontres animées.
}
given-ballots = { $count ->
    [one] { $count } voix donnée dans une décision.
   *[other] { $count } voix données dans des décisions.
}
given-decisions = { $count ->
    [one] { $count } décision préparée.
   *[other] { $count } décisions préparées.
}
given-roles = { $count ->
    [one] { $count } mandat tenu.
   *[other] { $count } mandats tenus.
}
given-lent = { $count ->
    [one] { $count } prêt à un autre membre.
   *[other] { $count } prêts à d’autres membres.
}
given-feedback = { $count ->
    [one] { $count } retour entre l’animation et le pilotage.
   *[other] { $count } retours entre l’animation et le pilotage.
}
given-answers = { $count ->
    [one] { $count } réponse quand le réseau demandait.
   *[other] { $count } réponses quand le réseau demandait.
}
given-own = { $count ->
    [one] { $count } autre chose dite par les membres.
   *[other] { $count } autres choses dites par les membres.
}

# Boîte à outils
toolbox-explained = Des fiches courtes pour mieux coopérer. Prenez-en une dans la bibliothèque et adaptez-la à votre réseau.
toolbox-all = Toutes les fiches
toolbox-page = En faire une page
