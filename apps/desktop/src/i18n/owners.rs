//! Whose something is: « la machine d’Ana », "Ana’s machine".

use super::I18n;
use crate::tr;

impl I18n {
    /// Whose something is, as it stands beside the thing: « d’Ana », « de Bo », "Ana’s".
    pub fn owner(&self, name: &str) -> String {
        let name = name.to_owned();
        if begins_with_a_vowel(&name) {
            tr!(self, "owner-vowel", name = name)
        } else {
            tr!(self, "owner-plain", name = name)
        }
    }
}

/// Whether French cuts the « de » before it short. An H counts as mute, as it mostly is in names.
fn begins_with_a_vowel(name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    match letters.next() {
        Some('y') => letters.next().is_some_and(|next| !is_vowel(next)),
        Some('h') => true,
        Some(first) => is_vowel(first),
        None => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouyàâäéèêëîïôöùûüæœ".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn french_cuts_short_before_a_vowel_and_english_never() {
        let (fr, en) = (I18n::new(Lang::Fr), I18n::new(Lang::En));
        for (name, owner) in [
            ("Ana", "d’Ana"),
            ("Bo", "de Bo"),
            ("Élise", "d’Élise"),
            ("Hélène", "d’Hélène"),
            ("Yves", "d’Yves"),
            ("Yann", "de Yann"),
            ("5a3f", "de 5a3f"),
            ("", "de "),
        ] {
            assert_eq!(fr.owner(name), owner);
        }
        assert_eq!(en.owner("Ana"), "Ana’s");
    }
}
