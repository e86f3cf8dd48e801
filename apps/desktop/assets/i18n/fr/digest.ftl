# La synthèse : ce qui a bougé, à mon rythme
digest = Synthèse
digest-nav = Synthèse ({ $count })
digest-nothing = Rien de nouveau à vous dire pour l’instant.
digest-read = J’ai lu
digest-read-explained = La synthèse revient à son heure, avec ce qui sera nouveau alors. Rien n’est marqué comme vu.
digest-rhythm = Choisir le rythme…
digest-rhythm-title = À quel rythme
digest-rhythm-explained = La synthèse dit ce que les autres ont changé et que vous n’avez pas encore vu, sans jamais vous interrompre. Ces choix valent pour cet appareil.
digest-often = Quand
digest-at = À partir de
digest-quiet = Des heures calmes, sans synthèse
digest-quiet-from = De
digest-quiet-to = À
digest-as-others = Comme les autres
digest-topics = Me parler de :
digest-topic = Me parler de : { $topic }
digest-at-once = Au fur et à mesure
digest-daily = Une fois par jour
digest-weekly = Le lundi
digest-never = Jamais
digest-usual-at-once = Vous la recevez au fur et à mesure, toutes les dix minutes au plus.
digest-usual-daily = Vous la recevez une fois par jour, à partir de { $at }.
digest-usual-weekly = Vous la recevez le lundi, à partir de { $at }.
digest-usual-never = Vous avez choisi de ne pas la recevoir.
arrived = Reçu { $names } : { $what }
arrived-line = { $name } : { $what }
arrived-line-people = { $name } : { $what } ({ $people })
arrived-two = { $one } et { $other }
arrived-documents =
    { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }
arrived-people =
    { $count ->
        [one] { $count } nouveau membre
       *[other] { $count } nouveaux membres
    }
arrived-conflicts =
    { $count ->
        [one] { $count } champ avec plusieurs valeurs
       *[other] { $count } champs avec plusieurs valeurs
    }
arrived-networks =
    { $count ->
        [one] { $count } réseau
       *[other] { $count } réseaux
    }
settings-notify = Prévenir par une notification du système quand une synthèse est prête
settings-notify-explained = Elle dit combien de choses ont bougé, jamais lesquelles.
digest-notification = { $documents ->
    [one] { $documents } chose a bougé
   *[other] { $documents } choses ont bougé
} { $networks ->
    [one] dans un réseau.
   *[other] dans { $networks } réseaux.
}
