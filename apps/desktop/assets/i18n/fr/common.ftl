# Mots communs à plusieurs vues

work-beginning = Un instant…
work-meanwhile = Vous pouvez fermer ceci et continuer à travailler.
work-stop = Arrêter
work-open-folder = Ouvrir le dossier
work-folder-not-shown = Le dossier n’a pas pu être ouvert : { $reason }
