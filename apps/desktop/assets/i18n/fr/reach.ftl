# Se retrouver : par une adresse, et sur les réseaux locaux

reach-title = Se retrouver par une adresse
reach-open = Se retrouver par une adresse…
reach-explained = Deux appareils du même réseau local se trouvent d’eux-mêmes. Là où la salle ne le permet pas (wifi d’invités, pare-feu), donnez l’adresse de l’un à l’autre : tous les autres se retrouvent par eux.
reach-mine = L’adresse de cet appareil
reach-mine-explained = Elle dit seulement où il est : elle ne fait entrer personne. À taper, à photographier ou à coller sur l’autre appareil :
reach-mine-none = Cet appareil n’est sur aucun réseau : choisissez le wifi de la salle, ou branchez un câble.
reach-code = Code carré de l’adresse de cet appareil
reach-file-name = adresse-tresse
reach-other = Un autre appareil
reach-field = Adresse de l’autre appareil
reach-field-hint = 192.168.1.20:54321, ou le texte copié là-bas
reach-needed = Tapez ou collez d’abord une adresse.
reach-button = Retrouver cet appareil
reach-file = Choisir un fichier ou une photo…
reach-reaching = Tresse cherche cet appareil…
reach-answered = { $name } a répondu : vos deux appareils sont reliés, et ceux que le sien connaît vont l’être aussi.
reach-answered-alone = { $name } a répondu : vos deux appareils sont reliés. Le sien a une version de Tresse qui ne dit pas où sont les autres : pour les retrouver, donnez aussi l’adresse de l’un d’eux.
reach-goes-on = Tresse réessaie de temps en temps, tant que cette fenêtre est ouverte.

# Réglages : se trouver sur les réseaux locaux
settings-lan = Se trouver sur le réseau local
settings-lan-explained = Cet appareil s’annonce par son identifiant aux machines du même réseau, sans dire votre nom ni vos réseaux. Sans cela, il faut une adresse ou internet.
settings-lan-announced =
    { $count ->
        [one] Annoncé sur { $count } réseau.
       *[other] Annoncé sur { $count } réseaux.
    }
settings-lan-nowhere = Aucun réseau local pour l’instant.
