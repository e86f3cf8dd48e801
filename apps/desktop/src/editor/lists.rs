//! Markdown's lists as one types them: the next item's sign, deeper and shallower items.

/// What a line begins with before its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead {
    /// Spaces before the sign.
    pub(super) indent: String,
    /// The sign with the space after it (and the box of a task), as it stands in the line.
    pub(super) sign: String,
    /// The sign of an item that follows.
    pub(super) next: String,
    /// Whether it can be moved deeper and shallower (a quote cannot).
    pub(super) is_item: bool,
}

impl Lead {
    /// Reads what a line begins with, if that is a list's or a quote's sign.
    pub(super) fn read(line: &str) -> Option<Self> {
        let rest = line.trim_start_matches([' ', '\t']);
        let indent = line[..line.len() - rest.len()].to_owned();
        let (sign, next, is_item) = sign(rest)?;
        let mut lead = Self {
            indent,
            sign,
            next,
            is_item,
        };
        let after = &rest[lead.sign.len()..];
        if is_item {
            for (shown, blank) in [("[ ] ", "[ ] "), ("[x] ", "[ ] "), ("[X] ", "[ ] ")] {
                if after.starts_with(shown) {
                    lead.sign.push_str(shown);
                    lead.next.push_str(blank);
                }
            }
        }
        Some(lead)
    }

    /// How many scalar values it takes at the line's start.
    pub(super) fn len(&self) -> usize {
        self.indent.chars().count() + self.sign.chars().count()
    }
}

fn sign(rest: &str) -> Option<(String, String, bool)> {
    for bullet in ["- ", "* ", "+ "] {
        if rest.starts_with(bullet) {
            return Some((bullet.to_owned(), bullet.to_owned(), true));
        }
    }
    if rest.starts_with("> ") {
        return Some(("> ".to_owned(), "> ".to_owned(), false));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = (1..=6)
        .contains(&digits)
        .then(|| rest[..digits].parse().ok())??;
    let dot = rest[digits..]
        .chars()
        .next()
        .filter(|&dot| dot == '.' || dot == ')')?;
    if !rest[digits + 1..].starts_with(' ') {
        return None;
    }
    let next = number + 1;
    Some((rest[..digits + 2].to_owned(), format!("{next}{dot} "), true))
}

/// What one step deeper is written with.
pub(super) const STEP: &str = "  ";

#[cfg(test)]
mod tests {
    use super::*;

    fn next(line: &str) -> Option<String> {
        Lead::read(line).map(|lead| lead.indent + &lead.next)
    }

    #[test]
    fn the_next_item_gets_the_sign_it_should() {
        assert_eq!(next("- pain").as_deref(), Some("- "));
        assert_eq!(next("  * pain").as_deref(), Some("  * "));
        assert_eq!(next("9. neuf").as_deref(), Some("10. "));
        assert_eq!(next("2) deux").as_deref(), Some("3) "));
        assert_eq!(next("- [x] fait").as_deref(), Some("- [ ] "));
        assert_eq!(next("> dit-elle").as_deref(), Some("> "));
        assert_eq!(next("-pain"), None);
        assert_eq!(next("2026 fut"), None);
        assert_eq!(next("1234567. non"), None);
        assert_eq!(next(""), None);
    }

    #[test]
    fn a_signs_length_counts_its_box() {
        assert_eq!(Lead::read("  - [ ] à faire").unwrap().len(), 8);
    }
}
