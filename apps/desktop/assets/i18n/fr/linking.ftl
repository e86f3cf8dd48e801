# Relier un deuxième appareil : le laissez-passer, le code à comparer, la fin

link-another = Relier un autre appareil
link-another-ask = Relier un autre appareil…
link-mine = Mes appareils
link-mine-explained = Vos réseaux peuvent aussi être sur un deuxième ordinateur à vous.
link-this = Relier cet appareil à mon autre appareil
link-this-explained = Vous utilisez déjà Tresse ailleurs : vos réseaux viendront ici aussi.
close = Fermer

# Sur l’appareil qui a les réseaux
pass = Laissez-passer
pass-hint = Collez ici le texte du laissez-passer
pass-needed = Collez d’abord un laissez-passer, ou choisissez un fichier.
pass-code = Code carré du laissez-passer
pass-text = Texte du laissez-passer
pass-file-name = laissez-passer-tresse
link-making = Préparation du laissez-passer…
link-offer-how = Sur l’autre appareil, ouvrez Tresse, choisissez « Relier cet appareil à mon autre appareil » et donnez-lui ce laissez-passer : son texte, ou l’image du code.
link-offer-waits = En attente de l’autre appareil…
link-offer-expires = Ce laissez-passer sert une seule fois, jusqu’à { $time }. Il ne suffit pas : vous comparerez ensuite un code sur les deux écrans.

# Sur l’appareil neuf
link-take-how = Sur votre autre appareil, choisissez « Relier un autre appareil », dans « Membres » ou dans les réglages. Il prépare un laissez-passer : donnez-le ici.
link-label = Nom de cet appareil (facultatif)
link-label-hint = Par exemple : portable de la maison
link-label-explained = Pour le reconnaître sur votre autre appareil.
link-button = Relier cet appareil
link-connecting = Tresse cherche l’autre appareil…
link-connecting-hint = Laissez Tresse ouvert sur les deux. Ils se trouvent par le même wifi, par un câble ou par internet.
join-was-pass = Ce texte est un laissez-passer, pas une invitation : il relie cet appareil à celui qui l’a préparé. Si c’est ce que vous voulez, continuez ici.
link-was-invitation = Ce texte est une invitation, pas un laissez-passer : elle fait entrer dans un réseau. Si c’est ce que vous voulez, continuez ici.

# Sur les deux
link-compare-title = Comparez les deux écrans
link-compare = L’autre appareil montre-t-il le même code ?
link-compare-return = Demandez de vive voix à { $name } quel code montre son appareil. Est-ce celui-ci ?
link-compare-helper = Demandez de vive voix à la personne qui vous a donné le laissez-passer quel code elle voit. Est-ce celui-ci ?
link-code = Code : { $digits }
link-becomes = Cet appareil deviendra aussi celui { $owner }.
link-other-called = L’autre appareil s’appelle « { $label } ».
link-other-waits = Sur l’autre appareil, rien n’est encore confirmé.
link-other-confirmed = Sur l’autre appareil, c’est déjà confirmé.
link-compare-why = Des codes différents veulent dire que quelqu’un se fait peut-être passer pour l’un de vos appareils : arrêtez, et rien ne sera relié.
link-same = Les codes sont les mêmes
link-differs = Non, arrêter
link-waits = C’est noté ici. Confirmez maintenant sur l’autre appareil, s’il montre bien ce code.
link-pending-title = D’autres accords sont nécessaires
link-pending =
    { $count ->
        [one] { $count } accord donné pour le retour. Il en faut { $need }.
       *[other] { $count } accords donnés pour le retour. Il en faut { $need }.
    }
link-pending-here = Les membres donnent leur accord dans « Membres ». Dès qu’il y en aura assez, cet appareil continuera de lui-même.
link-pending-there = Les membres donnent leur accord dans « Membres ». Dès qu’il y en aura assez, la suite se fera d’elle-même.
link-take-up = Voir
link-give-up = Abandonner
link-done-title = C’est fait
link-done = L’autre appareil est maintenant l’un des vôtres.
link-done-named = « { $label } » est maintenant l’un de vos appareils.
link-done-keep-open = Laissez Tresse ouvert ici le temps que vos réseaux s’y copient.
link-done-return = { $name } est de retour dans le réseau.
link-done-here = Cet appareil est relié. Vos réseaux sont là :
link-done-return-here = Vous êtes de nouveau membre, sous votre nom :
link-arriving = La suite arrive…
link-open-networks = Ouvrir mes réseaux
link-failed-title = Les appareils ne sont pas reliés
link-failed-nothing = Rien n’est perdu : vous pouvez recommencer quand vous voulez.

# Un laissez-passer que l’on ne peut pas lire
pass-error-ticket-damaged = Ce laissez-passer est abîmé : une lettre a sans doute changé en chemin. Recopiez-le entièrement, ou prenez l’image du code.
pass-error-ticket-expired = Ce laissez-passer n’est plus valable. Faites-en un nouveau sur votre autre appareil.
pass-error-ticket-newer-version = Ce laissez-passer vient d’une version plus récente de Tresse. Mettez Tresse à jour ici, puis réessayez.
pass-error-ticket-not-a-ticket = Ce texte n’est pas un laissez-passer de Tresse. Vérifiez que vous avez copié le bon texte.
pass-error-ticket-truncated = Il manque la fin de ce laissez-passer. Recopiez-le tout entier.
