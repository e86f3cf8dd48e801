# Bibliothèque

library-search = Chercher dans les pages
library-import = Importer un fichier Markdown
library-bin =
    { $count ->
        [0] Corbeille (vide)
       *[other] Corbeille ({ $count })
    }
library-empty = Aucune page pour l’instant
library-empty-hint = Comptes rendus, fiches pratiques, outils : ce que le réseau veut garder s’écrit ici, à plusieurs.
library-nothing-found = Aucune page ne correspond.
bin = Corbeille
bin-empty = La corbeille est vide.
tag-filter = Filtrer par « { $tag } » ({ $count })
tag-add = Ajouter une étiquette
tag-remove = Retirer l’étiquette « { $tag } »
page-new = Nouvelle page
page-make = Créer la page
page-title = Titre de la page
page-title-hint = Par exemple : Compte rendu de la rencontre de mai
page-open = Ouvrir la page « { $title } »
page-restore = Remettre « { $title } » dans la bibliothèque
page-changed = { $name }, { $when }
page-none = Choisissez une page
page-none-hint = Elle s’ouvre ici, avec son aperçu.
page-first = Écrire une première page
page-opening = La page s’ouvre…
page-back = Revenir à la liste
page-to-bin = Mettre la page à la corbeille
page-in-bin = Cette page est dans la corbeille.
page-take-out = La remettre dans la bibliothèque
