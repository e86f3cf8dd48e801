# Champs, dates, valeurs concurrentes

left-open = Laissé ouvert
line-number = { $what } { $number }
text = Texte
read-only-banner = Ce document a été écrit avec une version plus récente de Tresse. Vous pouvez le lire ; pour le modifier, mettez Tresse à jour.

date-hint = Par exemple 24/11/2026
date-pick = Choisir une date : { $field }
date-month-before = Mois précédent
date-month-after = Mois suivant
date-today = Aujourd’hui
date-none = Aucune date
date-not-understood = Écrivez une date comme 24/11/2026 ou 24 novembre
date-not-understood-toast = « { $text } » n’a pas été compris comme une date. Écrivez par exemple 24/11/2026.
field-not-taken = Pas enregistré : { $reason }
field-not-taken-mark = { $field } : pas enregistré
field-give-up = Revenir à ce qui est enregistré
field-give-up-named = Revenir à ce qui est enregistré : { $field }
weekday-monday = lu
weekday-tuesday = ma
weekday-wednesday = me
weekday-thursday = je
weekday-friday = ve
weekday-saturday = sa
weekday-sunday = di

conflict-mark = { $field } : { $count } valeurs données en même temps
conflict-title = Plusieurs valeurs
conflict-explained = Plusieurs personnes ont rempli ce champ en même temps. Rien n’est perdu : choisissez la valeur à garder.
conflict-by = par { $name }
conflict-cleared = (vidé)
conflict-keep-shown = Garder celle-ci, affichée
conflict-take = Prendre celle-ci
conflict-choose-value = Choisir « { $value } »
conflict-in-card = Un champ de cette action a reçu plusieurs valeurs : ouvrez-la pour choisir.

# Écrire un texte
text-hint = Écrivez ici. Une ligne commençant par # devient un titre, par - une liste.
writing-write = Écrire
writing-preview = Aperçu
format-strong = Gras
format-stressed = Italique
format-heading = Titre
format-bullets = Liste
format-numbers = Liste numérotée
format-tasks = Liste à cocher
format-quote = Citation
preview-empty = L’aperçu du texte s’affiche ici.
