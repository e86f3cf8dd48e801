//! Ballots and counts: what members write in their own notebooks, and everybody's machine reads, weighs and counts.
//!
//! The first byte says what the rest is: the text of a ballot, or of a count, under the name that is its hash; or what several members
//! answer and what they counted by, each put into a text that is theirs and bears its hash. So neither a hash nor a name
//! turns an input away, as for a member with a modified program.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{
    Answer, Ballot, CastId, Count, CountId, Deciding, DecisionContent, DocId, ItemId, MemberId,
    Method, Quorum, Stance, Standing, Terms, Thing, standing, tally,
};

use crate::{
    MIB,
    reader::{Reader, piece},
};

/// A text is copied a few times. Of names in it, a map is made; a pair of them makes a table of all options against each other,
/// of which there are sixty at the most.
pub const fn bound(length: usize) -> usize {
    2 * MIB + 128 * length
}

/// So many members there are.
const MEMBERS: u8 = 6;
/// No more texts of an input are read.
const MOST: usize = 48;

fn decision() -> DocId {
    DocId::decision([7; 16])
}

fn member(which: u8) -> MemberId {
    MemberId::from_bytes([which % MEMBERS; 20])
}

/// What is read is read the same again; and whatever is counted, in whatever order it came, everybody finds the same, and nobody
/// counts twice.
pub fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    match reader.byte() {
        0 => drop(ballot(0, &String::from_utf8_lossy(reader.rest()))),
        1 => drop(count(0, &String::from_utf8_lossy(reader.rest()))),
        _ => several(&mut reader),
    }
}

/// The ballot that a text is, if it is one of this member.
fn ballot(by: u8, text: &str) -> Option<Ballot> {
    let read = Ballot::read(Ballot::name(text), text, &decision(), &member(by))?;
    let (again, text) = Ballot::new(read.decision, read.member, read.at, read.answer.clone());
    // What only a newer version understands is known to be there, and not what it says.
    if read.answer != Answer::Newer {
        let back = Ballot::read(again.id, &text, &decision(), &member(by));
        assert_eq!(back.as_ref(), Some(&again));
        assert_eq!((again.at, &again.answer), (read.at, &read.answer));
    }
    Some(read)
}

/// The count that a text is, if it is one by this member.
fn count(by: u8, text: &str) -> Option<Count> {
    let read = Count::read(Count::name(text), text, &decision(), &member(by))?;
    let (again, text) = read.clone().named();
    if let Some(back) = Count::read(again.id, &text, &decision(), &member(by)) {
        assert_eq!(back, again);
    }
    assert_eq!((&again.terms, &again.ballots), (&read.terms, &read.ballots));
    Some(read)
}

/// Everybody's ballots and counts, as they stand in notebooks.
#[derive(Default)]
struct Held {
    ballots: Vec<Ballot>,
    counts: Vec<Count>,
    marks: BTreeMap<MemberId, CastId>,
}

fn several(reader: &mut Reader<'_>) {
    let mut held = Held::default();
    let mut terms = Terms::of(&DecisionContent::default());
    let (asked, at_least) = (reader.byte(), reader.byte());
    for _ in 0..MOST {
        if reader.is_empty() {
            break;
        }
        let (what, by, at) = (reader.byte(), reader.byte(), reader.number().cast_signed());
        let said = String::from_utf8_lossy(reader.piece()).into_owned();
        match what % 4 {
            0 | 1 => held.ballots.extend(ballot(by, &ballot_text(by, at, &said))),
            2 => {
                let text = count_text(by, at, &said, &named(reader, &held), &after(what, &held));
                held.counts.extend(count(by, &text));
            }
            // What the decision itself says: as somebody counted it.
            _ => match held.counts.last() {
                Some(last) => terms = last.terms.clone(),
                None => drop(
                    held.marks
                        .insert(member(by), CastId::from_bytes([what; 20])),
                ),
            },
        }
    }
    crate::heap::show(&held.ballots);
    crate::heap::show(&held.counts);
    let electors = (0..MEMBERS).filter(|one| asked & (1 << one) != 0);
    let electors: BTreeSet<MemberId> = electors.map(member).collect();
    let known: BTreeSet<MemberId> = (0..=at_least % MEMBERS).map(member).collect();
    let found = counted(&held, &terms, &electors, &known);
    held.ballots.reverse();
    held.counts.reverse();
    held.ballots.extend(held.ballots.first().cloned());
    let again = counted(&held, &terms, &electors, &known);
    assert_eq!(found, again);
    let people: BTreeSet<MemberId> = found.electors.iter().map(|one| one.member).collect();
    assert_eq!(people.len(), found.electors.len());
    let result = tally(&found);
    assert!(result.cast <= result.electors);
    assert_eq!(result, tally(&again));
}

fn counted(
    held: &Held,
    terms: &Terms,
    electors: &BTreeSet<MemberId>,
    known: &BTreeSet<MemberId>,
) -> Standing {
    standing(&Deciding {
        terms,
        ballots: &held.ballots.iter().collect::<Vec<_>>(),
        counts: &held.counts.iter().collect::<Vec<_>>(),
        marks: &held.marks,
        electors,
        known,
    })
}

/// Which ballot of each a count names: each byte one that is here, of whoever it is.
fn named(reader: &mut Reader<'_>, held: &Held) -> BTreeMap<MemberId, Option<CastId>> {
    let bytes = reader.piece().iter();
    let named = bytes.take(MOST).map(|byte| {
        let here = held.ballots.get(usize::from(byte >> 3));
        (member(byte & 7), here.map(|one| one.id))
    });
    named.collect()
}

/// The counts that a count knew of.
fn after(which: u8, held: &Held) -> Vec<CountId> {
    let all = held.counts.iter().enumerate();
    let known = all.filter(|(at, _)| (which >> 2) & (1 << (at % 6)) != 0);
    known.map(|(_, one)| one.id).collect()
}

fn ballot_text(by: u8, at: i64, answer: &str) -> String {
    let (decision, member) = (decision(), member(by));
    format!(r#"{{"v":1,"decision":"{decision}","member":"{member}","at":{at},"answer":{answer}}}"#)
}

fn count_text(
    by: u8,
    at: i64,
    terms: &str,
    ballots: &BTreeMap<MemberId, Option<CastId>>,
    after: &[CountId],
) -> String {
    let (decision, member) = (decision(), member(by));
    let ballots: Vec<String> = ballots
        .iter()
        .map(|(member, ballot)| match ballot {
            Some(ballot) => format!(r#""{member}":"{ballot}""#),
            None => format!(r#""{member}":null"#),
        })
        .collect();
    let ballots = ballots.join(",");
    let after: Vec<String> = after.iter().map(|id| format!(r#""{id}""#)).collect();
    let after = after.join(",");
    format!(
        r#"{{"v":1,"decision":"{decision}","by":"{member}","at":{at},"after":[{after}],"reason":"","terms":{terms},"ballots":{{{ballots}}}}}"#
    )
}

/// A ballot of each kind, a count of each method, and whole decisions: each says what they think, and two count.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let answers = answers();
    for answer in &answers {
        let text = ballot_text(0, 5, answer);
        assert!(ballot(0, &text).is_some(), "{text}");
        seeds.push([&[0], text.as_bytes()].concat());
    }
    for &method in Method::ALL {
        let terms = terms_text(method);
        let text = count_text(0, 20, &terms, &BTreeMap::new(), &[]);
        assert!(count(0, &text).is_some(), "{text}");
        seeds.push([&[1], text.as_bytes()].concat());
        let mut seed = vec![2, 0b11_1111, 5];
        for (by, answer) in (0..MEMBERS).zip(answers.iter().cycle().skip(method as usize)) {
            seed.extend(entry(0, by, 5, answer.as_bytes()));
        }
        // The second knows of the first; and the decision says what they say.
        for (what, by) in [(2, 0), (2 | (1 << 2), 1)] {
            seed.extend(entry(what, by, 20, terms.as_bytes()));
            seed.extend(piece(&[0, 8 | 1, 16 | 2, 24 | 3]));
        }
        seed.extend(entry(3, 0, 0, b""));
        seeds.push(seed);
    }
    seeds
}

fn entry(what: u8, by: u8, at: u64, said: &[u8]) -> Vec<u8> {
    [&[what, by], &at.to_le_bytes()[..], &piece(said)].concat()
}

fn item(which: u8) -> ItemId {
    ItemId::from_bytes([which; 10])
}

/// One answer of each kind.
fn answers() -> Vec<String> {
    let words = String::from("Oui");
    let points = BTreeMap::from([(item(1), 3), (item(2), u32::MAX)]);
    let all = [
        Answer::Stance {
            stance: Stance::For,
            words: words.clone(),
        },
        Answer::Words {
            words: words.clone(),
        },
        Answer::Choice {
            options: vec![item(1)],
            words: words.clone(),
        },
        Answer::Points {
            points: points.clone(),
            words: words.clone(),
        },
        Answer::Ranking {
            options: vec![item(2), item(1)],
            words: words.clone(),
        },
        Answer::Grid {
            weights: BTreeMap::from([(item(3), 5)]),
            scores: BTreeMap::from([(item(1), BTreeMap::from([(item(3), 2)]))]),
            words,
        },
        Answer::Withdrawn {},
    ];
    let text = |one: &Answer| serde_json::to_string(one).expect("plain data");
    all.iter().map(text).collect()
}

fn terms_text(method: Method) -> String {
    let thing = |which| Thing {
        id: item(which),
        label: format!("Choix {which}"),
    };
    let terms = Terms {
        method,
        closes: Some(10),
        quorum: Some(Quorum::Persons(2)),
        options: vec![thing(1), thing(2)],
        criteria: vec![thing(3)],
        ..Terms::of(&DecisionContent::default())
    };
    serde_json::to_string(&terms).expect("plain data")
}
