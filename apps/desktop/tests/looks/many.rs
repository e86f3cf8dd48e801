//! Ten thousand actions: only what is in sight is laid out, whichever way the plan is looked at.

use std::sync::Arc;

use egui_kittest::kittest::NodeT as _;
use tresse_desktop::{
    app::draft::Drafts,
    i18n::{I18n, Lang},
    views::{
        Cx,
        plan::{GroupBy, Look as PlanLook, PlanUi},
    },
};
use tresse_engine::{
    AppView, NetworkView,
    model::{Action, ItemId},
};

use super::{
    stage,
    support::{Look, window},
};

/// The plan's view alone, on a plan that no engine holds.
struct Bare {
    words: I18n,
    app: Arc<AppView>,
    net: Arc<NetworkView>,
    plan: PlanUi,
    drafts: Drafts,
}

fn many(count: usize) -> Bare {
    let desk = stage::plan(Look::PLAIN);
    let app = desk.engine().fresh_view().unwrap();
    let mut net = NetworkView::clone(&app.networks[0]);
    let mut plan = tresse_engine::PlanView::clone(&net.plan);
    let objectives: Vec<ItemId> = plan.content.objectives.iter().map(|one| one.id).collect();
    let day = |day: usize| {
        let span = jiff::Span::new().days(i64::try_from(day % 900).unwrap() - 450);
        stage::TODAY.checked_add(span).unwrap().to_string()
    };
    let actions = (0..count).map(|at| {
        let mut id = [0; 10];
        id[..8].copy_from_slice(&at.to_be_bytes());
        let mut action = Action::new(ItemId::from_bytes(id), &format!("Action {at:05}"));
        action.start = day(at);
        action.due = day(at + 14);
        if action.due < action.start {
            action.start.clear();
        }
        action.next_due.clone_from(&action.due);
        action.objective = objectives.get(at % objectives.len()).copied();
        action
    });
    plan.content.actions = actions.collect();
    net.plan = Arc::new(plan);
    Bare {
        words: I18n::new(Lang::Fr),
        app,
        net: Arc::new(net),
        plan: PlanUi::default(),
        drafts: Drafts::default(),
    }
}

#[test]
fn among_ten_thousand_actions_only_what_is_in_sight_is_laid_out() {
    let (few, most) = (looked_at(900), looked_at(10_000));
    for ((look, nodes_few, shapes_few), (_, nodes, shapes)) in few.into_iter().zip(most) {
        assert!(nodes > 0, "{look:?} shows nothing");
        assert!(nodes < 400, "{look:?}: {nodes} nodes");
        // As much as is shown of a screenful, give or take how titles fall.
        assert!(
            nodes <= nodes_few * 3 + 40,
            "{look:?}: {nodes} nodes, {nodes_few} with few"
        );
        assert!(
            shapes <= shapes_few * 3 + 200,
            "{look:?}: {shapes} shapes, {shapes_few} with few"
        );
    }
}

/// Each look with the actions and shapes that a frame has of it, with so many actions in the plan.
fn looked_at(count: usize) -> Vec<(PlanLook, usize, usize)> {
    let looks = [
        PlanLook::Table,
        PlanLook::Board,
        PlanLook::Timeline,
        PlanLook::Calendar,
    ];
    let mut harness = window(Look::PLAIN, many(count), |ui, bare: &mut Bare| {
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
        bare.plan.ui(ui, &mut cx);
    });
    let mut seen = Vec::new();
    for look in looks {
        harness.state_mut().plan.look = look;
        harness.state_mut().plan.question.group = Some(GroupBy::Objective);
        harness.run();
        let nodes = harness.root().children_recursive().filter(|node| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains("Action 0"))
        });
        let nodes = nodes.count();
        seen.push((look, nodes, harness.output().shapes.len()));
    }
    seen
}
