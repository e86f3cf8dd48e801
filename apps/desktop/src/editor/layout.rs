//! Laying out lines, and only those that are asked for.
//!
//! A line's coloured job is kept by the hash of its text; egui keeps the layout of a job as long as it is used in
//! each pass, and throws it away itself when its font atlas is made anew (a galley kept longer would then
//! point at the wrong glyphs). So each pass asks again for the visible lines, at the cost of a hash.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use egui::{Color32, FontId, Galley, Stroke, TextFormat, Ui, text::LayoutJob};

use super::{
    buffer::Buffer,
    highlight::{Kind, Part, spans},
};
use crate::theme::{Face, Tokens};

/// The jobs of lines and this pass's layouts.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    jobs: HashMap<u64, Known>,
    pass: HashMap<usize, Arc<Galley>>,
    revision: u64,
    width: f32,
    dark: bool,
    passes: u64,
    laid: usize,
}

#[derive(Debug)]
struct Known {
    job: LayoutJob,
    last: Arc<Galley>,
    pass: u64,
}

/// Text that an input method is composing, shown at a place of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Preedit {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Layouts {
    /// Starts a pass.
    pub(super) fn begin(&mut self, width: f32, dark: bool) {
        if (self.width - width).abs() > f32::EPSILON || self.dark != dark {
            self.jobs.clear();
            self.width = width;
            self.dark = dark;
        }
        self.pass.clear();
        self.passes += 1;
        let now = self.passes;
        self.jobs.retain(|_, known| known.pass + 3 > now);
    }

    /// Something that layouts depend on changed within the pass.
    pub(super) fn forget_pass(&mut self) {
        self.pass.clear();
    }

    /// Lines laid out since the start; what tests of speed count.
    pub(super) fn laid(&self) -> usize {
        self.laid
    }

    /// A line's layout.
    pub(super) fn line(
        &mut self,
        ui: &Ui,
        t: &Tokens,
        (buffer, revision): (&Buffer, u64),
        line: usize,
        preedit: Option<&Preedit>,
    ) -> Arc<Galley> {
        if self.revision != revision {
            self.revision = revision;
            self.pass.clear();
        }
        if let Some(galley) = self.pass.get(&line) {
            return Arc::clone(galley);
        }
        let text = buffer.line(line);
        let preedit = preedit.filter(|preedit| preedit.line == line);
        let in_code = buffer.in_code(line);
        let mut hasher = DefaultHasher::new();
        (&text, in_code, preedit.map(|p| (&p.text, p.column))).hash(&mut hasher);
        let key = hasher.finish();
        let known = self.jobs.get(&key);
        let job = known.map_or_else(
            || job(t, &text, in_code, self.width, preedit),
            |known| known.job.clone(),
        );
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job.clone()));
        if known.is_none_or(|known| !Arc::ptr_eq(&known.last, &galley)) {
            self.laid += 1;
        }
        let known = Known {
            job,
            last: Arc::clone(&galley),
            pass: self.passes,
        };
        self.jobs.insert(key, known);
        self.pass.insert(line, Arc::clone(&galley));
        galley
    }
}

fn job(t: &Tokens, text: &str, in_code: bool, width: f32, preedit: Option<&Preedit>) -> LayoutJob {
    let mut job = LayoutJob {
        break_on_newline: false,
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    };
    job.wrap.max_width = width;
    let composed = preedit.map(|preedit| {
        let byte = text
            .char_indices()
            .nth(preedit.column)
            .map_or(text.len(), |(byte, _)| byte);
        (byte, &preedit.text)
    });
    for (range, kind) in spans(text, in_code) {
        let mut format = format(t, kind);
        if in_code {
            // The whole line has its ground.
            format.background = Color32::TRANSPARENT;
        }
        match composed {
            Some((byte, words)) if range.contains(&byte) => {
                job.append(&text[range.start..byte], 0.0, format.clone());
                job.append(words, 0.0, underlined(t, format.clone()));
                job.append(&text[byte..range.end], 0.0, format);
            }
            _ => job.append(&text[range], 0.0, format),
        }
    }
    if let Some((byte, words)) = composed
        && byte == text.len()
    {
        job.append(words, 0.0, underlined(t, format(t, Kind::default())));
    }
    if job.text.is_empty() {
        // An empty line is as high as any other.
        job.append("", 0.0, format(t, Kind::default()));
    }
    job
}

fn underlined(t: &Tokens, format: TextFormat) -> TextFormat {
    TextFormat {
        underline: Stroke::new(t.size.focus, t.color.accent),
        ..format
    }
}

/// The font of a plain line.
pub(super) fn plain_font(t: &Tokens) -> FontId {
    Face::Text.at(t.text.body)
}

/// The height of a plain row.
pub(super) fn row_height(t: &Tokens) -> f32 {
    (t.text.body * t.text.line).round()
}

fn format(t: &Tokens, kind: Kind) -> TextFormat {
    let code = kind.part == Part::Code;
    let size = match kind.heading {
        1 => t.text.heading + 2.0,
        2 => t.text.heading - 1.0,
        3 => t.text.subheading,
        _ if code => t.text.code,
        _ => t.text.body,
    };
    let face = match (code, kind.strong, kind.stressed || kind.quote) {
        (true, ..) => Face::Code,
        (_, true, true) => Face::StrongItalic,
        (_, true, false) => Face::Strong,
        (_, false, true) => Face::Italic,
        _ => Face::Text,
    };
    let color = match kind.part {
        Part::Bullet | Part::Link => t.color.accent,
        Part::Sign => t.color.muted,
        _ if kind.quote => t.color.muted,
        Part::Words | Part::Code => t.color.ink,
    };
    let background = if code {
        t.color.shade
    } else {
        Color32::TRANSPARENT
    };
    TextFormat {
        font_id: face.at(size),
        color,
        background,
        line_height: Some((size.max(t.text.body) * t.text.line).round()),
        ..TextFormat::default()
    }
}
