# Emporter un réseau dans des formats ouverts

command-export-files = Exporter vers d’autres logiciels…
export-title = Exporter vers d’autres logiciels
export-explained = Une copie de « { $name } » dans des fichiers qui se lisent sans Tresse, à garder aussi longtemps que vous voulez.
export-texts = Les textes
export-texts-for = Charte, plan, comptes rendus, pages… en Markdown, avec les fichiers joints.
export-tables = Les tableaux
export-tables-for = Actions, objectifs, membres, décisions… en CSV, pour un tableur.
export-calendar = Le calendrier
export-calendar-for = Les rencontres et les échéances, en iCalendar, pour tout agenda.
export-page = Le réseau sur une page
export-page-for = À lire dans un navigateur, ou à imprimer.
export-data = Tout, en un seul fichier
export-data-for = Tout ce que dit le réseau, en JSON, pour le reprendre dans un programme.
export-documents = Les documents avec tout leur historique
export-documents-for = Un fichier .automerge pour chacun, avec toutes ses versions.
export-readable = Rien n’y est chiffré : qui a le dossier peut tout lire.
export-choose = Choisir où l’enregistrer…
export-folder = { $name } { $what } { $date }
export-folder-texts = textes
export-folder-tables = tableaux
export-folder-calendar = calendrier
export-folder-page = page
export-folder-data = données
export-folder-documents = documents

export-reading = « { $name } » : { $done } documents lus sur { $all }
export-writing = « { $name } » : { $done } écrits sur { $all }
export-busy = Un autre export est en cours. Attendez qu’il soit fini, ou arrêtez-le.

export-done =
    { $count ->
        [one] « { $name } » est exporté : { $count } fichier.
       *[other] « { $name } » est exporté : { $count } fichiers.
    }
export-where = Dans { $folder }
export-files-absent =
    { $count ->
        [one] { $count } fichier joint n’y est pas : il n’est pas sur cet appareil, ou ne s’y lit pas.
       *[other] { $count } fichiers joints n’y sont pas : ils ne sont pas sur cet appareil, ou ne s’y lisent pas.
    }
export-stopped = Arrêté : rien n’a été écrit.
export-no-room = Il n’y a pas assez de place à cet endroit : rien n’y a été laissé. Libérez-en, ou choisissez un autre dossier.
export-not-written = Cet endroit n’a pas pu être écrit : rien n’y a été laissé. Choisissez un autre dossier.
export-nothing-left = Rien n’a été laissé à l’endroit choisi.
