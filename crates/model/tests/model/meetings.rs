//! Meetings: agendas written and carried on apart, days looked for, rules made and moved.

use automerge::transaction::Transactable;
use proptest::prelude::*;
use tresse_model::{
    AgendaField, Attended, Can, DateOption, DayTo, DocId, DocKind, Edit, EditError, HeldMeeting,
    ItemId, MOST_MOVED, Made, MeetingContent, MeetingEdit, MeetingField, MeetingPart, MeetingWord,
    NetworkId, Series, SeriesEdit, SeriesField, Stay, TakenIn, apply, attendance, genesis,
    occurrences, read_meeting, read_network, read_notebook, undo,
};

use crate::support::{Peer, item, member};

fn edit(edit: MeetingEdit) -> Edit {
    Edit::Meeting(edit)
}

fn begin(title: &str) -> Edit {
    edit(MeetingEdit::Init {
        title: title.into(),
        fields: Vec::new(),
    })
}

fn add(id: u8, title: &str, length: Option<&str>) -> Edit {
    edit(MeetingEdit::AddItem {
        id: item(id),
        title: title.into(),
        length: length.map(str::to_owned),
        before: None,
    })
}

fn read(peer: &Peer) -> MeetingContent {
    read_meeting(&peer.doc, &())
}

/// Each takes in what the other has.
fn both(one: &mut Peer, other: &mut Peer) {
    one.meet(other);
    other.meet(one);
}

fn titles(content: &MeetingContent) -> Vec<&str> {
    content
        .agenda
        .iter()
        .map(|item| item.title.as_str())
        .collect()
}

fn code(peer: &mut Peer, edit: &Edit) -> &'static str {
    apply(&mut peer.doc, edit, 0).unwrap_err().code()
}

fn set_item(id: ItemId, field: AgendaField, value: &str) -> Edit {
    edit(MeetingEdit::SetItem {
        id,
        field,
        value: Some(value.into()),
    })
}

#[test]
fn two_who_carry_the_same_item_on_apart_carry_it_on_once() {
    let network = NetworkId::from_bytes([1; 20]);
    let from = DocId::occurrence(&network, &item(9), "2026-12-01");
    let mut old = Peer::new(1, DocKind::Meeting);
    old.edit(&begin("Comité"));
    old.edit(&add(1, "Budget", Some("20")));
    let items = read(&old).agenda;

    let mut ana = Peer::new(1, DocKind::Meeting);
    let mut bo = Peer::new(2, DocKind::Meeting);
    for peer in [&mut ana, &mut bo] {
        peer.edit(&begin("Comité"));
        let items = items.clone();
        peer.edit(&edit(MeetingEdit::TakeIn(TakenIn { from, items })));
    }
    let carried = item(1).carried(&from);
    ana.edit(&set_item(carried, AgendaField::Words, "Voir le devis"));
    bo.edit(&set_item(carried, AgendaField::Length, "30"));
    both(&mut ana, &mut bo);

    let content = read(&ana);
    assert_eq!(content, read(&bo));
    assert_eq!(titles(&content), ["Budget"]);
    let one = &content.agenda[0];
    assert_eq!(
        (one.words.as_str(), one.length, one.from),
        ("Voir le devis", Some(30), Some(from))
    );
    assert!(content.conflicts.is_empty());
}

#[test]
fn an_item_carried_on_again_after_it_was_taken_off_comes_back_as_it_was() {
    let mut next = Peer::new(1, DocKind::Meeting);
    let mut old = Peer::new(1, DocKind::Meeting);
    old.edit(&begin("Novembre"));
    old.edit(&add(1, "Budget", None));
    let from = DocId::meeting([3; 16]);
    let take = edit(MeetingEdit::TakeIn(TakenIn {
        from,
        items: read(&old).agenda,
    }));
    next.edit(&begin("Décembre"));
    next.edit(&take);
    let id = item(1).carried(&from);
    next.edit(&set_item(id, AgendaField::Title, "Budget 2027"));
    next.edit(&edit(MeetingEdit::RemoveItem { id, restore: false }));
    assert!(titles(&read(&next)).is_empty());
    next.edit(&take);
    assert_eq!(titles(&read(&next)), ["Budget 2027"]);
}

#[test]
fn what_two_add_and_move_apart_is_all_there_in_one_order() {
    let mut ana = Peer::new(1, DocKind::Meeting);
    ana.edit(&begin("Comité"));
    for (id, title) in [(1, "un"), (2, "deux"), (3, "trois")] {
        ana.edit(&add(id, title, None));
    }
    let mut bo = Peer::new(2, DocKind::Meeting);
    bo.meet(&mut ana);
    ana.edit(&edit(MeetingEdit::MoveItem {
        id: item(3),
        before: Some(item(1)),
    }));
    bo.edit(&add(4, "quatre", None));
    both(&mut ana, &mut bo);
    assert_eq!(titles(&read(&ana)), ["trois", "un", "deux", "quatre"]);
    assert_eq!(read(&ana), read(&bo));
}

#[test]
fn whatever_is_done_to_an_agenda_can_be_taken_back() {
    let mut doc = genesis(DocKind::Meeting);
    apply(&mut doc, &begin("Comité"), 0).unwrap();
    let added = apply(&mut doc, &add(1, "Budget", Some("20")), 0).unwrap();
    let done = apply(&mut doc, &set_item(item(1), AgendaField::Done, "true"), 0).unwrap();
    assert!(read_meeting(&doc, &()).agenda[0].done);
    undo(&mut doc, &done.undo, 0).unwrap();
    assert!(!read_meeting(&doc, &()).agenda[0].done);
    let redo = undo(&mut doc, &added.undo, 0).unwrap();
    assert!(read_meeting(&doc, &()).agenda.is_empty());
    undo(&mut doc, &redo.redo, 0).unwrap();
    assert_eq!(read_meeting(&doc, &()).agenda.len(), 1);
}

#[test]
fn two_who_propose_the_same_day_propose_one_and_both_choices_can_be_seen() {
    let option = |on: &str, at: &str| DateOption {
        on: on.into(),
        at: at.into(),
    };
    let propose = |on: &str| {
        edit(MeetingEdit::Option {
            option: option(on, "18:30"),
            off: false,
        })
    };
    let mut ana = Peer::new(1, DocKind::Meeting);
    let mut bo = Peer::new(2, DocKind::Meeting);
    for peer in [&mut ana, &mut bo] {
        peer.edit(&begin("Comité"));
        peer.edit(&propose("2026-12-08"));
        peer.edit(&propose("2026-12-03"));
    }
    both(&mut ana, &mut bo);
    let content = read(&ana);
    assert!(content.seeks_date());
    assert_eq!(
        content.options,
        [option("2026-12-03", "18:30"), option("2026-12-08", "18:30")]
    );
    for (peer, on) in [(&mut ana, "2026-12-03"), (&mut bo, "2026-12-08")] {
        let option = option(on, "18:30");
        peer.edit(&edit(MeetingEdit::Choose { option }));
    }
    both(&mut ana, &mut bo);
    let content = read(&ana);
    assert!(!content.seeks_date());
    assert_eq!(content.conflicts.len(), 1);
    assert_eq!(content.conflicts[0].field, "on");
    assert_eq!(read(&bo), content);
}

#[test]
fn two_machines_that_count_who_speaks_lose_no_turn() {
    let mut ana = Peer::new(1, DocKind::Meeting);
    let mut bo = Peer::new(2, DocKind::Meeting);
    for (peer, id) in [(&mut ana, 1), (&mut bo, 2)] {
        peer.edit(&edit(MeetingEdit::Floor { off: false }));
        peer.edit(&edit(MeetingEdit::Turn {
            id: item(id),
            member: Some(member(1)),
            seconds: 30,
        }));
    }
    both(&mut ana, &mut bo);
    let content = read(&bo);
    assert!(content.floor);
    assert_eq!(content.turns.len(), 2);
    assert_eq!(
        content.turns.iter().map(|turn| turn.seconds).sum::<u32>(),
        60
    );
    let never = edit(MeetingEdit::Turn {
        id: item(3),
        member: None,
        seconds: 0,
    });
    assert_eq!(code(&mut ana, &never), "bad-length");
}

#[test]
fn who_facilitates_who_came_and_what_a_line_became_read_back() {
    let mut ana = Peer::new(1, DocKind::Meeting);
    ana.edit(&begin("Comité"));
    ana.edit(&edit(MeetingEdit::Part {
        part: MeetingPart::Facilitator,
        member: member(2),
        off: false,
    }));
    let word = Attended::Represented("Zoé Petit".into());
    ana.edit(&edit(MeetingEdit::Attend {
        member: member(3),
        word: Some(word.clone()),
    }));
    ana.edit(&edit(MeetingEdit::Made {
        made: Made::Action(item(7)),
        line: " Écrire au maire ".into(),
        off: false,
    }));
    ana.edit(&edit(MeetingEdit::Set {
        field: MeetingField::State,
        value: Some("closed".into()),
    }));
    let content = read(&ana);
    assert_eq!(content.facilitators, [member(2)]);
    assert_eq!(content.attendance[0].word, word);
    assert_eq!(content.made[0].made, Made::Action(item(7)));
    assert_eq!(content.made[0].line, "Écrire au maire");
    assert_eq!(content.state.word(), "closed");
    for (field, value, expected) in [
        (MeetingField::State, "over", "bad-meeting-state"),
        (MeetingField::Length, "0", "bad-length"),
        (MeetingField::Length, "2000", "bad-length"),
        (MeetingField::At, "18h30", "bad-time"),
    ] {
        let value = Some(value.to_owned());
        let wrong = edit(MeetingEdit::Set { field, value });
        assert_eq!(code(&mut ana, &wrong), expected);
    }
}

#[test]
fn what_i_say_of_meetings_stands_in_my_notebook() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    let meeting = DocId::meeting([4; 16]);
    let option = DateOption {
        on: "2026-12-03".into(),
        at: String::new(),
    };
    for word in [
        MeetingWord::Attend {
            meeting,
            word: Some(Attended::Excused),
        },
        MeetingWord::Date {
            meeting,
            option: option.clone(),
            answer: Some(Can::Maybe),
        },
        MeetingWord::Round {
            meeting,
            word: Some("Élan".into()),
        },
        MeetingWord::Floor { off: false },
    ] {
        ana.edit(&Edit::MeetingWord(word));
    }
    let notebook = read_notebook(&ana.doc, &());
    assert!(notebook.floor);
    let words = &notebook.meetings[&meeting];
    assert_eq!(words.attended, Some(Attended::Excused));
    assert_eq!(words.round, "Élan");
    assert_eq!(
        (&words.dates[0].option, words.dates[0].answer),
        (&option, Can::Maybe)
    );
    let long = Edit::MeetingWord(MeetingWord::Round {
        meeting,
        word: Some("é".repeat(81)),
    });
    assert_eq!(code(&mut ana, &long), "too-long");
}

fn rule(id: u8, title: &str, rhythm: &str, until: &str) -> Edit {
    Edit::Series(SeriesEdit::Add {
        id: item(id),
        title: title.into(),
        fields: vec![
            (SeriesField::Rhythm, rhythm.into()),
            (SeriesField::From, "2026-12-01".into()),
            (SeriesField::Until, until.into()),
            (SeriesField::At, "18:00".into()),
        ],
    })
}

fn series(peer: &Peer) -> Vec<Series> {
    read_network(&peer.doc, &()).series
}

#[test]
fn two_who_make_a_rule_at_once_both_keep_theirs() {
    let mut ana = Peer::new(1, DocKind::Network);
    let mut bo = Peer::new(2, DocKind::Network);
    ana.edit(&rule(1, "Comité", "2 weeks tue", ""));
    bo.edit(&rule(2, "Café", "1 months last fri", ""));
    both(&mut ana, &mut bo);
    let both = series(&ana);
    assert_eq!(both, series(&bo));
    assert_eq!(
        [both[0].title.as_str(), both[1].title.as_str()],
        ["Café", "Comité"]
    );
}

#[test]
fn a_day_is_skipped_another_moved_and_both_are_put_back() {
    let mut ana = Peer::new(1, DocKind::Network);
    ana.edit(&rule(1, "Comité", "2 weeks tue", "2027-01-31"));
    let day = |day: &str, to: DayTo| {
        Edit::Series(SeriesEdit::Day {
            id: item(1),
            day: day.into(),
            to,
        })
    };
    ana.edit(&day("2026-12-15", DayTo::Skipped));
    ana.edit(&day("2026-12-29", DayTo::On("2027-01-05".into())));
    let days = |peer: &Peer| -> Vec<(String, String)> {
        let days = occurrences(&series(peer)[0], "2026-12-01", "2027-01-31");
        days.into_iter().map(|one| (one.day, one.on)).collect()
    };
    let pair = |day: &str, on: &str| (day.to_owned(), on.to_owned());
    assert_eq!(
        days(&ana),
        [
            pair("2026-12-01", "2026-12-01"),
            pair("2026-12-15", ""),
            pair("2026-12-29", "2027-01-05"),
            pair("2027-01-12", "2027-01-12"),
            pair("2027-01-26", "2027-01-26"),
        ]
    );
    ana.edit(&day("2026-12-15", DayTo::Rule));
    ana.edit(&day("2026-12-29", DayTo::Rule));
    assert_eq!(days(&ana).iter().filter(|(day, on)| day == on).count(), 5);
    assert_eq!(
        code(&mut ana, &day("2026-12-16", DayTo::Skipped)),
        "not-a-meeting-day"
    );
}

fn day_to(day: &str, to: DayTo) -> Edit {
    Edit::Series(SeriesEdit::Day {
        id: item(1),
        day: day.into(),
        to,
    })
}

#[test]
fn a_day_that_is_written_otherwise_is_the_same_day() {
    let mut ana = Peer::new(1, DocKind::Network);
    ana.edit(&rule(1, "Comité", "2 weeks tue", ""));
    // As an older version, or somebody else's program, may have written it.
    let key = format!("series/{}/day/20261215", item(1));
    let odd = |peer: &mut Peer, to: &str| {
        let mut change = peer.doc.transaction();
        change.put(automerge::ROOT, key.as_str(), to).unwrap();
        change.commit();
    };
    odd(&mut ana, "2026-12-16");
    let moved = |peer: &Peer| series(peer)[0].moved.clone();
    assert_eq!(moved(&ana)["2026-12-15"], "2026-12-16");
    assert_eq!(moved(&ana).len(), 1);
    // It is written in one way, and the other goes.
    ana.edit(&day_to("20261215", DayTo::On("2026-12-17".into())));
    assert_eq!(moved(&ana)["2026-12-15"], "2026-12-17");
    odd(&mut ana, "2026-12-18");
    assert_eq!(
        moved(&ana)["2026-12-15"],
        "2026-12-17",
        "its proper name goes before"
    );
    ana.edit(&day_to("2026-12-15", DayTo::Rule));
    assert!(moved(&ana).is_empty(), "under either name");
}

#[test]
fn no_rule_has_more_moved_days_than_everybody_can_read() {
    let mut ana = Peer::new(1, DocKind::Network);
    ana.edit(&rule(1, "Comité", "1 weeks tue", ""));
    let days = (0..=MOST_MOVED + 1).map(|week| {
        let first = "2026-12-01".parse::<jiff::civil::Date>().unwrap();
        let weeks = i64::try_from(week).unwrap();
        first
            .checked_add(jiff::Span::new().weeks(weeks))
            .unwrap()
            .to_string()
    });
    let days: Vec<String> = days.collect();
    for day in &days[..MOST_MOVED] {
        ana.edit(&day_to(day, DayTo::Skipped));
    }
    let last = day_to(&days[MOST_MOVED], DayTo::Skipped);
    assert_eq!(code(&mut ana, &last), "too-many-moved");
    // What is moved already may be moved again, and what is put back makes room.
    ana.edit(&day_to(&days[5], DayTo::On("2027-01-06".into())));
    ana.edit(&day_to(&days[0], DayTo::Rule));
    ana.edit(&last);
    assert_eq!(series(&ana)[0].moved.len(), MOST_MOVED);
    // Two who did so apart write more together: the latest are read.
    let mut bo = Peer::new(2, DocKind::Network);
    ana.edit(&day_to(&days[1], DayTo::Rule));
    bo.meet(&mut ana);
    ana.edit(&day_to(&days[0], DayTo::Skipped));
    bo.edit(&day_to(&days[MOST_MOVED + 1], DayTo::Skipped));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(series(&ana), series(&bo));
    let moved = &series(&ana)[0].moved;
    assert_eq!(moved.len(), MOST_MOVED);
    assert!(!moved.contains_key(&days[0]) && moved.contains_key(&days[MOST_MOVED + 1]));
}

#[test]
fn a_rule_that_never_occurs_is_refused_with_a_sentence() {
    let mut ana = Peer::new(1, DocKind::Network);
    let error = apply(
        &mut ana.doc,
        &rule(1, "Comité", "2 weeks mon", "2026-12-05"),
        0,
    )
    .unwrap_err();
    assert!(matches!(error, EditError::NeverOccurs { .. }), "{error}");
    assert_eq!(
        code(&mut ana, &rule(1, "Comité", "every tuesday", "")),
        "bad-rhythm"
    );
    ana.edit(&rule(1, "Comité", "2 weeks mon", ""));
    let set = |field, value: &str| {
        Edit::Series(SeriesEdit::Set {
            id: item(1),
            field,
            value: Some(value.into()),
        })
    };
    assert_eq!(
        code(&mut ana, &set(SeriesField::Until, "2026-12-06")),
        "never-occurs"
    );
    assert_eq!(code(&mut ana, &set(SeriesField::From, "")), "empty");
    ana.edit(&set(SeriesField::Until, "2026-12-20"));

    // Apart, each sets what would be well alone: together no day is left, and the rule says so.
    let mut bo = Peer::new(2, DocKind::Network);
    bo.meet(&mut ana);
    ana.edit(&set(SeriesField::Until, "2026-12-08"));
    bo.edit(&set(SeriesField::From, "2026-12-09"));
    both(&mut ana, &mut bo);
    assert!(!series(&ana)[0].occurs());
    assert_eq!(series(&ana), series(&bo));
}

#[test]
fn a_rule_in_the_bin_comes_back_with_what_was_written_meanwhile() {
    let mut ana = Peer::new(1, DocKind::Network);
    ana.edit(&rule(1, "Comité", "2 weeks tue", ""));
    let bin = |restore| {
        Edit::Series(SeriesEdit::Remove {
            id: item(1),
            restore,
        })
    };
    ana.edit(&bin(false));
    assert!(series(&ana).is_empty());
    ana.edit(&bin(true));
    assert_eq!(series(&ana).len(), 1);
}

/// What somebody does to one of the first days of a rule that comes every second Tuesday from 1 December 2026.
fn day_edit() -> impl Strategy<Value = (usize, DayTo)> {
    let to = prop_oneof![
        Just(DayTo::Skipped),
        Just(DayTo::Rule),
        (1u8..29).prop_map(|day| DayTo::On(format!("2027-03-{day:02}"))),
    ];
    (0usize..6, to)
}

const DAYS: [&str; 6] = [
    "2026-12-01",
    "2026-12-15",
    "2026-12-29",
    "2027-01-12",
    "2027-01-26",
    "2027-02-09",
];

/// Whether somebody came, as it is noted or said.
fn any_word() -> impl Strategy<Value = Option<Attended>> {
    prop_oneof![
        Just(None),
        Just(Some(Attended::Present)),
        Just(Some(Attended::Excused)),
        Just(Some(Attended::Absent)),
        Just(Some(Attended::Represented("Zoé".into()))),
    ]
}

proptest! {
    #[test]
    fn days_moved_and_cancelled_apart_are_the_same_in_whatever_order_they_come_together(
        apart in prop::collection::vec(prop::collection::vec(day_edit(), 0..6), 3),
        order in Just(vec![0usize, 1, 2]).prop_shuffle(),
        other in Just(vec![0usize, 1, 2]).prop_shuffle(),
    ) {
        let mut base = Peer::new(9, DocKind::Network);
        base.edit(&rule(1, "Comité", "2 weeks tue", ""));
        let mut people: Vec<Peer> = (1..=3).map(|n| Peer::new(n, DocKind::Network)).collect();
        for (peer, edits) in people.iter_mut().zip(&apart) {
            peer.meet(&mut base);
            for (day, to) in edits {
                peer.edit(&day_to(DAYS[*day], to.clone()));
            }
        }
        let gathered = |people: &mut [Peer], order: &[usize]| {
            let mut here = Peer::new(8, DocKind::Network);
            for at in order {
                here.meet(&mut people[*at]);
            }
            series(&here)
        };
        let one = gathered(&mut people, &order);
        prop_assert_eq!(&one, &gathered(&mut people, &other));
        let days = occurrences(&one[0], "2026-12-01", "2027-03-31");
        prop_assert_eq!(&days, &occurrences(&gathered(&mut people, &other)[0], "2026-12-01", "2027-03-31"));
        for (at, day) in DAYS.iter().enumerate() {
            let last: Vec<&DayTo> = apart
                .iter()
                .filter_map(|edits| edits.iter().rev().find(|(one, _)| *one == at))
                .map(|(_, to)| to)
                .collect();
            let falls: Vec<&str> = days.iter().filter(|one| one.day == *day).map(|one| &*one.on).collect();
            prop_assert_eq!(falls.len(), 1, "{} stands there once", day);
            let said = |to: &DayTo| match to {
                DayTo::Skipped => String::new(),
                DayTo::On(on) => on.clone(),
                DayTo::Rule => (*day).to_owned(),
            };
            // What one alone says is so; of several, it is what one of them said.
            if last.is_empty() {
                prop_assert_eq!(falls[0], *day);
            } else {
                prop_assert!(last.iter().any(|to| said(to) == falls[0]));
            }
        }
    }

    #[test]
    fn who_came_is_the_same_whichever_of_ones_devices_said_it_and_nobody_counts_twice(
        noted in prop::collection::vec((0usize..2, 1u8..5, any_word()), 0..10),
        own in prop::collection::vec((0usize..2, any_word()), 0..6),
    ) {
        let id = DocId::meeting([4; 16]);
        // The meeting and Ana's notebook, each on two devices of hers.
        let mut meetings = [1, 2].map(|n| Peer::new(n, DocKind::Meeting));
        meetings[0].edit(&begin("Comité"));
        let [first, second] = &mut meetings;
        second.meet(first);
        let mut notebooks = [1, 2].map(|n| Peer::new(n, DocKind::Notebook));
        for (device, who, word) in noted {
            meetings[device].edit(&edit(MeetingEdit::Attend { member: member(who), word }));
        }
        for (device, word) in own {
            notebooks[device].edit(&Edit::MeetingWord(MeetingWord::Attend { meeting: id, word }));
        }
        let [first, second] = &mut meetings;
        both(first, second);
        let [first, second] = &mut notebooks;
        both(first, second);
        let stays: Vec<Stay> = (1..4)
            .map(|n| Stay {
                member: member(n),
                from: "2026-01-01".into(),
                to: String::new(),
            })
            .collect();
        let facts = |device: usize| {
            let said = read_notebook(&notebooks[device].doc, &()).meetings;
            let word = said.get(&id).and_then(|words| words.attended.clone());
            let noted = read(&meetings[device]).attendance;
            let held = HeldMeeting {
                meeting: id,
                on: "2026-11-03".into(),
                expected: None,
                noted: noted.into_iter().map(|one| (one.member, one.word)).collect(),
                own: word.into_iter().map(|word| (member(1), word)).collect(),
            };
            attendance(&[held.clone(), held], &stays, ("2026-01-01", "2026-12-31"))
        };
        let here = facts(0);
        prop_assert_eq!(&here, &facts(1));
        prop_assert!(here.meetings <= 1);
        prop_assert!(here.all.expected == 0 || here.all.expected == 3);
        for one in &here.members {
            prop_assert_eq!(one.counts.expected, 1);
        }
    }
}
