# Aller à… (Ctrl + K)
command-palette = Aller à…
palette-label = Une commande, une page, une action, une personne…
palette-nothing = Rien ne porte ce nom, et aucun texte ne contient ces mots.
palette-no-name = Rien ne porte ce nom.
palette-keys = Flèches pour choisir, Entrée pour y aller, Échap pour fermer.
palette-command = Commande
palette-network = Réseau
palette-meeting = Rencontre
palette-page = Page
palette-charter = Charte
palette-objective = Objectif
palette-group = Groupe de travail
palette-action = Action
palette-member = Membre
