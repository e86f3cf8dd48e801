# Membres et invitations

invite = Inviter
invite-somebody = Inviter quelqu’un
members-me = Ma fiche dans ce réseau
members-me-explained = Tous les membres la voient, vous seul pouvez la modifier.
members-others =
    { $count ->
        [0] Les autres membres
        [one] { $count } autre membre
       *[other] { $count } autres membres
    }
members-search = Chercher un membre
members-alone = Vous êtes seul ici pour l’instant
members-alone-hint = Invitez une première personne : elle recevra tout le réseau sur son propre appareil.
members-nobody-found = Personne ne correspond à cette recherche.
member-here = Connecté en ce moment
member-admitted = Entrée par { $name } { $when }
member-founder = À l’origine du réseau, { $when }
since-today = aujourd’hui
since-date = le { $date }
profile-name = Nom
profile-organisation = Structure
profile-organisation-hint = Association, commune, centre de formation…
profile-engagement = À quel titre
engagement-volunteer = Bénévole
engagement-employee = Salarié(e)
profile-brings = Ce que j’apporte
profile-brings-hint = Un savoir-faire, un lieu, du temps…
profile-brings-short = Apporte
profile-expects = Ce que j’attends
profile-expects-hint = Ce que le réseau devrait vous permettre
profile-expects-short = Attend
profile-added-value = Ce que ma structure en attend
profile-added-value-hint = Formation, financement, méthode de travail, visibilité… À relire chaque année.
profile-added-value-short = Sa structure en attend
profile-added-value-read = relu le { $date }
profile-added-value-today = Relu aujourd’hui
profile-added-value-on = Relu le

invitations-open =
    { $count ->
        [one] { $count } invitation ouverte
       *[other] { $count } invitations ouvertes
    }
invitation-line =
    { $uses ->
        [one] faite par { $name }, pour { $uses } personne
       *[other] faite par { $name }, pour { $uses } personnes
    }
invitation-left =
    { $count ->
        [0] plus aucune place
        [one] encore { $count } place
       *[other] encore { $count } places
    }
invitation-came = A fait entrer : { $names }
invitations-past =
    { $count ->
        [one] { $count } invitation passée
       *[other] { $count } invitations passées
    }
invitation-made =
    { $uses ->
        [one] Faite par { $name } { $when }, pour { $uses } personne
       *[other] Faite par { $name } { $when }, pour { $uses } personnes
    }
invitation-used = a servi
invitation-closed = fermée
invitation-expired = expirée
invitation-expires-today = expire aujourd’hui
invitation-expires-days =
    { $count ->
        [one] expire dans { $count } jour
       *[other] expire dans { $count } jours
    }
invitation-revoke = Fermer
invitation-revoke-number = Fermer l’invitation { $number }

invite-title = Inviter dans « { $name } »
invite-explained = Une invitation fait entrer des personnes sans que vous ayez à être là : n’importe quel membre connecté peut leur ouvrir.
invite-uses = Pour combien de personnes
invite-uses-count =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
invite-expiry = Valable
invite-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
invite-warning = Qui détient l’invitation peut entrer et tout lire. Donnez-la en main propre ou par un moyen sûr, seulement à des personnes que le réseau attend.
invite-offline = Tresse est hors ligne : l’invitation ne fonctionnera que lorsqu’un membre sera connecté.
invite-make = Créer l’invitation
ticket-how = Montrez ce code à la personne invitée, ou envoyez-lui le texte.
ticket-code = Code carré de l’invitation
ticket-text = Texte de l’invitation
ticket-copy = Copier le texte
ticket-large = Montrer en grand
ticket-small = Réduire
ticket-large-how = Photographiez ce code, puis déposez la photo sur la fenêtre de Tresse de l’autre ordinateur.
ticket-save = Enregistrer le fichier…
ticket-save-picture = Enregistrer l’image…
ticket-file-name = invitation { $name }
ticket-keep-on = Pour que la personne puisse entrer, laissez Tresse ouvert ou comptez sur un autre membre connecté.
