//! What two said apart and at once of a decision or a meeting: both are there in the window, each with who said it, and one is chosen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, ask, comes_back, open, seed, until};
use support::Look;
use tempfile::TempDir;
use tresse_engine::{
    Command, DecisionCommand as C, DecisionView, Engine, MeetingCommand,
    model::{DecisionField, DocId, MeetingField, MeetingState, NetworkId, Stage},
};

const HIGH: Look = Look {
    dark: false,
    size: [1400, 1800],
};

/// Ana's window and Bo's profile, who both have what was prepared.
struct Both {
    desk: Desk,
    dir: TempDir,
    network: NetworkId,
}

impl Both {
    /// `prepare` makes what both have, before Bo comes.
    fn with<T>(prepare: impl FnOnce(&Engine, NetworkId) -> T) -> (Self, T) {
        let dir = tempfile::tempdir().unwrap();
        let ana = dir.path().join("ana");
        let mut made = None;
        driving::profile_of("Ana Vasconcel", &ana, |engine| {
            let network = seed::network(engine);
            made = Some((network, prepare(engine, network)));
        });
        let (network, made) = made.unwrap();
        let mut desk = Desk::on(HIGH, driving::on_loopback(&ana));
        driving::bo_joins(&mut desk, &dir.path().join("bo"), network);
        (Self { desk, dir, network }, made)
    }

    /// What Bo does alone.
    fn bo(&self, commands: impl IntoIterator<Item = Command>) {
        let engine = open(&self.dir.path().join("bo"), None);
        for command in commands {
            engine.call(command).unwrap();
        }
        engine.close();
    }

    /// What Ana does alone.
    fn ana(&self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.desk.engine().call(command).unwrap();
        }
    }

    /// Bo comes back, until this can be read.
    fn meet(&mut self, text: &str) -> Engine {
        let bo = comes_back(&self.desk, &self.dir.path().join("bo"));
        self.desk.until(text, |desk| desk.reads(text));
        bo
    }

    /// The decision that is open.
    fn decision(&self) -> DecisionView {
        let view = self.desk.engine().fresh_view().unwrap();
        DecisionView::clone(&view.network(&self.network).unwrap().open_decisions[0])
    }

    /// Opens a decision from the register.
    fn open(&mut self, title: &str) {
        let name = self.desk.text_from(&format!("{title}, ")).unwrap();
        self.desk.click(&name);
    }
}

fn make(engine: &Engine, network: NetworkId, title: &str, template: &str) -> DocId {
    let create = C::Create {
        network,
        title: title.into(),
        meeting: None,
        template: Some(template.into()),
        question: None,
    };
    ask(engine, Command::Decision(create), "decision")
}

fn set(network: NetworkId, decision: DocId, field: DecisionField, value: &str) -> Command {
    Command::Decision(C::Set {
        network,
        decision,
        field,
        value: Some(value.into()),
    })
}

fn start(network: NetworkId, decision: DocId) -> Command {
    Command::Decision(C::Start {
        network,
        decision,
        closes: None,
    })
}

#[test]
fn two_outcomes_stated_at_once_are_both_read_with_their_authors_and_one_is_chosen() {
    let (mut both, decision) =
        Both::with(|engine, network| make(engine, network, "Ouvrir aux bénévoles", "noted"));
    let network = both.network;
    let state = |words: &str| -> Command {
        Command::Decision(C::Outcome {
            network,
            decision,
            outcome: Some(words.into()),
            review: None,
        })
    };
    both.desk.click("Décisions");
    both.open("Ouvrir aux bénévoles");
    // Hers is the one that is shown: she has written more.
    both.ana([state("Oui."), state("Oui, dès janvier.")]);
    both.bo([state("Oui, à partir de mars.")]);
    let told = "Plusieurs conclusions ont été écrites en même temps.";
    let bo = both.meet(told);
    let desk = &mut both.desk;
    assert!(desk.reads("Oui, dès janvier.") && desk.reads("Oui, à partir de mars."));
    assert!(desk.reads("par Ana Vasconcel") && desk.reads("par Bo Lindqvist"));
    desk.click("Choisir « Oui, à partir de mars. »");
    desk.until("one is left", |desk| !desk.reads(told));
    assert!(!desk.reads("Oui, dès janvier."));
    // Who chose it in place of the one that was shown is who says so now.
    desk.until("it names her", |desk| {
        desk.text_from("Dit par Ana Vasconcel le ").is_some()
    });
    until(&bo, "Bo sees it settled", |view| {
        let decisions = &view.network(&network).unwrap().decisions.decisions;
        decisions[0].outcome == "Oui, à partir de mars."
    });
    bo.close();
}

#[test]
fn put_to_the_members_and_given_up_at_once_stays_open_by_what_was_asked_if_one_chooses_so() {
    let (mut both, decision) =
        Both::with(|engine, network| make(engine, network, "Louer une salle", "vote"));
    let network = both.network;
    let question = |text: &str| set(network, decision, DecisionField::Question, text);
    both.desk.click("Décisions");
    both.open("Louer une salle");
    // Hers is the one that is shown: she has written more.
    both.ana([
        question("Louons-nous ?"),
        question("Louons-nous la salle des fêtes ?"),
        start(network, decision),
    ]);
    let why = Some("Trop tôt".to_owned());
    both.bo([
        question("Achetons-nous ?"),
        Command::Decision(C::Withdraw {
            network,
            decision,
            why,
        }),
    ]);
    let told = "a été posée aux membres et abandonnée en même temps";
    let bo = both.meet(told);
    assert_eq!(both.decision().content.stage, Stage::Open);
    assert!(both.desk.reads("posée aux membres par Ana Vasconcel"));
    assert!(both.desk.reads("Elle est abandonnée : Trop tôt"));
    both.desk.click("Choisir « Elle est posée aux membres »");
    both.desk.until("it is settled", |desk| !desk.reads(told));
    let view = both.decision();
    assert_eq!(view.content.stage, Stage::Open);
    assert_eq!(view.terms.question, "Louons-nous la salle des fêtes ?");
    until(&bo, "Bo sees it open", |view| {
        let net = view.network(&network).unwrap();
        net.decisions.decisions[0].asked
    });
    bo.close();
}

#[test]
fn put_to_the_members_and_given_up_at_once_is_given_up_if_one_chooses_so() {
    let (mut both, decision) =
        Both::with(|engine, network| make(engine, network, "Louer une salle", "vote"));
    let network = both.network;
    both.desk.click("Décisions");
    both.open("Louer une salle");
    both.ana([start(network, decision)]);
    let why = None;
    both.bo([Command::Decision(C::Withdraw {
        network,
        decision,
        why,
    })]);
    let told = "a été posée aux membres et abandonnée en même temps";
    let bo = both.meet(told);
    both.desk.click("Choisir « Elle est abandonnée »");
    both.desk.until("it is settled", |desk| !desk.reads(told));
    assert_eq!(both.decision().content.stage, Stage::Withdrawn);
    assert!(both.decision().content.conflicts.is_empty());
    bo.close();
}

#[test]
fn two_ends_and_two_steps_set_at_once_are_both_read_and_one_is_chosen() {
    let (mut both, decision) = Both::with(|engine, network| {
        let decision = make(engine, network, "Choisir un outil", "criteria");
        engine.call(start(network, decision)).unwrap();
        decision
    });
    let network = both.network;
    let to = |field, value: &str| set(network, decision, field, value);
    both.desk.click("Décisions");
    both.open("Choisir un outil");
    both.ana([
        to(DecisionField::Closes, "2093-03-01T12:00:00Z"),
        to(DecisionField::Step, "confront"),
    ]);
    both.bo([
        to(DecisionField::Closes, "2094-06-01T12:00:00Z"),
        to(DecisionField::Step, "confront"),
        to(DecisionField::Step, "collect"),
    ]);
    let ends = "Deux fins ont été posées en même temps.";
    let bo = both.meet(ends);
    let steps = "L’étape a été changée de deux façons en même temps.";
    both.desk.until("the steps too", |desk| desk.reads(steps));
    both.desk
        .click("Choisir « Étape 2 : chacun pèse les critères »");
    both.desk
        .until("the step is chosen", |desk| !desk.reads(steps));
    assert!(!both.decision().content.collects());
    let later = both.desk.text_from("Choisir « 1er juin 2094").unwrap();
    both.desk.click(&later);
    both.desk
        .until("the end is chosen", |desk| !desk.reads(ends));
    let closes: jiff::Timestamp = "2094-06-01T12:00:00Z".parse().unwrap();
    assert_eq!(
        both.decision().content.closes,
        Some(closes.as_millisecond())
    );
    assert!(both.decision().content.conflicts.is_empty());
    bo.close();
}

#[test]
fn a_meeting_ended_and_cancelled_at_once_says_so_and_is_what_one_chooses() {
    let (mut both, meeting) =
        Both::with(|engine, network| seed::meeting(engine, network, "Comité", Some("2093-03-03")));
    let network = both.network;
    let state = |state: MeetingState| -> Command {
        MeetingCommand::Set {
            network,
            meeting,
            field: MeetingField::State,
            value: Some(state.word().into()),
        }
        .into()
    };
    both.desk.click("Rencontres");
    both.desk
        .click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    both.ana([state(MeetingState::Closed)]);
    both.bo([state(MeetingState::Cancelled)]);
    let told = "L’état de la rencontre a été changé de deux façons en même temps.";
    let bo = both.meet(told);
    assert!(both.desk.reads("modifiée par "));
    both.desk.click("Choisir « Annulée »");
    both.desk.until("it is settled", |desk| !desk.reads(told));
    let view = both.desk.engine().fresh_view().unwrap();
    let open = &view.network(&network).unwrap().open_meetings[0];
    assert_eq!(open.content.state, MeetingState::Cancelled);
    assert!(open.content.conflicts.is_empty());
    bo.close();
}
