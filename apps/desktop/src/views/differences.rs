//! What differs between two versions of the charter: what went is struck through, what came is underlined.

mod fields;
mod roles;

use egui::{Color32, FontId, Stroke, TextFormat, Ui, text::LayoutJob};
use tresse_engine::model::{Difference, Piece};

pub(super) use fields::{in_words, name_in, value};

use super::Cx;
use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Face, Tokens},
    tr,
};

/// How many characters of what stayed the same are shown before and after a change.
const AROUND: usize = 120;

/// Which two versions of the charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The older one; left out, the one in force.
    pub from: Option<String>,
    /// The newer one; left out, the charter as it stands.
    pub to: Option<String>,
}

/// The answer that was asked for last.
#[derive(Default)]
pub struct Differences {
    asked: Option<Comparison>,
    came: Option<Result<Vec<Shown>, String>>,
}

/// A field that differs, laid out once.
struct Shown {
    says: Difference,
    job: LayoutJob,
    dark: bool,
}

impl Differences {
    /// Takes an answer.
    pub fn came(&mut self, wanted: &Comparison, came: Result<Vec<Difference>, String>) {
        if self.asked.as_ref() != Some(wanted) {
            return;
        }
        let shown = |says: Difference| Shown {
            says,
            job: LayoutJob::default(),
            dark: false,
        };
        self.came = Some(came.map(|came| came.into_iter().map(shown).collect()));
    }

    /// Paints them, first asking for them.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, wanted: &Comparison) {
        if self.asked.as_ref() != Some(wanted) {
            self.asked = Some(wanted.clone());
            self.came = None;
            cx.ask(Ask::Compare(cx.id(), wanted.clone()));
        }
        let t = theme::tokens(ui);
        let words = cx.words;
        match &mut self.came {
            None => drop(theme::muted(ui, tr!(words, "differences-coming"))),
            Some(Err(sentence)) => drop(theme::muted(ui, sentence.clone())),
            Some(Ok(fields)) if fields.is_empty() => {
                theme::muted(ui, tr!(words, "differences-none"));
            }
            Some(Ok(fields)) => {
                for field in fields {
                    theme::subheading(ui, field_name(words, &field.says.field));
                    field.paint(ui, words, t);
                    ui.add_space(t.space.m);
                }
            }
        }
    }
}

impl Shown {
    fn paint(&mut self, ui: &mut Ui, words: &I18n, t: &Tokens) {
        let dark = ui.visuals().dark_mode;
        if self.job.text.is_empty() || self.dark != dark {
            let pieces = in_words(words, &self.says);
            self.job = laid_out(&pieces, words, t);
            self.dark = dark;
        }
        let mut job = self.job.clone();
        job.wrap.max_width = ui.available_width();
        ui.label(job);
    }
}

/// The pieces as one text. Long stretches that stayed the same are shortened.
fn laid_out(pieces: &[Piece], words: &I18n, t: &Tokens) -> LayoutJob {
    let font = Face::Text.at(t.text.body);
    let mut job = LayoutJob::default();
    let last = pieces.len().saturating_sub(1);
    for (place, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Same(text) => {
                let text = shortened(text, place > 0, place < last);
                job.append(&text, 0.0, plain(&font, t.color.ink));
            }
            Piece::Out(text) => {
                let format = TextFormat {
                    strikethrough: Stroke::new(1.0, t.color.bad),
                    ..plain(&font, t.color.bad)
                };
                job.append(&visible(text, words), 0.0, format);
            }
            Piece::In(text) => {
                let format = TextFormat {
                    underline: Stroke::new(1.0, t.color.good),
                    background: t.color.good_soft,
                    ..plain(&font, t.color.good)
                };
                job.append(&visible(text, words), 0.0, format);
            }
        }
    }
    job
}

fn plain(font: &FontId, color: Color32) -> TextFormat {
    TextFormat::simple(font.clone(), color)
}

/// A change that is nothing but a line's end must be seen too.
fn visible(text: &str, words: &I18n) -> String {
    if text.trim().is_empty() && text.contains('\n') {
        format!("{}\n", tr!(words, "differences-line"))
    } else {
        text.to_owned()
    }
}

/// The ends of a stretch that stayed the same, next to what changed.
fn shortened(text: &str, after: bool, before: bool) -> String {
    let count = text.chars().count();
    let wanted = AROUND * (usize::from(after) + usize::from(before));
    if count <= wanted + AROUND {
        return text.to_owned();
    }
    let head: String = text.chars().take(if after { AROUND } else { 0 }).collect();
    let skip = count - if before { AROUND } else { 0 };
    let tail: String = text.chars().skip(skip).collect();
    match (after, before) {
        (true, true) => format!("{head} […] {tail}"),
        (true, false) => format!("{head} […]"),
        _ => format!("[…] {tail}"),
    }
}

/// What a field is called.
fn field_name(words: &I18n, field: &str) -> String {
    if let Some(name) = roles::name(words, field) {
        return name;
    }
    match field {
        "title" => tr!(words, "page-title"),
        "tags" => tr!(words, "differences-tags"),
        "name" => tr!(words, "network-name"),
        "kind" | "kinds" => tr!(words, "network-kind"),
        "relations" => tr!(words, "ties"),
        "membership" => tr!(words, "network-membership"),
        "purposes" => tr!(words, "purposes"),
        "values" => tr!(words, "values"),
        "exchange_rules" => tr!(words, "charter-exchange-rules"),
        "decision_rule" => tr!(words, "charter-decision-rule"),
        "method" => tr!(words, "charter-method"),
        "threshold" => tr!(words, "charter-threshold"),
        "threshold_of" => tr!(words, "rule-of"),
        "abstentions" => tr!(words, "rule-abstain"),
        "quorum" => tr!(words, "rule-quorum"),
        "language" => tr!(words, "charter-language"),
        "review_date" => tr!(words, "charter-review"),
        other => fields::name(words, other).unwrap_or_else(|| tr!(words, "differences-text")),
    }
}
