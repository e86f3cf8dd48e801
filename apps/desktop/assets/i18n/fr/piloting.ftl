# Rôles et pilotage : qui tient quoi, à qui cela passe, et ce que l’animation et le pilotage se disent

look-people = Personnes
look-roles = Rôles et pilotage
roles-look-at = { $count ->
    [one] { $count } point à regarder dans les rôles.
   *[other] { $count } points à regarder dans les rôles.
}
roles-look-at-button = Voir les rôles
roles-explained = Qui tient quel rôle, jusqu’à quand, et à qui il passe ensuite. Un rôle dit qui s’occupe de quoi ; il ne donne aucun droit de plus sur les textes.
role-nobody = Personne ne tient ce rôle pour le moment.
role-shared = partagé
role-in-turn = tournant
role-since = depuis le { $from }
role-since-until = du { $from } au { $to }
role-next = Prochaine passation le { $on }, à { $name }.
role-coming = Les tours à venir
role-turn = du { $from } au { $to } : { $name }
role-turn-swapped = échangé
role-before = Auparavant ({ $count })
role-before-of = Auparavant ({ $count }) : { $role }
role-ended-by = fin notée par { $name }
roles-before = Rôles tenus auparavant ({ $count })
role-edit = Mission et tour de rôle…
role-edit-of = Mission et tour de rôle : { $role }
role-hand-over = Passation…
role-hand-over-of = Passation : { $role }

# Ce qu’il faut regarder
warn-facilitator-is-pilot = { $name } pilote et anime à la fois. L’animation sert de garde-fou : confiez-la si possible à quelqu’un d’autre.
warn-named-by-pilot-alone = { $name } a été choisi·e pour l’animation par le seul pilotage. Si ce choix vous convient aussi, dites-le.
warn-nobody-facilitates = Des rôles sont tenus, mais personne n’anime ni ne coordonne. Qui ferait le lien entre les membres et le pilotage ?
warn-mandate-ended = Le mandat de { $name } ({ $role }) est arrivé à son terme le { $day }, et personne n’a pris la suite.
warn-holder-left = { $name } a quitté le réseau et tient encore un rôle : { $role }.
warn-ends-before-start = Le mandat de { $name } ({ $role }) finit avant d’avoir commencé : mettez-y fin et donnez-le de nouveau.
warn-rotation-empty = Le rôle « { $role } » est tournant, mais il n’y a personne dans l’ordre : ajoutez-y quelqu’un.
warn-rotation-undated = Pour « { $role } », il reste à dire quand commencent les tours et combien ils durent.
warn-hand-over-due = Depuis le { $day }, c’est le tour de { $name } ({ $role }). La passation n’est pas encore notée.
warn-give = Donner un rôle…
warn-stand-for = Je soutiens ce choix
warn-end = Mettre fin au mandat
warn-arrange = Compléter…
warn-hand-over = Passation…

# Mission et tour de rôle
role-remit = Mission
role-remit-hint = À quoi sert ce rôle dans notre réseau ?
rotation-title = Tour de rôle
rotation-explained = Facultatif. Avec un premier jour, une durée et un ordre, chacun voit le même calendrier. Le tour de qui quitte le réseau est sauté.
rotation-start = Premier jour du premier tour
rotation-term = Durée d’un tour
rotation-term-none = à choisir
term-weeks = { $count ->
    [one] { $count } semaine
   *[other] { $count } semaines
}
term-months = { $count ->
    [one] { $count } mois
   *[other] { $count } mois
}
rotation-order = Dans cet ordre
rotation-nobody = Personne dans l’ordre pour le moment.
rotation-gone = { $name } (n’est plus dans le réseau)
rotation-up = Avancer { $name }
rotation-down = Reculer { $name }
rotation-out = Retirer { $name } de l’ordre
rotation-add = Ajouter à l’ordre
rotation-add-hint = choisir quelqu’un
rotation-count-on = Qui a pris un tour noté garde ce tour ; les suivants se comptent à partir de là.

# Échanges de tours
swap-mine = Échanger mon tour du { $from }…
swap-title = Échanger un tour
swap-explained = L’échange vaut quand l’autre l’accepte à son tour. Chacun peut revenir dessus tant qu’aucun des deux tours n’a commencé.
swap-against = Contre le tour de
swap-choice = { $name }, du { $from } au { $to }
swap-none = Il n’y a pas de tour à venir de quelqu’un d’autre.
swap-confirm = Proposer cet échange
swap-waits = Vous proposez votre tour du { $mine } contre celui de { $name }, du { $theirs }.
swap-offered = { $name } vous propose son tour du { $theirs } contre le vôtre, du { $mine }.
swap-offered-others = { $by } propose à { $name } d’échanger les tours du { $mine } et du { $theirs }.
swap-agreed = { $by } et { $name } ont échangé leurs tours du { $mine } et du { $theirs }.
swap-void = L’échange entre { $by } et { $name } ne vaut plus : l’ordre a changé ou un tour a commencé.
swap-accept = Accepter
swap-take-back = Retirer ma parole

# Passation
hand-over-when = Le { $on }, à { $name }.
hand-over-undated = Ce rôle ne tourne pas : il n’y a pas de date de passation.
hand-over-due = C’est le tour de { $name } depuis le { $on }.
hand-over-record = Noter la passation
hand-over-record-what = Le mandat est donné jusqu’à la fin du tour, et celui du tour d’avant se termine.
hand-over-open = Ce qui est en cours
hand-over-open-none = Aucune action ouverte chez qui tient ce rôle.
hand-over-late = en retard
hand-over-blocked = en attente
hand-over-due-on = pour le { $day }
hand-over-objectives = Objectifs dont l’échéance approche
hand-over-objectives-none = Aucun objectif proche de son échéance.
hand-over-where = Où sont les choses
hand-over-where-hint = Clés, comptes, contacts, dossiers : une page écrite à plusieurs, qui passe avec le rôle.
hand-over-page-begin = Commencer cette page
hand-over-page-open = Ouvrir cette page
hand-over-page-title = Passation – { $role }
hand-over-save = Enregistrer en texte…
hand-over-file = passation.md

# Retours de l’animation au pilotage
threads-title = Retours au pilotage
threads-explained = Ce que l’animation observe et propose, avec ses raisons, et ce que le pilotage répond. Chacun écrit en son nom.
threads-none = Aucun retour pour le moment.
thread-said = { $name } ({ $roles }), le { $on }
thread-said-plain = { $name }, le { $on }
thread-send-named = { $send } : { $label }
thread-waits = attend une réponse du pilotage
thread-answered = répondu
thread-became = devenu un objectif
thread-made = { $name } en a fait un objectif : { $title }
thread-mine = Ce que j’ai écrit le { $on }
thread-take-back = Retirer ce que j’ai écrit le { $on }
thread-reply-to = Votre réponse à { $name }
thread-reply-send = Répondre
thread-objective = En faire un objectif…
thread-objective-title = Un objectif à partir de ce retour
thread-objective-explained = L’objectif est ajouté au plan, et la conversation y renvoie.
thread-objective-name = Objectif
thread-objective-deadline = Échéance (facultatif)
thread-objective-confirm = Ajouter cet objectif
thread-new = Nouveau retour
thread-new-hint = Ce que vous observez, pourquoi, et ce que vous proposez.
thread-new-send = Écrire ce retour
thread-too-long = C’est trop long : { $max } caractères au plus.

# Ce qui m’attend
asked-hand-over-mine = Le rôle « { $role } » passe à vous le { $on }.
asked-hand-over-mine-due = C’est votre tour depuis le { $on } : { $role }. Notez la passation.
asked-hand-over-give = Vous passez le rôle « { $role } » à { $name } le { $on }.
asked-mandate-ends = Votre mandat ({ $role }) prend fin le { $on }, et personne n’est encore prévu pour la suite.
asked-swap = { $name } vous propose d’échanger un tour : { $role }.
asked-feedback = { $name } attend une réponse du pilotage.
