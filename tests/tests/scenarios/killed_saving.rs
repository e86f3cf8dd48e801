//! kill -9 while edits are being saved.

use std::time::{Duration, Instant};

use tresse_tests::{Dice, Ledger, Peer, Talk, rounds};

/// Edits at once in a round.
const EDITS: usize = 80;

#[test]
fn killed_at_any_moment_of_saving_a_profile_is_sound_and_has_every_acknowledged_edit() {
    let mut dice = Dice::new("killed while saving");
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let pages = ["Un", "Deux"].map(|title| ana.writes_page(&network, title, "Début.\n"));
    let mut ledger = Ledger::new(&network, &pages);
    let rounds = rounds(25);
    let (mut killed, mut idle) = (0, 0);
    let started = Instant::now();
    for round in 0..rounds {
        let mut command = ana.command();
        let mut talk = Talk::start("Ana", command.args(["run", "-"]));
        let edits: Vec<_> = (0..EDITS).map(|_| ledger.edit(&mut dice)).collect();
        // All at once: the program is always at work on the next while it says the last.
        let told = edits.iter().take_while(|edit| talk.tell(edit.command()));
        assert_eq!(told.count(), EDITS);
        if dice.one_in(5) {
            // After all is saved: while lists, search index and snapshots catch up with it.
            for _ in 0..EDITS {
                talk.hears("an answer", |line| line["ok"].is_object());
            }
            idle += 1;
            let moment = Duration::from_millis(900).mul_f64(dice.part());
            let none = talk.next_within(moment);
            assert!(none.is_none(), "nothing was asked: {none:?}");
        } else {
            // While it opens the profile (0), or after so many answers.
            for _ in 0..dice.pick(0..EDITS) {
                talk.hears("an answer", |line| line["ok"].is_object());
            }
        }
        killed += usize::from(!talk.has_ended());
        talk.kill();
        let answers = talk.rest();
        assert!(
            answers.iter().all(|answer| answer["ok"].is_object()),
            "{answers:?}"
        );
        for edit in edits.iter().take(answers.len()) {
            ledger.acknowledge(edit);
        }
        ana.is_sound();
        if round % 5 == 4 || round + 1 == rounds {
            ledger.is_kept_by(&ana);
        }
    }
    let time = started.elapsed();
    println!(
        "{rounds} rounds, {killed} killed ({idle} of them at rest), {} acknowledged edits kept, {time:.1?}",
        ledger.len()
    );
    assert!(killed * 10 >= rounds * 9, "the kills came too late");
}

#[test]
fn killed_while_it_is_being_made_a_profile_is_there_whole_or_can_be_made_again() {
    let mut dice = Dice::new("killed while being made");
    // How long it takes undisturbed.
    let started = Instant::now();
    Peer::named("Ana");
    let usual = started.elapsed();
    let (mut whole, mut none) = (0, 0);
    for _ in 0..rounds(15) {
        let ana = Peer::without_profile("Ana");
        let mut command = ana.command();
        let mut talk = Talk::start("Ana", command.args(["init", "--name", "Ana"]));
        let said = talk.next_within(usual.mul_f64(dice.part() * 1.2));
        talk.kill();
        let profile = ana.verb(["whoami"]);
        if profile.exit == 0 {
            whole += 1;
            assert_eq!(profile.lines[0]["name"], "Ana");
        } else {
            none += 1;
            assert_eq!(profile.refused().code, "no-profile");
            assert!(said.is_none(), "it said that it was made: {said:?}");
            ana.verb(["init", "--name", "Ana"]).one();
        }
        ana.is_sound();
    }
    println!("{whole} times there, {none} times not, {usual:.0?} undisturbed");
}
