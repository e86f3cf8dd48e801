//! The two others of the walk, each on a machine of their own. Machines see each other only while the window is closed.

use std::path::Path;

use tresse_engine::{
    AppView, ClosingCommand, Command, DecisionCommand, Engine, EvaluationCommand, NetOptions,
    Options, Protection,
    model::{Answer, DocId, NetworkId, QUESTIONS, STATEMENTS, Stance},
};

use crate::{
    driving::{ask, loopback, until},
    said::Said,
    walk::{Walk, now},
};

/// Who they are, and the folders of their profiles.
const OTHERS: [(&str, &str); 2] = [("Bo Lindqvist", "bo"), ("Claire Montsegret", "claire")];

/// A machine that talks to others on this one.
fn open(profile: &Path, first: Option<&Engine>) -> Engine {
    let peers = first.map(|engine| {
        let view = engine.fresh_view().unwrap();
        (view.me.device, view.status.addresses[0].parse().unwrap())
    });
    let net = NetOptions {
        peers: peers.into_iter().collect(),
        ..loopback()
    };
    let options = Options {
        net: Some(net),
        now: Some(now()),
        ..Options::default()
    };
    Engine::open(profile, options).unwrap()
}

fn network(engine: &Engine) -> NetworkId {
    engine.fresh_view().unwrap().networks[0].id
}

/// Whether this machine has what everybody wrote, and they have what it wrote.
fn in_step(view: &AppView) -> bool {
    let all = OTHERS.len();
    let net = view.networks.first();
    net.is_some_and(|net| net.sync.in_step == all && net.sync.waiting == 0)
}

/// Everybody's machine is on, they have everything, each of the others does `what`, and everybody has that too.
fn meet(walk: &Walk, what: impl Fn(usize, &Engine, NetworkId)) {
    let first = open(&walk.profile("profile"), None);
    let network = network(&first);
    let others = OTHERS.map(|(_, folder)| open(&walk.profile(folder), Some(&first)));
    until(&first, "all are in step", in_step);
    for (place, other) in others.iter().enumerate() {
        what(place, other, network);
    }
    for other in &others {
        until(other, "what it wrote has arrived", |view| {
            view.networks[0].sync.waiting == 0
        });
    }
    until(&first, "all are in step again", in_step);
    for engine in others {
        engine.close();
    }
    first.close();
}

/// Two come in.
pub(crate) fn join(walk: &Walk) {
    let first = open(&walk.profile("profile"), None);
    let network = network(&first);
    let invite = Command::InviteCreate {
        network,
        uses: 2,
        expires_in: 3600,
    };
    let ticket: String = ask(&first, invite, "ticket");
    let others = OTHERS.map(|(name, folder)| {
        let profile = walk.profile(folder);
        Engine::init(&profile, name, walk.lang(), &Protection::Open).unwrap();
        let other = open(&profile, Some(&first));
        let ticket = ticket.clone();
        other.call(Command::InviteAccept { ticket }).unwrap();
        other
    });
    until(&first, "all are in step", in_step);
    for engine in others {
        engine.close();
    }
    first.close();
}

/// Each of the others votes, weighs the criteria, and answers what is asked.
pub(crate) fn answer(walk: &Walk) {
    meet(walk, |place, engine, network| {
        let vote = decision(engine, walk.said.vote);
        let (stance, words) = [(Stance::For, walk.said.why), (Stance::Abstain, "")][place];
        cast(
            engine,
            network,
            vote,
            Answer::Stance {
                stance,
                words: words.to_owned(),
            },
        );
        weigh(engine, network, walk.said, place);
        evaluate(engine, network, place);
    });
}

/// The first of the others agrees that the network be closed.
pub(crate) fn agree_to_close(walk: &Walk) {
    meet(walk, |place, engine, network| {
        if place > 0 {
            return;
        }
        let view = engine.fresh_view().unwrap();
        let closing = view.networks[0].closing.proposals[0].closing.clone();
        let consent = ClosingCommand::Consent { network, closing };
        engine.call(Command::Closing(consent)).unwrap();
    });
}

fn decision(engine: &Engine, title: &str) -> DocId {
    let view = engine.fresh_view().unwrap();
    let mut all = view.networks[0].decisions.decisions.iter();
    all.find(|one| one.title == title).unwrap().id
}

fn cast(engine: &Engine, network: NetworkId, decision: DocId, answer: Answer) {
    let cast = DecisionCommand::Cast {
        network,
        decision,
        answer,
    };
    engine.call(Command::Decision(cast)).unwrap();
}

/// How much each criterion matters to each, and how each option meets it.
const WEIGHED: [[(u32, [u32; 2]); 3]; 2] = [
    [(5, [4, 3]), (1, [2, 4]), (4, [5, 2])],
    [(5, [3, 4]), (5, [2, 5]), (3, [4, 2])],
];

fn weigh(engine: &Engine, network: NetworkId, said: &Said, place: usize) {
    let decision = decision(engine, said.guide);
    let open = DecisionCommand::Open { network, decision };
    engine.call(Command::Decision(open)).unwrap();
    let view = engine.fresh_view().unwrap();
    let terms = view.networks[0].decision(&decision).unwrap().terms.clone();
    let criteria = terms.criteria.iter().zip(WEIGHED[place]);
    let weights = criteria.clone().map(|(one, (weight, _))| (one.id, weight));
    let scores = terms.options.iter().enumerate().map(|(at, option)| {
        let given = criteria
            .clone()
            .map(|(one, (_, scores))| (one.id, scores[at]));
        (option.id, given.collect())
    });
    let answer = Answer::Grid {
        weights: weights.collect(),
        scores: scores.collect(),
        words: String::new(),
    };
    cast(engine, network, decision, answer);
}

fn evaluate(engine: &Engine, network: NetworkId, place: usize) {
    let call = |command: EvaluationCommand| engine.call(Command::Evaluation(command)).unwrap();
    let shade = u8::try_from(place).unwrap();
    for (question, score) in QUESTIONS.into_iter().zip([4, 3, 5, 3, 2]) {
        call(EvaluationCommand::Answer {
            network,
            question: question.to_owned(),
            score: Some(score - shade),
            word: None,
            withdraw: false,
        });
    }
    for (one, score) in STATEMENTS.iter().zip([4, 5, 4, 4, 3, 2, 3, 2, 4, 4, 3, 4]) {
        call(EvaluationCommand::Assess {
            network,
            statement: one.key.to_owned(),
            score: Some(score - shade),
        });
    }
}
