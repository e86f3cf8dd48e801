//! The files of words, one a view, in both languages, carried in the program.

/// One file in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The file's name without its ending.
    pub name: &'static str,
    /// French source.
    pub fr: &'static str,
    /// English source.
    pub en: &'static str,
}

macro_rules! words {
    ($($name:literal),* $(,)?) => {
        /// Every file of words.
        pub const FILES: &[Words] = &[$(Words {
            name: $name,
            fr: include_str!(concat!("../../assets/i18n/fr/", $name, ".ftl")),
            en: include_str!(concat!("../../assets/i18n/en/", $name, ".ftl")),
        },)*];
    };
}

words![
    "common",
    "dates",
    "window",
    "start",
    "fields",
    "home",
    "overview",
    "charter",
    "plan",
    "planning",
    "meetings",
    "decisions",
    "digest",
    "library",
    "watch",
    "resources",
    "attachments",
    "members",
    "carry",
    "export",
    "backup",
    "piloting",
    "closing",
    "evaluation",
    "trust",
    "linking",
    "reach",
    "past",
    "palette",
    "errors",
];
