# Vue d’ensemble, liens entre réseaux, cadre de départ, « depuis votre dernière visite », photo

home-for-me = Pour moi
home-overview = Vue d’ensemble

overview-print = Imprimer
overview-file = Vue d’ensemble - { $name }.html
print-ready = La page est enregistrée et s’ouvre pour être imprimée : { $name }
overview-purposes-empty = Personne n’a encore écrit pourquoi ce réseau existe.
overview-open = adhésion ouverte
overview-closed = adhésion fermée
overview-review = à réexaminer le { $date }
overview-objectives-empty = Pas encore d’objectif.
overview-percent = { $percent } %
overview-mandates = Qui tient quel mandat
overview-mandates-empty = Aucun mandat en cours.
overview-mandates-go = Confier un mandat
overview-until = jusqu’au { $date }
overview-no-end = sans date de fin
overview-finished = Achevé récemment
overview-finished-action = action faite
overview-finished-objective = objectif atteint
overview-finished-group = groupe clos
overview-finished-decision = décision prise
overview-finished-meeting = rencontre tenue
overview-on = le { $date }
overview-directory = Annuaire
overview-no-organisation = Sans structure indiquée

ties = Liens avec d’autres réseaux
ties-empty = Ce réseau fait-il partie d’un autre, ou travaille-t-il avec un autre ? Dites-le ici.
tie-add = Ajouter un lien
tie-title = Lier ce réseau à un autre
tie-explained = Vous choisissez parmi vos propres réseaux.
tie-other = L’autre réseau
tie-kind = Quel lien ?
tie-part-of = Fait partie de
tie-has-part = Comprend
tie-partner = Partenaire de
tie-words = Quelques mots (facultatif)
tie-words-hint = Par exemple : nous y avons une voix
tie-what-is-told = Tous les membres de ce réseau liront le nom de l’autre réseau et vos quelques mots, même s’ils n’en font pas partie. Rien d’autre n’en est transmis : ni ses membres, ni ses pages.
tie-make = Créer le lien
tie-remove = Retirer le lien avec { $name }
tie-with = Lien avec { $name }
tie-said = { $kind } : { $words }
tie-removed = Lien retiré

frame-hint = Un cadre de départ
frame-hint-explained = Vos finalités suggèrent des titres de charte, des objectifs et leurs indicateurs. Rien ne s’ajoute sans vous.
frame-open = Voir les suggestions
frame-title = Cadre de départ
frame-explained = Cochez ce qui vous aide à commencer. Tout se modifie et s’annule ensuite.
frame-empty = Choisissez d’abord à quoi sert le réseau : les suggestions en viennent.
frame-heading = Charte : { $title }
frame-objective = Objectif : { $title }
frame-indicators = Indicateurs : { $list }
frame-there = C’est déjà là.
frame-add = Ajouter ce qui est coché
network-kind-words = Autre finalité

create-kind-brings = Chaque choix apporte quelques titres à la charte, que vous pourrez changer ou effacer.
create-template = Partir d’un modèle dans un fichier
create-template-explained = Facultatif : un modèle préparé par vous ou par un autre réseau.
create-template-chosen = Modèle : { $name }
created-without-template = Le réseau est créé et vous y êtes, mais le modèle n’a pas pu y être repris en entier. { $detail }
create-template-remove = Ne pas utiliser ce modèle
pick-template = Choisir un modèle
pick-template-files = Modèles de réseau
template-broken = Ce modèle ne peut pas servir : il y a une erreur à la ligne { $line } du fichier. { $detail } Corrigez le fichier, ou choisissez-en un autre.
template-unknown = Le mot « { $name } » n’y est pas connu.
template-missing = Il y manque « { $name } ».
template-empty = Un texte y est vide.
template-twice = « { $name } » y est deux fois.
template-long = C’est trop long : { $count } signes au plus.
template-many = Il y a trop de choses du même genre : { $count } au plus.
template-newer = Ce modèle est fait pour une autre version de Tresse.
template-line = Un titre tient sur une seule ligne.
template-no-text = Ce fichier n’est pas du texte.
template-cut = Le fichier s’arrête trop tôt : il manque la fin.
template-other-sort = Ce qui est écrit là n’est pas du genre attendu : un texte, une liste ou un groupe entre accolades.
template-sign = Un signe y manque ou est de trop : guillemet, virgule, crochet ou accolade.

since = Depuis votre dernière visite
since-nothing = Rien n’a bougé depuis.
since-all-seen = Tout est vu
since-all-seen-explained = La liste repart de maintenant, sur vos autres appareils aussi.
since-new = nouveau
since-others =
    { $count ->
        [one] et une autre personne
       *[other] et { $count } autres personnes
    }
since-more =
    { $count ->
        [one] et un autre document
       *[other] et { $count } autres documents
    }

photo-choose = Choisir une photo
photo-explained = Tous les membres de ce réseau la verront. Elle est recadrée en carré et réduite.
photo-remove = Retirer la photo
photo-kept = Votre photo est en place
pick-photo = Choisir une photo
pick-photo-files = Photos
