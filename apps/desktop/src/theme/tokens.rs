//! The tokens: every colour, distance and size that the window uses, named by what it is for.
//!
//! Views read [`super::tokens`]; they never write a colour or a number of points of their own. Both
//! palettes are held to WCAG AA by the tests at the end of this file.

use egui::Color32;

/// Distances, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Space {
    /// Between an icon and its word.
    pub xs: f32,
    /// Between things that belong together.
    pub s: f32,
    /// Between lines of a list.
    pub m: f32,
    /// Inside cards, between paragraphs.
    pub l: f32,
    /// Between sections.
    pub xl: f32,
    /// Around a page.
    pub xxl: f32,
}

/// Heights of text, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Captions, tags, table heads.
    pub small: f32,
    /// What one reads.
    pub body: f32,
    /// Code.
    pub code: f32,
    /// A heading inside a card.
    pub subheading: f32,
    /// A section's heading.
    pub heading: f32,
    /// A page's title.
    pub title: f32,
    /// The first screen's one big line.
    pub display: f32,
    /// Height of a line for one point of text.
    pub line: f32,
}

/// Roundness of corners, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Radius {
    /// Tags, code.
    pub s: u8,
    /// Buttons, fields.
    pub m: u8,
    /// Cards, windows.
    pub l: u8,
}

/// Sizes of things, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Least height of what can be clicked.
    pub control: f32,
    /// An icon in a line of text.
    pub icon: f32,
    /// An icon that stands alone.
    pub icon_large: f32,
    /// A status dot's diameter.
    pub dot: f32,
    /// A person's disc.
    pub avatar: f32,
    /// The column of a network's places.
    pub sidebar: f32,
    /// The widest that a column of reading text gets.
    pub reading: f32,
    /// The widest that a form gets.
    pub form: f32,
    /// A column of the board.
    pub column: f32,
    /// A progress bar's thickness.
    pub bar: f32,
    /// A hairline.
    pub line: f32,
    /// The outline of what has the keyboard.
    pub focus: f32,
}

/// What a mark, a message or a status is about; it picks a colour, and words always say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing to note.
    Neutral,
    /// What one can act on, what is going on.
    Accent,
    /// It went well.
    Good,
    /// Look at this when you can.
    Warn,
    /// Something is wrong.
    Bad,
}

/// Colours, named by what they paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub paper: Color32,
    /// The rail and the side column.
    pub shade: Color32,
    /// Cards, fields, menus.
    pub surface: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Behind what is chosen.
    pub chosen: Color32,
    /// Behind selected text.
    pub selection: Color32,
    /// Hairlines between things.
    pub line: Color32,
    /// Outline of what can be used (3:1 against its ground).
    pub edge: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight (still 4.5:1).
    pub muted: Color32,
    /// Main actions, links, the keyboard's place.
    pub accent: Color32,
    /// The same, under the pointer.
    pub accent_hover: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// It went well.
    pub good: Color32,
    /// Ground of a good message.
    pub good_soft: Color32,
    /// Take care.
    pub warn: Color32,
    /// Ground of a warning.
    pub warn_soft: Color32,
    /// Something is wrong.
    pub bad: Color32,
    /// Ground of an error.
    pub bad_soft: Color32,
    /// The braid's three strands.
    pub strands: [Color32; 3],
    /// What lies over the window behind a dialogue.
    pub veil: Color32,
}

impl Palette {
    /// The strong colour of a tone.
    pub const fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.muted,
            Tone::Accent => self.accent,
            Tone::Good => self.good,
            Tone::Warn => self.warn,
            Tone::Bad => self.bad,
        }
    }

    /// The ground on which a tone's strong colour is legible.
    pub const fn soft(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.shade,
            Tone::Accent => self.chosen,
            Tone::Good => self.good_soft,
            Tone::Warn => self.warn_soft,
            Tone::Bad => self.bad_soft,
        }
    }
}

/// Everything a view needs to know about looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tokens {
    /// Whether these are the dark colours.
    pub dark: bool,
    /// Colours.
    pub color: Palette,
    /// Distances.
    pub space: Space,
    /// Text heights.
    pub text: Type,
    /// Corners.
    pub radius: Radius,
    /// Sizes.
    pub size: Size,
}

const SPACE: Space = Space {
    xs: 4.0,
    s: 8.0,
    m: 12.0,
    l: 16.0,
    xl: 24.0,
    xxl: 32.0,
};

const TYPE: Type = Type {
    small: 13.5,
    body: 16.0,
    code: 14.5,
    subheading: 17.0,
    heading: 20.0,
    title: 27.0,
    display: 34.0,
    line: 1.5,
};

const RADIUS: Radius = Radius { s: 4, m: 8, l: 12 };

const SIZE: Size = Size {
    control: 34.0,
    icon: 18.0,
    icon_large: 22.0,
    dot: 9.0,
    avatar: 30.0,
    sidebar: 216.0,
    reading: 720.0,
    form: 520.0,
    column: 260.0,
    bar: 8.0,
    line: 1.0,
    focus: 2.0,
};

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// Warm paper by day.
pub static LIGHT: Tokens = Tokens {
    dark: false,
    color: Palette {
        paper: rgb(0xfa_f7f1),
        shade: rgb(0xf1_ece2),
        surface: rgb(0xff_fefb),
        hover: rgb(0xea_e3d6),
        chosen: rgb(0xd9_ebe7),
        selection: rgb(0xcc_e6e1),
        line: rgb(0xe0_d8ca),
        edge: rgb(0x8c_8273),
        ink: rgb(0x2a_2521),
        muted: rgb(0x60_574c),
        accent: rgb(0x16_5e5a),
        accent_hover: rgb(0x0f_4a47),
        on_accent: rgb(0xff_ffff),
        good: rgb(0x2c_6837),
        good_soft: rgb(0xe1_efdf),
        warn: rgb(0x7d_5200),
        warn_soft: rgb(0xfa_ebc8),
        bad: rgb(0xa3_2c27),
        bad_soft: rgb(0xfb_e4df),
        strands: [rgb(0xb9_532d), rgb(0xd2_9a2d), rgb(0x1f_746e)],
        veil: Color32::from_black_alpha(90),
    },
    space: SPACE,
    text: TYPE,
    radius: RADIUS,
    size: SIZE,
};

/// Warm dark by night.
pub static DARK: Tokens = Tokens {
    dark: true,
    color: Palette {
        paper: rgb(0x1d_1b18),
        shade: rgb(0x16_1412),
        surface: rgb(0x27_2421),
        hover: rgb(0x35_312c),
        chosen: rgb(0x1f_3f3c),
        selection: rgb(0x22_4642),
        line: rgb(0x3a_3630),
        edge: rgb(0x8d_8375),
        ink: rgb(0xef_e9df),
        muted: rgb(0xb6_ac9e),
        accent: rgb(0x7f_cbc3),
        accent_hover: rgb(0xa2_ddd6),
        on_accent: rgb(0x0e_2a28),
        good: rgb(0x93_cf95),
        good_soft: rgb(0x1f_3322),
        warn: rgb(0xe9_bd62),
        warn_soft: rgb(0x3a_2e14),
        bad: rgb(0xf2_9a8e),
        bad_soft: rgb(0x42_2420),
        strands: [rgb(0xe0_8359), rgb(0xe5_b553), rgb(0x5f_b5ac)],
        veil: Color32::from_black_alpha(150),
    },
    space: SPACE,
    text: TYPE,
    radius: RADIUS,
    size: SIZE,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let channel = |byte: u8| {
            let x = f64::from(byte) / 255.0;
            if x <= 0.04045 {
                x / 12.92
            } else {
                ((x + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn at_least(least: f64, what: &str, a: Color32, b: Color32) {
        let found = contrast(a, b);
        assert!(found >= least, "{what}: {found:.2} < {least}");
    }

    #[test]
    fn text_is_legible_on_every_ground_it_stands_on() {
        for tokens in [LIGHT, DARK] {
            let c = tokens.color;
            for (name, ground) in [
                ("paper", c.paper),
                ("shade", c.shade),
                ("surface", c.surface),
                ("hover", c.hover),
                ("chosen", c.chosen),
                ("selection", c.selection),
            ] {
                at_least(7.0, &format!("ink on {name}"), c.ink, ground);
                at_least(4.5, &format!("muted on {name}"), c.muted, ground);
                at_least(4.5, &format!("accent on {name}"), c.accent, ground);
            }
            at_least(4.5, "on accent", c.on_accent, c.accent);
            at_least(4.5, "on accent, hovered", c.on_accent, c.accent_hover);
            for tone in [
                Tone::Neutral,
                Tone::Accent,
                Tone::Good,
                Tone::Warn,
                Tone::Bad,
            ] {
                at_least(
                    4.5,
                    &format!("{tone:?} on its ground"),
                    c.tone(tone),
                    c.soft(tone),
                );
                at_least(4.5, &format!("{tone:?} on paper"), c.tone(tone), c.paper);
                at_least(
                    4.5,
                    &format!("{tone:?} on surface"),
                    c.tone(tone),
                    c.surface,
                );
                at_least(
                    4.5,
                    &format!("ink on {tone:?}'s ground"),
                    c.ink,
                    c.soft(tone),
                );
            }
        }
    }

    #[test]
    fn outlines_and_the_keyboards_place_can_be_seen() {
        for tokens in [LIGHT, DARK] {
            let c = tokens.color;
            for ground in [c.paper, c.shade, c.surface] {
                at_least(3.0, "edge", c.edge, ground);
                at_least(3.0, "accent", c.accent, ground);
            }
        }
    }

    #[test]
    fn both_palettes_share_one_scale() {
        assert_eq!(LIGHT.space, DARK.space);
        assert_eq!(LIGHT.text, DARK.text);
        assert_eq!(LIGHT.size, DARK.size);
    }
}
