//! Ten thousand objectives, people and pages of a group, wishes of organisations, and people at a meeting: only those near what is in
//! sight are laid out.

use std::sync::Arc;

use egui_kittest::kittest::NodeT as _;
use tresse_desktop::{
    app::draft::Drafts,
    i18n::{I18n, Lang},
    views::{
        Cx,
        meetings::MeetingsUi,
        plan::{Look as PlanLook, PlanUi},
    },
};
use tresse_engine::{
    AppView, AttendanceRow, GroupMember, MeetingCommand, MeetingSheet, MeetingView, NetworkView,
    PageRow, PlanView,
    model::{DocId, ItemId, MemberId},
};

use super::{
    driving::seed,
    stage,
    support::{Look, looking, window},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Roadmap,
    Group,
    Coherence,
    Attendance,
}

/// One view alone, of a network that no engine holds.
struct Bare {
    words: I18n,
    app: Arc<AppView>,
    net: Arc<NetworkView>,
    plan: PlanUi,
    meetings: MeetingsUi,
    shown: Shown,
    drafts: Drafts,
}

fn item(at: usize) -> ItemId {
    let mut id = [0; 10];
    id[..8].copy_from_slice(&at.to_be_bytes());
    ItemId::from_bytes(id)
}

fn member(at: usize) -> MemberId {
    let mut id = [0; 20];
    id[..8].copy_from_slice(&at.to_be_bytes());
    MemberId::from_bytes(id)
}

fn named(at: usize) -> String {
    format!("Chose {at:05}")
}

fn page(at: usize) -> PageRow {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&at.to_be_bytes());
    PageRow {
        id: DocId::page(id),
        title: named(at),
        tags: Vec::new(),
        group: None,
        excerpt: String::new(),
        changed: 0,
        author: String::new(),
    }
}

fn came(at: usize) -> AttendanceRow {
    AttendanceRow {
        member: member(at),
        name: named(at),
        word: None,
        by: String::new(),
        own: false,
        noted_otherwise: None,
        is_me: false,
    }
}

/// Fills the plan with so many objectives, of the network and of one organisation.
fn fill(plan: &mut PlanView, count: usize) {
    let like = plan.content.objectives[0].clone();
    let objectives = (0..count).map(|at| {
        let mut one = like.clone();
        one.id = item(at);
        one.title = named(at);
        one
    });
    plan.content.objectives = objectives.collect();
    plan.facts.objectives.clear();
    let organisation = &mut plan.organisations[0];
    let like = organisation.objectives[0].clone();
    let own = (0..count).map(|at| {
        let mut one = like.clone();
        one.member = member(at);
        one.own.id = item(at);
        one.own.text = named(at);
        one
    });
    organisation.objectives = own.collect();
}

fn many(count: usize, shown: Shown) -> Bare {
    let desk = stage::plan(Look::PLAIN);
    let network = desk.engine().view().networks[0].id;
    let meeting = seed::meeting(desk.engine(), network, "Comité", Some("2093-03-03"));
    let open = MeetingCommand::Open { network, meeting };
    desk.engine().call(open.into()).unwrap();
    let app = desk.engine().fresh_view().unwrap();
    let mut net = NetworkView::clone(&app.networks[0]);
    let mut plan = PlanView::clone(&net.plan);
    fill(&mut plan, count);
    net.plan = Arc::new(plan);
    let mut groups = Vec::clone(&net.groups);
    let group = &mut groups[0];
    let id = group.content.id;
    let people = (0..count).map(|at| GroupMember {
        member: member(at),
        name: named(at),
        gone: false,
    });
    group.people = people.collect();
    group.pages = (0..count).map(page).collect();
    net.groups = Arc::new(groups);
    let mut opened = MeetingView::clone(net.meeting(&meeting).unwrap());
    let mut sheet = MeetingSheet::clone(&opened.sheet);
    sheet.attendance = (0..count).map(came).collect();
    opened.sheet = Arc::new(sheet);
    net.open_meetings = vec![Arc::new(opened)];
    let (mut plan, mut meetings) = (PlanUi::default(), MeetingsUi::default());
    match shown {
        Shown::Roadmap => plan.look = PlanLook::Roadmap,
        Shown::Coherence => plan.look = PlanLook::Coherence,
        Shown::Group => plan.show_group(id),
        Shown::Attendance => meetings.open(network, meeting, &mut Vec::new()),
    }
    Bare {
        words: I18n::new(Lang::Fr),
        app,
        net: Arc::new(net),
        plan,
        meetings,
        shown,
        drafts: Drafts::default(),
    }
}

/// How many of the things, and how many shapes, a frame has.
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
            Shown::Attendance => bare.meetings.ui(ui, &mut cx),
            _ => bare.plan.ui(ui, &mut cx),
        }
    });
    harness.run();
    if shown == Shown::Attendance {
        let part = looking::named(&harness, "Présences", |role| {
            egui::accessibility::is_input(role) || role == egui::accesskit::Role::Tab
        });
        part.expect("the part of who came").click();
        harness.run();
        harness.run();
    }
    let things = harness.root().children_recursive().filter(|node| {
        let node = node.accesskit_node();
        let said = node.label().or_else(|| node.value());
        said.is_some_and(|said| said.contains("Chose 0"))
    });
    (things.count(), harness.output().shapes.len())
}

#[test]
fn among_ten_thousand_things_of_a_plan_or_a_meeting_only_those_near_what_is_in_sight_are_laid_out()
{
    for shown in [
        Shown::Roadmap,
        Shown::Group,
        Shown::Coherence,
        Shown::Attendance,
    ] {
        let (few, shapes_few) = looked_at(900, shown);
        let (things, shapes) = looked_at(10_000, shown);
        assert!(things > 0, "{shown:?} shows nothing");
        assert!(things < 700, "{shown:?}: {things} things");
        assert!(
            things <= few * 2 + 20,
            "{shown:?}: {things}, {few} with few"
        );
        assert!(
            shapes <= shapes_few * 2 + 200,
            "{shown:?}: {shapes} shapes, {shapes_few} with few"
        );
    }
}
