//! Words: every text that the window shows comes from a Fluent file, French first, then English.
//!
//! ```
//! use tresse_desktop::{i18n::{I18n, Lang}, tr};
//! let i18n = I18n::new(Lang::Fr);
//! assert_eq!(tr!(i18n, "date-day", day = 24, month = "novembre", year = "2026"), "24 novembre 2026");
//! ```
//!
//! A key is written as a literal in [`tr!`](crate::tr), so that the tests (`tests/words.rs`) can hold the files
//! and the code against each other. The few keys that are put together while running are declared in
//! [`DYNAMIC`] and looked up with [`I18n::find`].
//!
//! French punctuation takes a narrow no-break space before `: ; ! ? »` and after `«`. The files are
//! written with plain spaces there; [`I18n::new`] puts the right ones in.

mod dates;
mod dynamic;
mod files;
mod numbers;
mod owners;

use std::{borrow::Cow, fmt};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, langid};

pub use dynamic::DYNAMIC;
pub use files::FILES;

/// A language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// `fr` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// What the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// The language of a code such as `fr`, `en` or `en_GB.UTF-8`, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.get(..2)?;
        Self::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(code))
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::Fr => langid!("fr"),
            Self::En => langid!("en"),
        }
    }
}

/// Values for the places that a text leaves open.
#[derive(Debug, Default)]
pub struct Args(FluentArgs<'static>);

impl Args {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one: text or a number.
    pub fn set(&mut self, name: &'static str, value: impl Into<FluentValue<'static>>) {
        self.0.set(name, value);
    }

    /// The values of a notice, whose names come with it.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut args = FluentArgs::new();
        for (name, value) in pairs {
            args.set(name.to_owned(), value.to_owned());
        }
        Self(args)
    }
}

/// The words of one language.
pub struct I18n {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for I18n {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("I18n")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl I18n {
    /// Reads the files of a language.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.id()]);
        // The marks that isolate a value's direction would show as boxes, and both languages run one way.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Fr => numbers::french,
            Lang::En => numbers::english,
        }));
        for file in FILES {
            let source = match lang {
                Lang::Fr => typographic(file.fr).into_owned(),
                Lang::En => file.en.to_owned(),
            };
            // The tests refuse a file with errors; here what can be read is used.
            let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, errors)| {
                tracing::error!(file = file.name, ?errors, "a file of words has errors");
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(file = file.name, ?errors, "a file of words repeats a key");
            }
        }
        Self { lang, bundle }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// A text without open places. Through [`tr!`](crate::tr) only.
    pub fn get(&self, key: &'static str) -> String {
        self.look_up(key, None).unwrap_or_else(|| absent(key))
    }

    /// A text with its open places filled. Through [`tr!`](crate::tr) only.
    pub fn format(&self, key: &'static str, args: &Args) -> String {
        self.look_up(key, Some(&args.0))
            .unwrap_or_else(|| absent(key))
    }

    /// A text whose key was put together while running (see [`DYNAMIC`]), if there is one.
    pub fn find(&self, key: &str, args: &Args) -> Option<String> {
        self.look_up(key, Some(&args.0))
    }

    fn look_up(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a text could not be filled");
        }
        Some(text.into_owned())
    }
}

fn absent(key: &str) -> String {
    tracing::error!(key, "no such text");
    key.to_owned()
}

/// Plain spaces beside French punctuation become narrow and unbreakable.
pub(crate) fn typographic(text: &str) -> Cow<'_, str> {
    const NARROW: &str = "\u{202f}";
    if !text.contains(" :") && !text.contains([';', '!', '?', '«', '»']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        let space = matches!(letter, ' ' | '\u{a0}');
        match rest.peek() {
            Some(':' | ';' | '!' | '?' | '»') if space => out.push_str(NARROW),
            Some(' ' | '\u{a0}') if letter == '«' => {
                out.push(letter);
                out.push_str(NARROW);
                rest.next();
            }
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// The text of a key, its open places filled: `tr!(i18n, "key")`, `tr!(i18n, "key", count = 3, name = name)`.
#[macro_export]
macro_rules! tr {
    ($i18n:expr, $key:literal $(,)?) => {
        $i18n.get($key)
    };
    ($i18n:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = $crate::i18n::Args::new();
        $(args.set(stringify!($name), $value);)+
        $i18n.format($key, &args)
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_punctuation_gets_narrow_spaces_and_the_rest_is_left_alone() {
        assert_eq!(
            typographic("Prêt ? « Oui » ; voici : 12:30 !"),
            "Prêt\u{202f}? «\u{202f}Oui\u{202f}»\u{202f}; voici\u{202f}: 12:30\u{202f}!"
        );
        assert!(matches!(
            typographic("Rien à changer, ici."),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn a_language_is_known_by_the_start_of_its_code() {
        assert_eq!(Lang::from_code("fr"), Some(Lang::Fr));
        assert_eq!(Lang::from_code("en_GB.UTF-8"), Some(Lang::En));
        assert_eq!(Lang::from_code("C"), None);
        assert_eq!(Lang::from_code("é"), None);
    }

    #[test]
    fn plurals_follow_the_language() {
        let (fr, en) = (I18n::new(Lang::Fr), I18n::new(Lang::En));
        assert_eq!(tr!(fr, "ago-minutes", count = 1), "il y a 1 minute");
        assert_eq!(tr!(fr, "ago-minutes", count = 7), "il y a 7 minutes");
        assert_eq!(tr!(en, "ago-minutes", count = 1), "1 minute ago");
        assert_eq!(tr!(en, "ago-minutes", count = 7), "7 minutes ago");
    }
}
