//! File names from titles.

use std::collections::HashSet;

/// The longest name given, in bytes, extension included: with a folder before it, every file system takes it.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever follows the first dot.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Gives each title of one folder a file name of its own.
///
/// A name keeps letters of every language, accents included; it never holds a path separator, a control
/// or direction character, or anything else that one of the usual systems refuses or hides, and
/// it differs from the others by more than capitals.
///
/// ```
/// let mut names = tresse_report::Names::default();
/// assert_eq!(names.name("Été : bilan", "md", "page"), "Été - bilan.md");
/// assert_eq!(names.name("été : BILAN", "md", "page"), "été - BILAN (2).md");
/// assert_eq!(names.name("../..", "md", "page"), "page.md");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// The name for a title; `untitled` where nothing of the title can stand in a name.
    pub fn name(&mut self, title: &str, extension: &str, untitled: &str) -> String {
        let mut stem = safe(title);
        if stem.is_empty() {
            untitled.clone_into(&mut stem);
        }
        let mut ending = format!(".{extension}");
        let mut number = 1;
        loop {
            let name = format!(
                "{}{ending}",
                cut(&stem, LONGEST.saturating_sub(ending.len()))
            );
            if self.taken.insert(fold(&name)) {
                return name;
            }
            number += 1;
            ending = format!(" ({number}).{extension}");
        }
    }
}

/// What two names have in common where a file system takes them for one: capitals, and on macOS the two
/// ways to write an accented letter.
fn fold(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .map(|c| accent_off(c).unwrap_or(c))
        .collect()
}

/// The letter under the accent, for the letters that are written in French.
const fn accent_off(c: char) -> Option<char> {
    Some(match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' | 'ì' => 'i',
        'ñ' => 'n',
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ÿ' | 'ý' => 'y',
        _ => return None,
    })
}

fn safe(title: &str) -> String {
    let mut name = String::with_capacity(title.len());
    let mut gap = false;
    for c in title.chars() {
        if c.is_whitespace() {
            gap = !name.is_empty();
            continue;
        }
        if c.is_control() || invisible(c) {
            continue;
        }
        if std::mem::take(&mut gap) {
            name.push(' ');
        }
        let refused = matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        name.push(if refused { '-' } else { c });
    }
    let name = trim(&name);
    let first = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_lowercase();
    if is_reserved(&first) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// A leading dot hides a file, a leading dash makes it an option; Windows drops a last dot or space.
fn trim(name: &str) -> &str {
    name.trim_start_matches(['.', '-', ' ', '~'])
        .trim_end_matches(['.', ' ', '-'])
}

fn cut(name: &str, longest: usize) -> &str {
    let end = (0..=longest.min(name.len()))
        .rev()
        .find(|at| name.is_char_boundary(*at));
    name[..end.unwrap_or(0)].trim_end_matches(['.', ' ', '-'])
}

fn is_reserved(stem: &str) -> bool {
    if RESERVED.contains(&stem) {
        return true;
    }
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let mut rest = port.unwrap_or_default().chars();
    let number = rest.next();
    rest.next().is_none()
        && number.is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
}

/// Characters without a shape of their own: direction marks and overrides, joiners, tags, not-characters.
const fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{e0000}'..='\u{10ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(title: &str) -> String {
        Names::default().name(title, "md", "page")
    }

    #[test]
    fn accents_and_ordinary_signs_are_kept() {
        for title in [
            "Élaborer la charte",
            "Ça & là (été) – l'œuvre",
            "計画",
            "v1.2 brouillon",
            "100 %",
        ] {
            assert_eq!(name(title), format!("{title}.md"));
        }
    }

    #[test]
    fn nothing_leads_out_of_the_folder_or_hides() {
        for (title, expected) in [
            ("../../etc/passwd", "etc-passwd.md"),
            ("..", "page.md"),
            (".hidden", "hidden.md"),
            ("-rf", "rf.md"),
            ("a/b\\c", "a-b-c.md"),
            ("C:\\temp", "C--temp.md"),
            ("what? \"yes\" <b>|*", "what- -yes- -b.md"),
            ("a\u{202e}gpj.exe", "agpj.exe.md"),
            ("a\u{0}b\u{7}c\r\nd", "abc d.md"),
            ("end. . ", "end.md"),
            ("\u{200b}\u{feff}", "page.md"),
            ("", "page.md"),
        ] {
            assert_eq!(name(title), expected, "{title:?}");
        }
    }

    #[test]
    fn names_that_windows_keeps_are_changed() {
        for title in [
            "con",
            "CON",
            "Nul",
            "com1",
            "LPT9",
            "com¹",
            "aux.notes",
            "prn .txt",
            "CONIN$",
        ] {
            assert_eq!(name(title), format!("_{title}.md"));
        }
        for title in ["conseil", "com", "com10", "auxiliaire", "lpt"] {
            assert_eq!(name(title), format!("{title}.md"));
        }
    }

    #[test]
    fn titles_that_some_system_takes_for_one_get_numbers() {
        let mut names = Names::default();
        let given: Vec<_> = ["Été", "été", "E\u{301}te\u{301}", "Été (2)", "hiver"]
            .iter()
            .map(|title| names.name(title, "md", "page"))
            .collect();
        let expected = [
            "Été.md",
            "été (2).md",
            "E\u{301}te\u{301} (3).md",
            "Été (2) (2).md",
            "hiver.md",
        ];
        assert_eq!(given, expected);
    }

    proptest! {
        #[test]
        fn any_title_gives_a_safe_name_of_its_own(titles in prop::collection::vec("\\PC{0,8}|.{0,200}|[.\\-/ c-o]{0,5}", 1..20)) {
            let mut names = Names::default();
            let mut seen = HashSet::new();
            for title in titles {
                let name = names.name(&title, "md", "page");
                prop_assert!(name.len() <= LONGEST && name.len() > 3);
                prop_assert!(name.strip_suffix(".md").is_some());
                prop_assert!(!name.starts_with(['.', '-', ' ', '~']));
                prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
                prop_assert!(!name.chars().any(|c| c.is_control() || invisible(c)));
                prop_assert!(seen.insert(name.to_lowercase()));
                prop_assert_eq!(std::path::Path::new(&name).components().count(), 1);
            }
        }
    }
}
