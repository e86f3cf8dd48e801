# Accueil d’un réseau

home-coming = Documents reçus des autres : { $done } sur { $all }
home-coming-meanwhile = Ce qui est arrivé se lit déjà. Si vous fermez Tresse ou si vous vous éloignez, rien n’est perdu : le reste vient à la rencontre suivante.
home-members =
    { $count ->
        [one] { $count } membre
       *[other] { $count } membres
    }
home-organisations =
    { $count ->
        [one] { $count } structure
       *[other] { $count } structures
    }
home-pages =
    { $count ->
        [0] aucune page
        [one] { $count } page
       *[other] { $count } pages
    }

first-steps = Pour bien commencer
first-steps-explained = Dans l’ordre que vous voulez, seul ou à plusieurs :
first-step-charter = Écrire ce qui vous réunit
first-step-plan = Fixer un premier objectif
first-step-page = Écrire une première page
first-step-invite = Inviter un membre

asked-of-me = On vous attend
asked-charter-consent = La charte proposée par { $name } attend votre accord
asked-charter-record = Le vote « { $title } » a adopté la charte : il reste à l’inscrire
asked-charter-sign = La charte en vigueur est à signer
asked-decisions =
    { $count ->
        [one] { $count } décision entre membres attend votre avis
       *[other] { $count } décisions entre membres attendent votre avis
    }
asked-added-value-state = Dites ce que votre structure attend du réseau
home-warnings = Rôles à regarder ensemble
asked-added-value = Il y a plus d’un an que vous avez dit ce que votre structure attend : relisez-le

purposes = Finalités
purpose = Finalité
purposes-empty = Pourquoi ce réseau existe-t-il ? Une phrase par finalité suffit.
purpose-add = Ajouter
purpose-hint = Nouvelle finalité
purpose-remove = Retirer la finalité
network-details = Nom, type et ouverture du réseau
network-kind = Type de réseau
network-membership = Adhésion
membership-open = Ouverte : qui veut peut demander à entrer
membership-closed = Fermée : sur invitation réfléchie
network-review = À réexaminer le
network-past = Historique du réseau

objectives = Objectifs
home-objectives-empty = Aucun objectif pour l’instant. Un objectif dit où le réseau veut arriver, et quand.
home-objectives-go = Fixer un objectif
objective-progress =
    { $total ->
        [0] aucune action rattachée
       *[other] { $done } sur { $total } faites
    }
objective-late = en retard
objective-deadline-short = échéance : { $date }

my-actions = Mes actions
my-actions-empty = Rien ne vous attend. Les actions dont vous êtes responsable s’affichent ici.
my-actions-more =
    { $count ->
        [one] Et { $count } autre action à vous, dans le plan
       *[other] Et { $count } autres actions à vous, dans le plan
    }
action-blocked = en attente
late-actions = En retard dans le réseau
due-on = pour le { $date }
due-late = en retard : { $date }
due-none = sans échéance
owner-nobody = Personne

recent = Dernières modifications
recent-empty = Rien n’a encore été écrit.
recent-by = { $name }, { $when }
recent-charter = La charte
recent-plan = Le plan d’action
recent-network = L’identité du réseau
recent-notebook = Une fiche de membre
