# Premier démarrage ; créer, rejoindre, découvrir

app-promise = La mémoire de votre réseau, chez chacun de ses membres.
welcome = Bienvenue
welcome-explained = Deux questions et c’est prêt. Vous pourrez y revenir plus tard.
welcome-privacy = Rien ne quitte cet appareil sans que vous ayez créé ou rejoint un réseau. Il n’y a ni compte ni serveur.
welcome-linked = Déjà Tresse sur un autre appareil ? Commencez ici, vous les relierez ensuite.
your-name = Votre nom
your-name-hint = Prénom et nom, comme les autres vous connaissent
your-name-needed = Indiquez d’abord votre nom.
your-language = Langue
begin = Commencer

# Ce qui protège les données de cet appareil
passphrase = Phrase de passe
passphrase-optional = Phrase de passe (facultative)
passphrase-show = Montrer la phrase de passe
protection-new-passphrase = Elle sera demandée à chaque ouverture. Gardez-la en lieu sûr, car personne ne peut la retrouver pour vous.
protection-new-keyring = Sans elle, le trousseau de cet ordinateur protège vos données : elles s’ouvrent avec votre session.
protection-new-none = Sans elle, qui utilise cet ordinateur ou en trouve le disque peut lire vos données.
locked-title = Vos données sont fermées
locked-open = Ouvrir

hello-name = Bonjour { $name }
add-title = Un réseau de plus
add-explained = Un réseau rassemble des personnes de plusieurs structures qui coopèrent. Par où commencer ?
add-create = Créer un réseau
add-create-explained = Vous lui donnez un nom, puis vous invitez les autres membres.
add-join = Rejoindre un réseau
add-join-explained = Vous avez reçu une invitation : un texte, un fichier ou l’image d’un code.
add-demo = Découvrir avec un exemple
add-demo-explained = Un réseau imaginaire d’une douzaine de membres, à parcourir et à modifier sans crainte ; et un plus petit, qui s’est clos.
demo-making = Préparation de l’exemple…
back = Retour

create-title = Créer un réseau
create-explained = Un nom suffit pour commencer. Tout le reste peut venir plus tard, à plusieurs.
network-name = Nom du réseau
network-name-hint = Par exemple : Réseau lecture des deux vallées
network-name-needed = Donnez d’abord un nom au réseau.
create-kind = À quoi sert-il ?
create-kind-explained = Cochez ce qui convient, ou rien : ce choix n’interdit rien et peut changer.
kind-produce = Produire et agir ensemble
kind-produce-explained = Créer des outils, mener des actions que personne ne ferait seul.
kind-defend = Défendre un intérêt commun
kind-defend-explained = Porter une voix, faire reconnaître un métier ou un secteur.
kind-share-practice = Partager des pratiques
kind-share-practice-explained = Échanger des façons de faire et garder ce qui marche.
kind-pool-means = Mettre des moyens en commun
kind-pool-means-explained = Partager des locaux, du matériel, des coûts, une image.
kind-mutual-learning = Apprendre les uns des autres
kind-mutual-learning-explained = Se former mutuellement, bâtir une culture commune.
create-button = Créer le réseau

join-title = Rejoindre un réseau
join-explained = L’invitation ressemble à une longue suite de lettres. Collez-la ici, ou donnez le fichier ou la photo du code carré que vous avez reçu.
join-ticket = Invitation
join-ticket-hint = Collez ici le texte de l’invitation
join-ticket-needed = Collez d’abord une invitation, ou choisissez un fichier.
join-file = Choisir un fichier ou une image…
join-drop = ou déposez-le n’importe où sur cette fenêtre
join-button = Rejoindre
join-reaching = Tresse cherche un membre joignable. Dès que l’un d’eux est connecté, vous entrez ; vous pouvez continuer à utiliser Tresse en attendant.
join-admitted = Un membre vous a fait entrer. Les documents arrivent…
join-arrived = C’est fait : le réseau est sur cet appareil.
join-open = Ouvrir le réseau

ticket-file-unreadable = Ce fichier ne peut pas être lu. Vérifiez qu’il existe encore et qu’il n’est pas ouvert ailleurs.
ticket-file-too-large = Ce fichier est trop gros : choisissez un texte, ou l’image d’un code carré.
ticket-file-unknown = Ce fichier n’est ni un texte ni une image lisible. Il faut un texte, ou l’image d’un code carré.
ticket-picture-no-code = Aucun code n’a pu être lu dans cette image. Essayez une photo plus nette, prise bien en face, ou collez le texte à la place.

failed-title = Tresse ne peut pas ouvrir vos données
failed-folder = Dossier : { $folder }
failed-details = Détails techniques
try-again = Réessayer
leave = Quitter

welcome-restore = Remettre une sauvegarde en place…
locked-backup-title = Cette sauvegarde s’ouvre avec une phrase de passe
