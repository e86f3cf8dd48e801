# Pièces jointes

attachments = { $count ->
    [one] { $count } pièce jointe
   *[other] { $count } pièces jointes
}
attachment-add = Joindre un fichier…
attachment-add-hint = Ou déposez-le sur la fenêtre. 2 Go au plus.
attachment-adding = « { $name } » : { $percent } %
attachment-open = Ouvrir « { $name } »
attachment-by = « { $file } », joint par { $name }
attachment-details = { $size } · { $place }
attachment-here = ici
attachment-coming = en cours, { $percent } %
attachment-elsewhere = à la demande
attachment-part = commencé, à reprendre
attachment-out-of-reach = chez personne de joignable
attachment-damaged = abîmé ici, va revenir
attachment-damaged-out-of-reach = abîmé ici, et personne de joignable ne l’a
attachment-is-here = « { $name } » est sur cet appareil
attachment-fetch = Recevoir « { $name } »
attachment-stop = Arrêter « { $name } »
attachment-save = Enregistrer « { $name } » sous…
attachment-remove = Retirer « { $name } »
attachment-removed = Retiré : « { $name } »
attachment-not-opened = « { $name } » pourrait être un programme : Tresse ne l’ouvre pas. Enregistrez-le, si vous savez ce que c’est.
attachment-opened = « { $name } » s’ouvre dans une copie : ce que vous y changez ne revient pas ici. Joignez le fichier modifié à la place.
attachment-no-program = « { $name } » ne s’ouvre pas ({ $reason }). Enregistrez-le pour l’ouvrir vous-même.
pick-attachment = Joindre un fichier
files-title = Les fichiers du réseau
files-settings = Les fichiers du réseau
files-always = Recevoir les fichiers automatiquement, sur cet appareil
files-always-explained = Ils sont alors là sans connexion. Sinon, chaque fichier vient quand vous le demandez.
attachment-preview = Aperçu de « { $name } »
files-most = Seulement jusqu’à
files-total = Et en tout, au plus
files-disk-use = Les fichiers de tous vos réseaux prennent { $size } sur cet appareil, chiffrés. Un fichier retiré s’efface au bout de trente jours. La sauvegarde du profil emporte ceux qui sont ici.
files-count = { $count ->
    [0] Aucun fichier joint dans ce réseau.
    [one] { $count } fichier joint
   *[other] { $count } fichiers joints
}
files-row = { $title } · { $size } · { $place }
