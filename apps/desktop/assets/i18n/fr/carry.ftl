# Par clé USB : le travail d’un réseau porté à la main

command-export = Exporter pour une clé USB…
command-import = Importer…
carry-title = Par clé USB
carry-why = Sans wifi ni internet, le travail passe d’un appareil à l’autre dans un fichier.
carry-export-title = Exporter pour une clé USB
carry-explained = Le travail du réseau tient dans un fichier chiffré, que seuls peuvent lire ses membres et ceux qui l’ont été. Copiez-le sur une clé USB ; l’autre personne l’importe dans Tresse (Ctrl + O), ou le dépose sur la fenêtre. Les fichiers joints n’y sont pas : ils viennent quand les appareils se rencontrent.
carry-alone = Personne d’autre ne fait encore partie de ce réseau. Le fichier ne fait entrer personne : invitez d’abord quelqu’un.
carry-whom = Pour qui
carry-anybody = N’importe quel membre
carry-anybody-explained = Tout le réseau est dans le fichier : il convient à chacun.
carry-somebody-explained = Le fichier contient seulement ce que cet appareil n’avait pas à votre dernière rencontre.
carry-machine = { $name } : { $machine }
carry-make = Choisir où l’enregistrer…
carry-file = { $name } { $date }
carry-file-for = { $name } pour { $whom } { $date }

carry-making = Préparation du fichier : { $done } documents sur { $all }
carry-taking = Lecture du fichier : { $done } documents sur { $all }
carry-busy = Un autre fichier est en cours. Attendez qu’il soit fini, ou arrêtez-le.
carry-see = Voir ce qui a changé

carry-made =
    { $count ->
        [one] « { $name } » est prêt : { $count } document, { $size }.
       *[other] « { $name } » est prêt : { $count } documents, { $size }.
    }
carry-made-nothing-new = « { $name } » est prêt, mais rien n’a changé depuis votre dernière rencontre : il ne dit que qui est membre.
carry-made-next = Attendez que l’ordinateur permette de retirer la clé, puis portez-la à l’autre personne.
carry-left-out =
    { $count ->
        [one] { $count } document n’a pas pu y être mis : il est abîmé sur cet appareil, ou trop volumineux.
       *[other] { $count } documents n’ont pas pu y être mis : ils sont abîmés sur cet appareil, ou trop volumineux.
    }
carry-size-kb = { $count } Ko
carry-size-mb = { $count } Mo
carry-size-gb = { $count } Go

carry-taken = { $changes } de { $people }, dans « { $name } ».
carry-changes =
    { $count ->
        [one] { $count } changement reçu
       *[other] { $count } changements reçus
    }
carry-people =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
carry-by = Écrit par : { $names }
carry-taken-acts = Rien de nouveau dans les documents de « { $name } ». Ce qui concerne ses membres est à jour.
carry-taken-nothing = Rien de nouveau : vous aviez déjà tout ce que ce fichier contient de « { $name } ».
carry-taken-none = Rien n’a été repris dans « { $name } ».
carry-refused =
    { $count ->
        [one] { $count } document n’a pas été repris.
       *[other] { $count } documents n’ont pas été repris.
    }
carry-stopped-making = Arrêté : aucun fichier n’a été écrit.
carry-stopped-taking = Arrêté : ce qui était déjà repris reste, le reste viendra si vous importez le fichier de nouveau.
carry-too-long-to-make = Tout le réseau ne tient pas dans un fichier. Choisissez pour qui il est : il ne contiendra que ce qui lui manque.
carry-too-long-to-take = Ce fichier est trop volumineux pour venir de Tresse. Demandez-en un autre.
carry-no-room = Il n’y a pas assez de place à cet endroit. Libérez-en, ou choisissez une autre clé.
