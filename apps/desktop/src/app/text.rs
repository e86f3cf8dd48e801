//! Small helps with words.

pub use tresse_engine::{file_name, model::fold};

/// At most `most` characters, with an ellipsis where something was cut.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The first letters of a name's first and last word, for a person's or a network's disc.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_alphanumeric));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("ÉLABORÉE, Cœur d’été"), "elaboree, coeur d'ete");
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("été", 3), "été");
        assert_eq!(cut("été comme hiver", 4), "été…");
    }

    #[test]
    fn a_files_name_has_nothing_that_a_system_refuses() {
        assert_eq!(file_name("Été : lire / écrire"), "Été lire écrire");
        assert_eq!(file_name(".."), "");
    }

    #[test]
    fn initials_come_from_the_first_and_last_word() {
        assert_eq!(initials("Zoé Le Goff"), "ZG");
        assert_eq!(initials("élan"), "É");
        assert_eq!(initials("  "), "");
    }
}
