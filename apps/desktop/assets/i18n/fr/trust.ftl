# Qui décide de quoi : appareils, départs, retours, règles, mandats ; et ce qu’il faut savoir des copies

owner-vowel = d’{ $name }
owner-plain = de { $name }
and-more =
    { $count ->
        [one] et { $count } autre…
       *[other] et { $count } autres…
    }
sealed-author = Le nom est prouvé par le sceau de l’appareil qui a écrit.
consent-too = Je suis d’accord aussi…

# Lecture seule
band-title = Lecture seule
band-left = Vous avez quitté ce réseau. La copie qui est ici reste lisible ; pour y écrire de nouveau, demandez aux membres de vous reprendre.
band-removed = Les membres ont mis fin à votre participation { $when }. La copie qui est ici reste lisible, avec tout ce que vous avez écrit ; les membres peuvent vous reprendre.
band-revoked = Cet appareil a été déclaré perdu : il n’écrit plus dans ce réseau. La copie qui est ici reste lisible ; les membres peuvent vous reprendre sur un appareil neuf.
band-readmitted = Vous continuez dans ce réseau sur un autre appareil. La copie qui est ici reste lisible.
band-unknown = Cet appareil n’est à aucun membre connu ici. La copie qui est ici reste lisible ; les membres peuvent vous reprendre.

# Appareils
machines-mine =
    { $count ->
        [one] Mon appareil dans ce réseau
       *[other] Mes appareils dans ce réseau
    }
machine-line = Appareil { $machine }, ajouté { $when }
machine-named = « { $label } » ({ $machine })
machine-revoked = Appareil { $machine }, déclaré perdu { $when }
machine-left = Appareil { $machine }, parti { $when }
machine-removed = Appareil { $machine }, sorti du réseau { $when }
machine-readmitted = Appareil { $machine }, remplacé { $when }
machine-this = cet appareil
machine-here = connecté
machine-lost = Perdu ou volé…
machine-lost-name = Déclarer perdu l’appareil { $machine }
lost-title = Appareil perdu ou volé
lost-what = L’appareil { $machine } ne pourra plus rien écrire dans ce réseau, ni en recevoir la suite. Ce qu’il a écrit jusqu’ici reste.
lost-final = C’est définitif : même retrouvé, il ne pourra pas revenir. Il garde la copie qu’il a déjà.
lost-other-networks = Cela vaut pour ce réseau seulement : faites de même dans vos autres réseaux.
lost-confirm = Déclarer cet appareil perdu

# Partir
network-leave = Quitter ce réseau…
leave-title = Quitter « { $name } »
leave-mine = La copie qui est sur vos appareils y reste, et vous pourrez toujours la lire. Vous n’y écrirez plus, et ne recevrez plus ce que les autres écriront.
leave-others = Les autres continuent, avec tout ce que vous avez écrit. Pour revenir, il faudra que des membres vous reprennent.
leave-alone = Vous êtes la seule personne de ce réseau : plus personne ne pourra y écrire.
leave-confirm = Quitter ce réseau

# Ce qui attend des accords
cases =
    { $count ->
        [one] Une décision en cours
       *[other] { $count } décisions en cours
    }
case-removal = Il est proposé que { $name } ne fasse plus partie du réseau
case-removal-me = Il est proposé que vous ne fassiez plus partie du réseau
case-readmission = { $name } voudrait continuer ici avec l’appareil { $machine }
case-readmission-me = Vous demandez à continuer ici avec l’appareil { $machine }
case-rules = D’autres règles sont proposées
case-progress =
    { $count ->
        [one] { $count } accord donné. Il en faut { $need }, sur { $of } personnes.
       *[other] { $count } accords donnés. Il en faut { $need }, sur { $of } personnes.
    }
case-out-of-reach = Il faudrait { $need } accords, mais { $of ->
        [one] une seule personne peut en donner
       *[other] { $of } personnes seulement peuvent en donner
    } : cela ne peut pas se faire pour l’instant.
case-ready = Il y a assez d’accords. Ce sera fait dès que l’une de ces personnes sera connectée.
case-consents = D’accord : { $names }
case-consent = { $name } ({ $when })
case-mine = Vous avez donné votre accord
consents-short =
    { $count ->
        [one] Retrait proposé : { $count } accord, il en faut { $need }.
       *[other] Retrait proposé : { $count } accords, il en faut { $need }.
    }
consent-removal-name = Donner aussi mon accord au retrait { $owner }
consent-readmission-name = Donner mon accord au retour { $owner }
consent-rules-name = Donner mon accord à ces règles
consent-final = Chacun verra qui a donné son accord. Un accord donné ne se reprend pas.
consent-needed = Accords nécessaires : { $who }.
consent-give = Donner mon accord

# Retirer, reprendre
member-more = Autres choix pour { $name }
remove = Proposer son retrait…
remove-propose = Proposer ce retrait
remove-title = Proposer le retrait { $owner }
remove-also-title = Le retrait { $owner }
remove-what = Si assez de personnes sont d’accord, { $name } ne pourra plus écrire dans ce réseau, ni en recevoir la suite.
remove-work = Tout ce que { $name } a écrit reste. Ce qui arriverait après serait mis de côté, et chaque membre pourrait le reprendre à son nom. { $name } garde la copie déjà reçue.
remove-talk = Si vous pouvez encore vous parler, parlez-vous d’abord.
readmit-title = Le retour { $owner }
readmit-what = { $name } pourra lire et écrire dans ce réseau avec l’appareil { $machine }. Ses autres appareils n’écriront plus.
readmit-check = Demandez-lui de vive voix si cet appareil est bien le sien.

# Anciens membres
former =
    { $count ->
        [one] { $count } ancien membre
       *[other] { $count } anciens membres
    }
former-left = { $name } a quitté le réseau { $when }
former-removed = { $name } ne fait plus partie du réseau depuis { $day }, par accord de { $names }
former-revoked = { $name } n’a plus d’appareil dans ce réseau depuis { $day }
former-readmitted = { $name } continue sous une autre forme depuis { $day }
day-today = aujourd’hui
day-date = le { $date }

# Règles
rules = Les règles du réseau
rules-invite =
    { $count ->
        [one] Pour faire entrer quelqu’un : l’invitation d’un seul membre.
       *[other] Pour faire entrer quelqu’un : la même invitation faite par { $count } membres.
    }
rules-removal = Pour retirer quelqu’un : { $who }.
rules-readmission = Pour reprendre quelqu’un : { $who }.
rules-change = Pour changer ces règles : { $who }.
quorum-others-majority = plus de la moitié des autres membres, deux au moins
quorum-others-two-thirds = les deux tiers des autres membres, deux au moins
quorum-others-all = tous les autres membres
quorum-others-count =
    { $count ->
        [one] { $count } autre membre
       *[other] { $count } autres membres
    }
quorum-members-majority = plus de la moitié des membres
quorum-members-two-thirds = les deux tiers des membres
quorum-members-all = tous les membres
quorum-members-count =
    { $count ->
        [one] { $count } membre
       *[other] { $count } membres
    }
rules-propose = Proposer d’autres règles…
rules-propose-title = Proposer d’autres règles
rules-propose-explained = Les règles en vigueur restent tant que l’accord n’est pas atteint.
rules-field-invite = Pour faire entrer quelqu’un
rules-field-removal = Pour retirer quelqu’un
rules-field-readmission = Pour reprendre quelqu’un
rules-field-change = Pour changer ces règles
rules-invite-option =
    { $count ->
        [one] l’invitation d’un seul membre
       *[other] la même invitation faite par { $count } membres
    }
rules-propose-confirm = Proposer ces règles
rules-adopt-title = Adopter d’autres règles

# Mandats
mandates = Qui tient quel rôle
mandates-explained = Un rôle dit qui s’occupe de quoi. Il ne donne aucun droit de plus sur les textes.
mandates-none = Personne n’a encore de rôle.
mandate-line = { $role } : { $name }
mandate-from = depuis le { $from }
mandate-from-to = { $from } – { $to }
mandate-over = terme passé
mandate-noted-by = noté par { $names }
mandate-end = Mettre fin au mandat : { $role }, { $name }
mandate-end-title = Mettre fin à un mandat
mandate-end-what = { $name } n’aura plus le rôle « { $role } ». Rien d’autre ne change.
mandate-end-confirm = Mettre fin au mandat
mandate-give = Donner un rôle…
mandate-give-title = Donner un rôle
mandate-role = Rôle
mandate-role-other = Un autre rôle
mandate-role-text = Nom du rôle
mandate-holder = Qui le tient
mandate-begin = À partir du
mandate-until = Jusqu’au (facultatif)
mandate-date-hint = 1er mars 2027, demain…
mandate-confirm = Donner ce rôle
role-pilot = Pilotage
role-coordinator = Coordination
role-facilitator = Animation
role-secretary = Secrétariat
role-treasurer = Trésorerie


# Invitations à plusieurs
invitation-awaits =
    { $count ->
        [one] attend { $count } autre membre
       *[other] attend { $count } autres membres
    }
invite-endorse = Confirmer aussi
invite-endorse-number = Confirmer aussi l’invitation { $number }
invite-several =
    { $count ->
        [one] Par les règles du réseau, { $count } autre membre doit confirmer cette invitation avant qu’elle ne serve.
       *[other] Par les règles du réseau, { $count } autres membres doivent confirmer cette invitation avant qu’elle ne serve.
    }

# À savoir
troubles = À savoir
trouble-fork =
    { $documents ->
        [one] L’appareil { $owner } a écrit deux suites différentes à partir d’une même copie, dans un document. Une suite est affichée, l’autre est gardée de côté. Aucun travail n’est perdu.
       *[other] L’appareil { $owner } a écrit deux suites différentes à partir d’une même copie, dans { $documents } documents. Une suite est affichée, l’autre est gardée de côté. Aucun travail n’est perdu.
    }
trouble-fork-why = Cela vient souvent d’un dossier copié ou restauré. Appareil { $machine }.
trouble-equivocation = L’appareil { $owner } a signé deux décisions sans tenir compte de l’une dans l’autre. Les deux sont gardées.
trouble-equivocation-why = Demandez à { $name } si ses données ont été copiées sur un autre appareil. Appareil { $machine }.
trouble-acts =
    { $acts ->
        [one] Une décision signée par l’appareil { $owner } ne compte pas : elle est venue après son départ, ou ne suit pas les règles.
       *[other] { $acts } décisions signées par l’appareil { $owner } ne comptent pas : elles sont venues après son départ, ou ne suivent pas les règles.
    }
trouble-acts-why = Rien n’est à faire. Appareil { $machine }.
trouble-late =
    { $changes ->
        [one] Une modification { $owner } dans « { $title } » est arrivée après son départ : elle est gardée de côté.
       *[other] { $changes } modifications { $owner } dans « { $title } » sont arrivées après son départ : elles sont gardées de côté.
    }
trouble-branch =
    { $changes ->
        [one] Une modification de la deuxième suite { $owner } dans « { $title } » est gardée de côté.
       *[other] { $changes } modifications de la deuxième suite { $owner } dans « { $title } » sont gardées de côté.
    }
trouble-adopt-why = Vous pouvez les reprendre à votre nom, et annuler ensuite si cela ne va pas.
trouble-fallen =
    { $changes ->
        [one] Une modification { $owner } dans « { $title } » s’appuyait sur une suite gardée de côté.
       *[other] { $changes } modifications { $owner } dans « { $title } » s’appuyaient sur une suite gardée de côté.
    }
trouble-fallen-why = Rien n’est à faire : son appareil les écrit de nouveau de lui-même.
trouble-refused =
    { $times ->
        [one] Une modification de « { $title } », transmise par l’appareil { $owner }, n’a pas été gardée.
       *[other] Des modifications de « { $title } », transmises { $times } fois par l’appareil { $owner }, n’ont pas été gardées.
    }
trouble-refused-why = { $reason } { $name } n’en est pas forcément l’auteur. Dernière fois : { $when }.
trouble-adopt = Reprendre
trouble-adopt-name = Reprendre le travail { $owner } dans « { $title } »
the-charter = la charte
the-plan = le plan d’action
the-network = l’accueil
a-notebook = une fiche
