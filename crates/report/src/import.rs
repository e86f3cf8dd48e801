//! A page from a Markdown file.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::front_matter;

/// What a Markdown file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedPage {
    /// The page's title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its text.
    pub body: String,
}

/// Reads a Markdown file, one of our exports or any other.
///
/// Title and tags come from the front matter, which is taken off if it holds nothing else. Without a title there, the
/// first heading is the title, or else `file_stem`, the file's name without its ending. The text is kept byte for
/// byte, but for a byte order mark before it.
pub fn parse_page(markdown: &str, file_stem: &str) -> ImportedPage {
    let text = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let (title, tags, after, body) = match front_matter::read(text) {
        Some(front) if front.only_ours => (front.title, front.tags, front.body, front.body),
        Some(front) => (front.title, front.tags, front.body, text),
        None => (None, Vec::new(), text, text),
    };
    ImportedPage {
        title: title
            .or_else(|| first_heading(after))
            .unwrap_or_else(|| file_stem.trim().to_owned()),
        tags,
        body: body.to_owned(),
    }
}

/// The words of the first heading that has any.
fn first_heading(markdown: &str) -> Option<String> {
    let mut words: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::empty()) {
        match (event, &mut words) {
            (Event::Start(Tag::Heading { .. }), _) => words = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), _) => {
                let heading = words.take().unwrap_or_default();
                let heading: Vec<&str> = heading.split_whitespace().collect();
                if !heading.is_empty() {
                    return Some(heading.join(" "));
                }
            }
            (Event::Text(text) | Event::Code(text), Some(words)) => words.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(words)) => words.push(' '),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{markdown, sample};
    use proptest::prelude::*;
    use tresse_model::{DocId, PageContent};

    fn page(title: &str, tags: &[&str], body: &str) -> ImportedPage {
        ImportedPage {
            title: title.to_owned(),
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn a_plain_file_takes_its_title_from_the_first_heading_and_keeps_its_text() {
        for (text, title) in [
            (
                "\n\n \n# Résumé des ateliers\n\nComment agir\n",
                "Résumé des ateliers",
            ),
            (
                "du texte\n\nTitre *souligné* avec `code`\n===\n",
                "Titre souligné avec code",
            ),
            ("```\n# pas un titre\n```\n\n## Le vrai ##\r\n", "Le vrai"),
            ("#\n\n### après un titre vide", "après un titre vide"),
            ("sans titre\n", "fichier"),
            ("", "fichier"),
            ("---\n\n# Après un trait\n\n---\n", "Après un trait"),
            ("---\nNote : ceci\n\nest du texte\n---\n", "est du texte"),
        ] {
            assert_eq!(
                parse_page(text, "fichier"),
                page(title, &[], text),
                "{text:?}"
            );
        }
        let marked = parse_page("\u{feff}# Titre\n", "fichier");
        assert_eq!(marked, page("Titre", &[], "# Titre\n"));
    }

    #[test]
    fn front_matter_written_by_hand_is_read_and_taken_off() {
        for front in [
            "title: Bilan : 2026\ntags: [été, bilan]\n",
            "title: 'Bilan : 2026'\ntags:\n  - été\n  - \"bilan\"\n",
            "tags: [\"été\",\"bilan\"]\r\n\r\ntitle: \"Bilan : 2026\"\r\n",
            "title: Bilan : 2026\ntags:\n- été\n- bilan\n",
        ] {
            let text = format!("---\n{front}---\n# Autre\n");
            let expected = page("Bilan : 2026", &["été", "bilan"], "# Autre\n");
            assert_eq!(parse_page(&text, "x"), expected, "{front:?}");
        }
        assert_eq!(
            parse_page("---\ntags: un\n---\n# Autre\n", "x"),
            page("Autre", &["un"], "# Autre\n")
        );
        assert_eq!(
            parse_page("---\ntitle: it''s\n---", "x"),
            page("it''s", &[], "")
        );
    }

    #[test]
    fn front_matter_that_says_more_stays_in_the_text() {
        for front in [
            "title: Bilan\ndate: 2026-11-24\n",
            "title: Bilan\n# noté plus tard\n",
            "title: Bilan\ntitle: Autre\n",
            "title: Bilan\nid: 42\n",
            "title: Bilan\ntags: [a, [b]]\n",
            "title: Bilan\nauthor:\n  name: Ana\n",
        ] {
            let text = format!("---\n{front}---\n\n# Autre\n");
            assert_eq!(
                parse_page(&text, "x"),
                page("Bilan", &[], &text),
                "{front:?}"
            );
        }
        let folded = "---\ntitle: >\n  Bilan\n---\n# Autre\n";
        assert_eq!(parse_page(folded, "x"), page("Autre", &[], folded));
    }

    #[test]
    fn real_notes_come_back_as_they_were() {
        let text = "\n\n \n# Résumé\r\n\r\n* « point »\t\n  1. suite\n\n---\ntitle: non\n---\n\n\n";
        let imported = parse_page(text, "notes");
        assert_eq!(imported.body, text);
        assert_eq!(again(&imported), imported);
    }

    /// Exported, then imported.
    fn again(given: &ImportedPage) -> ImportedPage {
        let mut export = sample::export();
        let content = PageContent {
            title: given.title.clone(),
            tags: given.tags.clone(),
            body: given.body.as_str().into(),
            ..PageContent::default()
        };
        export.pages = vec![(DocId::page([5; 16]), content)];
        let file = markdown(&export).pop().unwrap();
        assert!(file.bytes.ends_with(given.body.as_bytes()));
        parse_page(sample::text(&file), "another name")
    }

    fn any_text() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            Just("---".to_owned()),
            Just("...".to_owned()),
            Just("title: x".to_owned()),
            Just("tags: [a]".to_owned()),
            Just("\u{feff}".to_owned()),
            ".{0,12}",
            any::<String>(),
        ];
        prop::collection::vec((line, prop_oneof!["\n", "\r\n", ""]), 0..8)
            .prop_map(|lines| lines.into_iter().map(|(line, end)| line + &end).collect())
    }

    proptest! {
        #[test]
        fn every_page_comes_back_from_its_export(
            title in any_text(),
            tags in prop::collection::vec(any_text(), 0..4),
            body in any_text(),
        ) {
            let given = ImportedPage { title, tags, body };
            prop_assert_eq!(again(&given), given);
        }

        #[test]
        fn every_file_loses_nothing_by_going_in_and_out(text in any_text()) {
            let imported = parse_page(&text, "stem");
            prop_assert!(text.ends_with(&imported.body));
            prop_assert_eq!(again(&imported), imported);
        }
    }
}
