# Charte

charter-agreed = L’essentiel
charter-text = Texte
values = Valeurs partagées
value = Valeur
values-empty = Quelles valeurs vous réunissent ? Par exemple : « une personne, une voix ».
value-add = Ajouter
value-hint = Nouvelle valeur
value-remove = Retirer la valeur
charter-exchange-rules = Règles d’échange
charter-exchange-rules-hint = Comment se parle-t-on, à quel rythme, que peut-on redire au dehors ?
charter-decision-rule = Comment on décide
charter-decision-rule-hint = Par exemple : par consentement ; sinon à la majorité, une personne, une voix.
charter-voting = Règle reprise par les décisions
charter-voting-hint = Facultatif. Un nouveau vote commence avec cette règle, un consentement avec le quorum. Dès qu’une version de la charte est adoptée, c’est la sienne qui compte.
charter-method = Manière habituelle de décider
charter-threshold = Une proposition est adoptée par
charter-language = Langue du réseau
charter-review = Charte à réexaminer le
charter-purposes-part = On les adopte et on les signe avec la charte.
charter-purposes-changed = Elles ont changé depuis l’adoption de la version en vigueur.
charter-purposes-go = Les finalités s’écrivent à l’accueil
charter-added-values = Ce que chaque structure en attend
charter-added-values-empty = Personne n’a encore dit ce que sa structure attend du réseau. Chaque membre l’écrit sur sa propre carte.
charter-added-values-go = Dire ce que ma structure en attend
language-fr = Français
language-en = Anglais

# Versions de la charte

charter-none-adopted = Pas encore adoptée
charter-none-adopted-hint = Écrivez-la ensemble. Quand elle vous convient, proposez-la : chacun pourra y consentir, puis la signer.
charter-in-force = En vigueur depuis { $when }
charter-signatures =
    { $count ->
        [0] Personne ne l’a encore signée
        [one] Signée par { $count } membre sur { $of }
       *[other] Signée par { $count } membres sur { $of }
    }
charter-signed-by = Ont signé : { $names }
charter-signed-by-former = Avaient signé, et ont quitté le réseau depuis : { $names }
charter-unsigned-by = Pas encore : { $names }
charter-sign = Signer cette charte
charter-signed = Vous l’avez signée
charter-unsign = Retirer ma signature
charter-proposed = Proposée par { $name } { $when }
charter-proposed-changed = Le texte affiché ici a changé depuis cette proposition.
charter-consent = Consentir
charter-consented = Vous y consentez
charter-not-here = Cette version n’est pas encore arrivée ici en entier.
charter-compare = Voir ce qui change
charter-read = Lire cette version
charter-changed = Le texte affiché ici n’est plus celui qui est en vigueur.
charter-propose = Proposer cette version
charter-put = Soumise au vote des membres
charter-vote = Décider par un vote…
charter-vote-title = Décider d’une version de la charte
charter-vote-explained = Chaque membre répond, comme à toute décision ; la charte en vigueur dit comment on compte. Le texte de la décision dit ce qui change.
charter-vote-put = Poser la question
charter-vote-go = Ouvrir la décision « { $title } »
charter-vote-open = Les membres en décident.
charter-vote-to-record = Les membres l’ont adoptée ; il reste à l’inscrire.
charter-vote-adopted = Adoptée par une décision des membres.
charter-vote-waiting = { $name } l’a inscrite comme adoptée. Cet appareil ne peut pas encore le vérifier : la décision, des voix ou un dépouillement ne sont pas arrivés.
charter-vote-not-adopted = Le vote ne l’a pas adoptée.
charter-vote-other-terms = Elle a été comptée autrement que ne le dit la charte en vigueur : cela ne l’adopte pas.
charter-vote-overtaken = Une version est entrée en vigueur avant la fin de ce vote : il n’en adopte plus. On peut poser la question de nouveau.
charter-rule-vote = Ou bien, comme le dit la charte en vigueur : { $rule }.
charter-rule-first = La première version s’adopte ainsi. Les suivantes pourront l’être par un vote, si la charte dit comment.
charter-rule-none = Pour qu’elle puisse aussi l’être par un vote, la charte en vigueur doit dire comment : c’est la « Règle reprise par les décisions ».
charter-rule-alone = Vous êtes la seule personne de ce réseau : votre accord l’adopte.
charter-rule =
    { $need ->
        [one] L’accord d’un membre sur { $of } l’adopte, comme pour changer les règles du réseau (page Membres).
       *[other] L’accord de { $need } membres sur { $of } l’adopte, comme pour changer les règles du réseau (page Membres).
    }
charter-earlier =
    { $count ->
        [one] { $count } version précédente
       *[other] { $count } versions précédentes
    }
charter-earlier-one =
    { $count ->
        [0] Adoptée { $when }
        [one] Adoptée { $when }, signée par { $count } membre
       *[other] Adoptée { $when }, signée par { $count } membres
    }
charter-about-version = { $what } : version adoptée { $when }
charter-compare-in-force = Comparer avec celle en vigueur
charter-compare-next = Comparer avec la suivante

# Ce qui a changé

history = Historique
history-explained = Qui a écrit, et quand : vérifié par la signature de chaque appareil.
history-empty = Personne n’a encore rien écrit ici.
history-nobody = Appareil inconnu
history-changes =
    { $count ->
        [one] { $count } modification
       *[other] { $count } modifications
    }
differences-charter = Ce qui change dans la charte
differences-coming = Un instant…
differences-none = Aucune différence.
differences-text = Texte
differences-tags = Étiquettes
differences-line = ⏎
differences-role = Rôle : { $role }
