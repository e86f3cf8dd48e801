//! The first steps: from an empty window to the first hand-over.

use egui::{Key, Modifiers};
use tresse_desktop::i18n::Args;

use crate::walk::Walk;

impl Walk {
    /// All of them.
    pub(crate) fn takes_its_first_steps(&mut self) {
        self.gives_a_name();
        self.says_why();
        self.agrees_a_charter();
        self.plans();
        self.pilots_in_turn();
        self.hands_over();
    }

    fn gives_a_name(&mut self) {
        self.write("your-name", self.said.name);
        self.click("begin");
        let create = self.word("add-create");
        self.desk.until("the ways", |desk| desk.has(&create));
        self.click("add-create");
        self.write("network-name", self.said.network);
        self.click("kind-share-practice");
        self.picture("1-create");
        self.click("create-button");
        let hint = self.word("purpose-hint");
        self.desk.until("the home page", |desk| desk.has(&hint));
    }

    fn says_why(&mut self) {
        self.write("purpose-hint", self.said.purpose);
        self.enter();
        self.sees(self.said.purpose);
        self.picture("2-home");
    }

    fn agrees_a_charter(&mut self) {
        self.click("tab-charter");
        self.write("value-hint", self.said.value);
        self.enter();
        self.write("charter-decision-rule", self.said.decision);
        self.desk.press(Modifiers::NONE, Key::Tab);
        self.click("charter-propose");
        let sign = self.word("charter-sign");
        self.desk.until("it is in force", |desk| desk.has(&sign));
        self.click("charter-sign");
        let signed = self.word("charter-signed");
        self.sees(&signed);
        self.picture("3-charter");
    }

    fn plans(&mut self) {
        let said = self.said;
        self.click("tab-plan");
        self.click("plan-roadmap");
        self.write("orientation-new-hint", said.orientation);
        self.enter();
        self.sees(said.orientation);
        let under = self.of("orientation-objective-add", &[("title", said.orientation)]);
        self.desk.click(&under);
        self.write("objective-new-hint", said.objective);
        self.enter();
        let change = self.of("objective-change", &[("title", said.objective)]);
        self.desk.until("the objective", |desk| desk.has(&change));
        self.desk.click(&change);
        let indicator = self.of("indicator-new", &[("title", said.objective)]);
        self.desk.write(&indicator, said.indicator);
        self.enter();
        let written = said.indicator;
        self.desk.until("the indicator", |desk| {
            let plan = desk.engine().fresh_view().unwrap().networks[0].plan.clone();
            let mut all = plan.content.objectives.iter();
            all.any(|one| one.indicators.iter().any(|one| one.name == written))
        });
        self.picture("4-roadmap");
        self.click("plan-table");
        self.write("action-new-hint", said.action);
        self.enter();
        let open = self.of("action-open", &[("title", said.action)]);
        self.desk.until("the action", |desk| desk.has(&open));
    }

    fn pilots_in_turn(&mut self) {
        let said = self.said;
        self.click("tab-members");
        self.click("look-roles");
        let role = self.word("role-pilot");
        let edit = self.of("role-edit-of", &[("role", &role)]);
        self.desk.click(&edit);
        self.write("role-remit", said.remit);
        self.write("rotation-start", said.first_day);
        self.desk.press(Modifiers::NONE, Key::Tab);
        let (term, months) = (self.word("rotation-term"), self.months());
        self.desk.choose(&term, &months);
        let add = self.word("rotation-add");
        self.desk.choose(&add, said.name);
        let coming = self.word("role-coming");
        self.sees(&coming);
        self.picture("5-rotation");
        self.click("done-button");
    }

    fn hands_over(&mut self) {
        let role = self.word("role-pilot");
        let hand_over = self.of("role-hand-over-of", &[("role", &role)]);
        self.desk.click(&hand_over);
        self.click("hand-over-page-begin");
        let open = self.word("hand-over-page-open");
        self.desk.until("the page", |desk| desk.has(&open));
        self.picture("6-hand-over");
    }

    fn months(&self) -> String {
        let mut args = Args::new();
        args.set("count", 3);
        self.counted("term-months", &args)
    }
}
