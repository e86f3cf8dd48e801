//! The day and hour at which a ballot ends, while they are typed.

use egui::Ui;
use jiff::tz::TimeZone;

use crate::{
    app::dates,
    theme::{self, Tone},
    tr,
    views::{Cx, parts},
};

/// When a ballot ends, if only the day is said.
const EVENING: &str = "18:00";

/// What is being typed.
#[derive(Default)]
pub struct End {
    day: String,
    hour: String,
}

impl End {
    /// Whether no day is typed: it is open until somebody ends it.
    pub(super) fn is_open(&self) -> bool {
        self.day.trim().is_empty()
    }

    /// Paints it. The moment that is typed, if one is.
    ///
    /// # Errors
    /// One that does not read, or has passed: that is said beside it.
    pub(crate) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Result<Option<String>, ()> {
        parts::columns(ui, 2, |ui, column| {
            if column == 0 {
                let hint = tr!(cx.words, "decision-closes-none");
                theme::text_field(ui, tr!(cx.words, "decision-closes"), &mut self.day, hint);
            } else {
                let at = tr!(cx.words, "decision-closes-at");
                theme::text_field(ui, at, &mut self.hour, EVENING);
            }
        });
        if self.is_open() {
            theme::caption(ui, tr!(cx.words, "decision-closes-none-explained"));
            return Ok(None);
        }
        let unread = match self.moment(cx) {
            Some(moment) if moment.as_millisecond() > cx.now => {
                let on = cx.words.moment(moment.as_millisecond());
                theme::caption(ui, tr!(cx.words, "decision-until", on = on));
                return Ok(Some(moment.to_string()));
            }
            Some(_) => tr!(cx.words, "decision-closes-past"),
            None => tr!(cx.words, "decision-closes-unread"),
        };
        theme::message(ui, Tone::Warn, unread, |_| {});
        Err(())
    }

    /// The moment that is typed, if it reads.
    fn moment(&self, cx: &Cx<'_>) -> Option<jiff::Timestamp> {
        let hour = match self.hour.trim() {
            "" => EVENING,
            hour => hour,
        };
        let day = dates::parse(&self.day, cx.today)?;
        let at = day.to_datetime(dates::time(hour)?);
        let zoned = at.to_zoned_datetime(TimeZone::system()).ok()?;
        Some(zoned.timestamp())
    }
}
