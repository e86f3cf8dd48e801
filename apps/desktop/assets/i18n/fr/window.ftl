# La fenêtre : rail, onglets, ligne d’état, réglages, aide, messages

app-name = Tresse
window-title = Tresse
opening = Ouverture…
visitor-name = Camille Visite
my-networks = Mes réseaux
untitled = Sans titre
title-too-long = Un titre a { $max } caractères au plus, celui-ci en a { $count } : raccourcissez-le, et écrivez le reste dans le texte.
somebody = Quelqu’un
changed-by = modifiée par { $name }, { $when }
close-message = Fermer ce message
cancel = Annuler
done-button = Terminé
copied = Copié : vous pouvez coller le texte où vous voulez.
file-saved = Enregistré dans « { $name } ».
file-not-saved = Le fichier n’a pas pu être écrit : { $reason }
removed = À la corbeille : « { $what } »
bring-back = Remettre
drop-here = Lâchez le fichier n’importe où sur cette fenêtre : le travail apporté sur une clé USB, une invitation, un laissez-passer, ou un texte Markdown qui deviendra une page.
nothing-to-undo = Rien à annuler dans ce réseau.
undone-invitation = L’invitation que vous veniez de faire est fermée : plus personne n’entrera par elle. Pour inviter de nouveau, faites-en une autre.
nothing-to-redo = Rien à rétablir dans ce réseau.
joined = Vous faites maintenant partie de « { $name } ».

tab-home = Accueil
tab-charter = Charte
tab-plan = Plan d’action
tab-plan-short = Plan
tab-meetings = Rencontres
tab-library = Bibliothèque
tab-members = Membres

# Ce que l’on peut demander à la fenêtre
command-undo = Annuler ma dernière modification
command-redo = Rétablir
command-new = Ajouter (action, rencontre, décision, page, invitation)
command-find = Chercher
command-preview = Afficher ou masquer l’aperçu
command-go = Aller à : { $tab }
command-next-network = Réseau suivant
command-previous-network = Réseau précédent
command-add-network = Créer ou rejoindre
command-invite = Inviter quelqu’un
command-settings = Réglages
command-help = Aide
command-larger = Agrandir le texte
command-smaller = Réduire le texte
with-keys = { $name } ({ $keys })
key-ctrl = Ctrl
key-shift = Maj
key-page-up = Page préc.
key-page-down = Page suiv.

# Le rail
rail-alone = personne d’autre en ligne
rail-only-copy = sur cet appareil seulement
rail-connected =
    { $count ->
        [one] { $count } appareil connecté
       *[other] { $count } appareils connectés
    }
rail-waiting =
    { $count ->
        [one] { $count } en attente
       *[other] { $count } en attente
    }

# La ligne d’état
status-saved = Enregistré
status-saving = Enregistrement…
status-waiting =
    { $count ->
        [one] { $count } modification en attente d’un autre appareil
       *[other] { $count } modifications en attente d’un autre appareil
    }
status-only-copy = Seule copie : cet appareil
status-in-step =
    { $count ->
        [0] mise en phase…
        [one] en phase avec { $count } appareil
       *[other] en phase avec { $count } appareils
    }
status-coming = réception : { $done } documents sur { $all }
status-offline = Hors ligne
status-alone = Personne d’autre en ce moment
status-here = Ici : { $names }
status-and-more =
    { $count ->
        [one] { $names } et { $count } autre
       *[other] { $names } et { $count } autres
    }
who-is-here = Qui est là
peer-in-step = en phase
peer-newer = version de Tresse plus récente
peer-older = version de Tresse plus ancienne
peer-relayed = par un relais
peer-catching-up = se met à jour
here-too = Ici aussi : { $names }
here-writes = { $name } écrit ici
here-at = dans « { $title } »
peer-through-others = par l’intermédiaire d’autres membres

# Réglages
settings = Réglages
settings-theme = Apparence
settings-text-size = Taille du texte
settings-percent = { $percent } %
settings-internet = Passer par internet quand c’est possible
settings-internet-explained = Sans cela, Tresse ne parle qu’aux appareils du même réseau local.
settings-relay = Relais
settings-relay-hint = https://relais.exemple.org
settings-relay-explained = Un relais fait passer ce que deux appareils éloignés s’envoient, chiffré : il ne peut rien en lire. Laissez vide pour les relais publics.
settings-presence = Montrer où je suis
settings-presence-explained = Les membres connectés voient que Tresse est ouvert ici, le document que vous regardez et où vous y écrivez, et vous voyez de même où ils sont. Rien n’en est gardé.
settings-relay-here = Joignable par internet, par le relais { $relay }.
settings-relay-away = Aucun relais joint pour l’instant. Sur le réseau local, rien ne change.
settings-device = Cet appareil
settings-device-id = Identifiant : { $id }
protection = Protection de vos données
protection-both = Une phrase de passe les protège ; sur cet ordinateur, le trousseau les ouvre avec votre session.
protection-passphrase = Une phrase de passe les protège. Elle est demandée à chaque ouverture.
protection-keyring = Le trousseau de cet ordinateur les protège : elles s’ouvrent avec votre session.
protection-none = Pas de phrase de passe : qui utilise cet ordinateur ou en trouve le disque peut les lire.
protection-changed = C’est fait. Vos sauvegardes déjà faites s’ouvrent comme avant.
passphrase-title = Phrase de passe
passphrase-explained = Plusieurs mots sans lien entre eux sont faciles à retenir et difficiles à deviner. Personne ne peut retrouver cette phrase pour vous.
passphrase-choose = Choisir une phrase de passe
passphrase-change = Changer ou enlever la phrase de passe
passphrase-current = Phrase de passe actuelle
passphrase-new = Nouvelle phrase de passe
passphrase-keyring = Ne pas la demander sur cet ordinateur (trousseau)
passphrase-save = Enregistrer
passphrase-saving = Un instant…
passphrase-remove = L’enlever
passphrase-remove-keyring = Si vous l’enlevez, le trousseau de cet ordinateur protège vos données.
passphrase-remove-none = Si vous l’enlevez, qui utilise cet ordinateur ou en trouve le disque peut lire vos données.
theme-system = Comme le système
theme-light = Claire
theme-dark = Sombre

# Aide
help-title = Raccourcis du clavier
help-explained = La touche Tab passe d’un élément au suivant, Entrée ou Espace l’active, Échap ferme.

# Choix de fichiers
pick-import = Choisir un fichier ou une image
pick-import-files = Fichiers de Tresse, textes et images
pick-page = Choisir un texte à importer
pick-page-files = Textes Markdown
pick-all-files = Tous les fichiers

# Ce que le moteur signale
notice-join-refused = L’invitation n’a pas été acceptée. { $reason }
notice-member-joined = { $name } vient d’entrer dans le réseau grâce à une invitation.
notice-peer-newer = { $name } utilise une version plus récente de Tresse. Ce que les deux versions connaissent continue de se partager ; mettez la vôtre à jour dès que vous pouvez.
notice-peer-older = { $name } utilise une version plus ancienne de Tresse. Ce que les deux versions connaissent continue de se partager.
notice-not-saved = Vos dernières modifications ne sont pas encore enregistrées. { $reason } Tresse réessaie tant que cette fenêtre reste ouverte.
notice-saving-works-again = L’enregistrement fonctionne de nouveau : tout est en sécurité.
notice-other = Information de Tresse : { $code }
