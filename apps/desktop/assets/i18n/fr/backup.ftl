# Mettre à l’abri tout ce qui est sur cet appareil

command-backup = Tout sauvegarder…
backup = Sauvegarde
backup-why = Un seul fichier garde tous vos réseaux, tels qu’ils sont sur cet appareil. Si l’ordinateur se perd, ce fichier rend tout.
backup-title = Mettre à l’abri
backup-explained = Tous vos réseaux, avec les fichiers joints qui sont sur cet appareil, dans un seul fichier. Gardez-le ailleurs que sur cet ordinateur : sur une clé USB, ou un autre disque.
backup-by-mine = Pour l’ouvrir, il faudra votre phrase de passe, celle d’aujourd’hui.
backup-by-its-own = Le trousseau de cet ordinateur ne l’ouvrirait nulle part ailleurs : choisissez une phrase de passe pour la sauvegarde. Personne ne peut la retrouver pour vous.
backup-as-is-chosen = Vos données s’ouvrent ici sans phrase de passe. Donnez-en une à la sauvegarde : sans elle, qui la trouve peut tout y lire.
backup-passphrase = Phrase de passe de la sauvegarde
backup-passphrase-again = La même, encore une fois
backup-passphrase-differs = Les deux ne sont pas encore les mêmes.
backup-choose = Choisir où l’enregistrer…
backup-file = sauvegarde Tresse { $date }
backup-documents =
    { $count ->
        [one] Copie de tout ce qui est écrit : { $count } document…
       *[other] Copie de tout ce qui est écrit : { $count } documents…
    }
backup-files = Copie des fichiers joints : { $done } sur { $all }
backup-busy = Une sauvegarde est déjà en cours. Attendez qu’elle soit finie, ou arrêtez-la.
backup-done = Tout est à l’abri : { $size }.
backup-elsewhere = Gardez ce fichier ailleurs que sur cet ordinateur.
backup-opens-by-passphrase = Il ne s’ouvre qu’avec la phrase de passe.
backup-opens-for-anybody = Il s’ouvre sans phrase de passe : qui le trouve peut tout y lire.
backup-not-here =
    { $count ->
        [one] { $count } fichier joint n’y est pas, faute d’être sur cet appareil : { $names }
       *[other] { $count } fichiers joints n’y sont pas, faute d’être sur cet appareil : { $names }
    }
backup-damaged =
    { $count ->
        [one] { $count } fichier joint n’y est pas, car il est abîmé ici : { $names }
       *[other] { $count } fichiers joints n’y sont pas, car ils sont abîmés ici : { $names }
    }
backup-too-much =
    { $count ->
        [one] { $count } fichier joint n’y est pas, car il y en a trop : { $names }
       *[other] { $count } fichiers joints n’y sont pas, car il y en a trop : { $names }
    }

restore-pick = Choisir une sauvegarde
restore-pick-files = Sauvegardes de Tresse
restore-title = Remise en place de la sauvegarde
restore-bytes = { $done } sur { $all }
restore-stopping = Si vous arrêtez, rien n’est gardé, et la sauvegarde reste entière.
restore-lost =
    { $count ->
        [one] { $count } fichier joint n’a pas pu être repris de la sauvegarde. Il reviendra de qui l’a encore.
       *[other] { $count } fichiers joints n’ont pas pu être repris de la sauvegarde. Ils reviendront de qui les a encore.
    }
restore-no-backup = Ce fichier n’est pas une sauvegarde de Tresse. Vérifiez que vous avez pris le bon.
restore-damaged = Cette sauvegarde est abîmée ou incomplète : rien n’en a été repris. Prenez-en une autre copie.
