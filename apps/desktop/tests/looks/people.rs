//! Ten thousand members and ten thousand conversations: once all are asked for, only those near what is in sight are laid out.

use std::sync::Arc;

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tresse_desktop::{
    app::draft::Drafts,
    i18n::{I18n, Lang},
    views::{Cx, home::HomeUi, members::MembersUi},
};
use tresse_engine::{
    AppView, MemberView, MembersView, NetworkView, OrganisationPeople, OverviewView, PersonView,
    PilotingView, PostView, ThreadView,
    model::{ItemId, Line, MemberId},
};

use super::{
    stage,
    support::{Look, window},
};

/// One view alone, of a network that no engine holds.
struct Bare {
    words: I18n,
    app: Arc<AppView>,
    net: Arc<NetworkView>,
    home: HomeUi,
    members: MembersUi,
    shown: Shown,
    drafts: Drafts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Cards,
    Directory,
    Purposes,
    Threads,
}

fn member(at: usize) -> MemberId {
    let mut id = [0; 20];
    id[..8].copy_from_slice(&at.to_be_bytes());
    MemberId::from_bytes(id)
}

fn card(like: &MemberView, at: usize) -> MemberView {
    MemberView {
        id: member(at),
        name: format!("Membre {at:05}"),
        is_me: false,
        ..like.clone()
    }
}

fn person(at: usize) -> PersonView {
    PersonView {
        member: member(at),
        name: format!("Membre {at:05}"),
        engagement: "volunteer".into(),
        brings: "Du temps".into(),
        expects: String::new(),
        added_value: String::new(),
        added_value_on: String::new(),
        photo: None,
    }
}

fn thread(at: usize) -> ThreadView {
    let mut id = [0; 10];
    id[..8].copy_from_slice(&at.to_be_bytes());
    let id = ItemId::from_bytes(id);
    let post = PostView {
        id,
        author: member(at),
        roles: Vec::new(),
        text: format!("Membre {at:05} propose quelque chose"),
        on: "2026-11-09".into(),
        mine: false,
        objective: None,
        objective_title: String::new(),
    };
    ThreadView {
        id,
        posts: vec![post],
        unanswered: true,
        waits_for_me: false,
        objective: None,
    }
}

fn many(count: usize, shown: Shown) -> Bare {
    let desk = stage::plan(Look::PLAIN);
    let app = desk.engine().fresh_view().unwrap();
    let mut net = NetworkView::clone(&app.networks[0]);
    let mut members = MembersView::clone(&net.members);
    let like = members.members[0].clone();
    members.members = (0..count).map(|at| card(&like, at)).collect();
    net.members = Arc::new(members);
    let mut overview = OverviewView::clone(&net.overview);
    let said = |at: usize| Line {
        id: ItemId::from_bytes([at as u8; 10]),
        text: format!("Membre {at:05} le veut"),
        conflicts: Vec::new(),
    };
    if shown == Shown::Purposes {
        overview.purposes = (0..count).map(said).collect();
    }
    overview.directory = vec![OrganisationPeople {
        organisation: "Les Ateliers".into(),
        people: if shown == Shown::Purposes {
            Vec::new()
        } else {
            (0..count).map(person).collect()
        },
    }];
    net.overview = Arc::new(overview);
    let mut piloting = PilotingView::clone(&net.piloting);
    piloting.threads = (0..count).map(thread).collect();
    net.piloting = Arc::new(piloting);
    let mut home = HomeUi::default();
    home.show_overview();
    let mut members = MembersUi::default();
    if shown == Shown::Threads {
        members.show_roles(tresse_desktop::views::members::Spot::Role("pilot".into()));
    }
    Bare {
        words: I18n::new(Lang::Fr),
        app,
        net: Arc::new(net),
        home,
        members,
        shown,
        drafts: Drafts::default(),
    }
}

/// How many of the entries, and how many shapes, a frame has once all are asked for.
fn looked_at(count: usize, shown: Shown) -> (usize, usize) {
    let mut harness = window(Look::PLAIN, many(count, shown), |ui, bare: &mut Bare| {
        let mut asks = Vec::new();
        let mut cx = Cx {
            words: &bare.words,
            app: &bare.app,
            net: &bare.net,
            drafts: &mut bare.drafts,
            asks: &mut asks,
            today: stage::TODAY,
            now: 0,
            time: 0.0,
        };
        match bare.shown {
            Shown::Directory | Shown::Purposes => bare.home.ui(ui, &mut cx),
            Shown::Cards | Shown::Threads => bare.members.ui(ui, &mut cx),
        }
    });
    harness.run();
    let left: Vec<_> = harness
        .query_all_by_label_contains("autres…")
        .filter(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            let number: String = label.chars().filter(char::is_ascii_digit).collect();
            number.parse::<usize>().is_ok_and(|number| number > 200)
        })
        .collect();
    assert_eq!(left.len(), 1, "{shown:?}: the others can be asked for");
    left[0].click();
    harness.run();
    harness.run();
    let entries = harness.root().children_recursive().filter(|node| {
        let node = node.accesskit_node();
        let said = node.label().or_else(|| node.value());
        said.is_some_and(|said| said.contains("Membre 0"))
    });
    (entries.count(), harness.output().shapes.len())
}

#[test]
fn among_ten_thousand_members_or_conversations_only_those_near_what_is_in_sight_are_laid_out() {
    for shown in [
        Shown::Cards,
        Shown::Directory,
        Shown::Purposes,
        Shown::Threads,
    ] {
        let (few, shapes_few) = looked_at(900, shown);
        let (entries, shapes) = looked_at(10_000, shown);
        assert!(entries > 0, "{shown:?} shows nothing");
        assert!(entries < 400, "{shown:?}: {entries} entries");
        assert!(
            entries <= few * 2 + 20,
            "{shown:?}: {entries}, {few} with few"
        );
        assert!(
            shapes <= shapes_few * 2 + 200,
            "{shown:?}: {shapes} shapes, {shapes_few} with few"
        );
    }
}
