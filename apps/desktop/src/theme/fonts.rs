//! The fonts that Tresse carries, and the families that text is set in.
//!
//! Atkinson Hyperlegible Next was drawn so that letters are not mistaken for each other. Its weights lie
//! on one axis of one file. Each family ends with the icons and with a font of signs, so that an
//! arrow or a tick never shows as a box.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak, epaint::text::VariationCoords};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext.ttf");
const ITALIC: &[u8] = include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-Italic.ttf");
const LATIN: &[u8] = include_bytes!("../../assets/fonts/AtkinsonHyperlegibleNext-LatinExt.ttf");
const MONO: &[u8] = include_bytes!("../../assets/fonts/AtkinsonHyperlegibleMono.ttf");
const SYMBOLS: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-symbols.ttf");
const ICONS: &[u8] = include_bytes!("../../assets/fonts/Phosphor-subset.ttf");

/// French puts this much of a space before its high punctuation.
const FINE_SPACE: f32 = 0.75;
const WEIGHT_TEXT: f32 = 400.0;
const WEIGHT_STRONG: f32 = 640.0;

/// A way to set text: which of the carried faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Text.
    Text,
    /// Strong text and headings.
    Strong,
    /// Stressed text.
    Italic,
    /// Strong and stressed.
    StrongItalic,
    /// Code.
    Code,
    /// Icons alone.
    Icon,
}

impl Face {
    /// The family that egui knows this face by.
    pub fn family(self) -> FontFamily {
        match self {
            Self::Text => FontFamily::Proportional,
            Self::Strong => FontFamily::Name("strong".into()),
            Self::Italic => FontFamily::Name("italic".into()),
            Self::StrongItalic => FontFamily::Name("strong-italic".into()),
            Self::Code => FontFamily::Monospace,
            Self::Icon => FontFamily::Name("icon".into()),
        }
    }

    /// This face at a height in points.
    pub fn at(self, size: f32) -> egui::FontId {
        egui::FontId::new(size, self.family())
    }
}

/// Everything that [`egui::Context::set_fonts`] needs.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, bytes: &'static [u8], weight: Option<f32>| {
        let tweak = FontTweak {
            coords: weight.map_or_else(VariationCoords::default, |weight| {
                VariationCoords::new([(b"wght", weight)])
            }),
            thin_space_width: FINE_SPACE,
            ..FontTweak::default()
        };
        let data = FontData::from_static(bytes).tweak(tweak);
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    add("text", REGULAR, Some(WEIGHT_TEXT));
    add("text-latin", LATIN, Some(WEIGHT_TEXT));
    add("strong", REGULAR, Some(WEIGHT_STRONG));
    add("strong-latin", LATIN, Some(WEIGHT_STRONG));
    add("italic", ITALIC, Some(WEIGHT_TEXT));
    add("strong-italic", ITALIC, Some(WEIGHT_STRONG));
    add("mono", MONO, Some(WEIGHT_TEXT));
    add("symbols", SYMBOLS, None);
    add("icons", ICONS, None);

    for (face, chain) in [
        (Face::Text, ["text", "text-latin"].as_slice()),
        (Face::Strong, &["strong", "strong-latin"]),
        (Face::Italic, &["italic", "text-latin"]),
        (Face::StrongItalic, &["strong-italic", "strong-latin"]),
        (Face::Code, &["mono", "text-latin"]),
        (Face::Icon, &[]),
    ] {
        let names: &[&str] = if face == Face::Icon {
            &["icons"]
        } else {
            &["symbols", "icons"]
        };
        fonts.families.insert(
            face.family(),
            chain
                .iter()
                .chain(names)
                .map(|&name| name.to_owned())
                .collect(),
        );
    }
    fonts
}
