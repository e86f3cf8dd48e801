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
charter-language = Langue du réseau
charter-review = Charte à réexaminer le
language-fr = Français
language-en = Anglais
