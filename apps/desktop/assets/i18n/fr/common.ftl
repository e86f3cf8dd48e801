# Mots communs à plusieurs vues
