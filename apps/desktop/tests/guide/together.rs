//! What a network does once others are there: it meets, decides, takes stock and ends.

use egui::{Key, Modifiers};
use tresse_desktop::i18n::Args;
use tresse_engine::model::{QUESTIONS, STATEMENTS};

use crate::{others, walk::Walk};

impl Walk {
    /// All of it.
    pub(crate) fn goes_on_together(&mut self) {
        self.away(others::join);
        self.prepares_a_meeting();
        self.holds_it();
        self.asks_by_vote();
        self.chooses_by_criteria();
        self.takes_the_pulse();
        self.away(others::answer);
        self.reads_what_came_of_it();
        self.proposes_to_close();
        self.away(others::agree_to_close);
        self.click("closed-band-more");
        self.finds("reopening-propose");
        self.picture_at("15-closed", 640.0, None);
    }

    fn prepares_a_meeting(&mut self) {
        let said = self.said;
        self.click("tab-meetings");
        self.click("meeting-new");
        self.write("meeting-title", said.meeting);
        self.click("meeting-make");
        self.finds("meeting-begin");
        self.fill("meeting-on", said.day);
        self.fill("meeting-at", "18:30");
        let length = self.word("meeting-length");
        self.desk.choose(&length, "1 h");
        self.fill("meeting-place", said.place);
        let who = self.word("meeting-facilitators");
        self.desk.choose(&who, "Bo Lindqvist");
        let out = self.of("meeting-part-out", &[("name", "Bo Lindqvist")]);
        self.desk.until("who facilitates", |desk| desk.has(&out));
        self.picture("7-meeting");
        self.click("agenda-name");
        for (title, length) in said.agenda {
            self.write("agenda-add", title);
            self.enter();
            let field = self.of("agenda-length", &[("title", title)]);
            self.desk.until(title, |desk| desk.has(&field));
            self.desk.choose(&field, length);
        }
    }

    fn holds_it(&mut self) {
        self.click("meeting-begin");
        self.finds("running-next");
        self.click("running-next");
        let second = self.said.agenda[1].0;
        self.desk.until("the second item", |desk| {
            let view = desk.engine().fresh_view().unwrap();
            let meeting = view.networks[0].open_meetings.first().cloned();
            meeting.is_some_and(|meeting| meeting.content.agenda[0].done)
        });
        self.sees(second);
        self.write("text", self.said.minutes);
        self.click("minutes-to-action");
        self.finds("minutes-open-action");
        self.picture("8-running");
        self.click("running-leave");
        self.click("meeting-end");
        self.finds("meeting-reopen");
    }

    /// A new decision by this method.
    fn begins_a_decision(&mut self, title: &str, method: &str) {
        self.click("tab-decisions");
        self.click("decision-new");
        self.write("decision-title", title);
        self.click(method);
        self.click("decision-make");
        self.finds("decision-start");
    }

    fn asks_by_vote(&mut self) {
        let said = self.said;
        self.begins_a_decision(said.vote, "method-vote");
        self.write("decision-question", said.question);
        self.click("decision-tab");
        self.picture("9-vote");
        self.click("decision-start");
        self.finds("ballot-give");
        self.click("stance-for");
        self.click("ballot-give");
        self.finds("ballot-change");
    }

    fn chooses_by_criteria(&mut self) {
        let said = self.said;
        self.begins_a_decision(said.guide, "method-criteria");
        self.click("decision-start");
        self.finds("decision-criterion-add");
        for (field, lines) in [
            ("decision-criterion-add", said.criteria.as_slice()),
            ("decision-option-add", said.options.as_slice()),
        ] {
            for line in lines {
                self.write(field, line);
                self.enter();
                let out = self.of("decision-choice-remove", &[("text", line)]);
                self.desk.until(line, |desk| desk.has(&out));
            }
        }
        self.click("criteria-confront");
        self.finds("ballot-give");
        for (criterion, given) in said.criteria.iter().zip([[4, 4, 3], [2, 3, 5], [5, 5, 2]]) {
            let weight = self.of("ballot-weight-of", &[("criterion", criterion)]);
            self.slides(&weight, given[0]);
            for (option, score) in said.options.iter().zip(&given[1..]) {
                let args = [("option", *option), ("criterion", *criterion)];
                let score_of = self.of("ballot-score-of", &args);
                self.slides(&score_of, *score);
            }
        }
        self.click("ballot-give");
        self.finds("ballot-change");
    }

    /// Moves a slider by the keyboard from nothing to this.
    fn slides(&mut self, name: &str, to: usize) {
        self.reach(name);
        self.desk.named(name).focus();
        self.desk.settle();
        for _ in 0..to {
            self.desk.press(Modifiers::NONE, Key::ArrowRight);
        }
    }

    fn takes_the_pulse(&mut self) {
        self.click("tab-evaluation");
        self.click("look-pulse");
        self.click("pulse-begin");
        for (key, score) in QUESTIONS.into_iter().zip([4, 4, 5, 4, 3]) {
            self.scores(&format!("pulse-question-{key}"), score);
        }
        let answered = self.word("pulse-answered");
        self.sees(&answered);
        let meetings = self.word("pulse-question-meetings");
        let field = self.of("pulse-word-of", &[("text", &meetings)]);
        self.desk.write(&field, self.said.pulse_word);
        self.desk.press(Modifiers::NONE, Key::Tab);
        self.click("look-cooperation");
        for (one, score) in STATEMENTS.iter().zip([5, 4, 4, 5, 4, 2, 4, 3, 4, 3, 4, 5]) {
            self.scores(&format!("statement-{}", one.key), score);
        }
    }

    /// Answers a question with a score.
    fn scores(&mut self, key: &str, score: u32) {
        let mut args = Args::new();
        args.set("what", self.word(key));
        args.set("score", score);
        let name = self.counted("score-of", &args);
        self.desk.until(&name, |desk| desk.has(&name));
        self.reach(&name);
        self.desk.click(&name);
    }

    /// Opens a decision from the register.
    fn opens(&mut self, title: &str) {
        let row = self.desk.text_from(&format!("{title}, ")).unwrap();
        self.desk.click(&row);
        self.finds("ballot-change");
    }

    fn reads_what_came_of_it(&mut self) {
        let said = self.said;
        self.click("tab-decisions");
        self.opens(said.vote);
        self.sees(said.question);
        self.picture_at("10-votes", 1200.0, None);
        self.opens(said.guide);
        self.picture_at("11-criteria", 1000.0, Some("decision-end"));
        self.click("tab-evaluation");
        self.click("look-pulse");
        self.picture_at("12-pulse", 1420.0, None);
        self.click("look-cooperation");
        self.picture("13-cooperation");
    }

    fn proposes_to_close(&mut self) {
        self.click("tab-home");
        self.click("home-closing");
        self.click("closing-propose");
        self.write("closing-words", self.said.thanks);
        self.picture("14-closing");
        self.click("closing-propose-confirm");
        let mine = self.word("closing-mine");
        self.sees(&mine);
    }
}
