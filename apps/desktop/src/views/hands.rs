//! Who added an item of the plan and who changed it last, on a calm line below it. It is asked for beside the window, and again when the plan
//! has changed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use egui::{Context, Id, Ui};
use tresse_engine::{
    HandView, HandsView, PlanView,
    model::{DocId, DocKind, ItemId, NetworkId},
};

use super::{Cx, members::on_day};
use crate::{
    app::asks::{Ask, Dialogue},
    theme, tr,
};

/// So many items are remembered; beyond, all are asked for anew.
const MOST: usize = 256;

/// What is known of an item.
#[derive(Default)]
struct Known {
    /// The plan for which it was asked.
    of: Weak<PlanView>,
    hands: Option<Arc<HandsView>>,
}

type All = Arc<Mutex<HashMap<(NetworkId, ItemId), Known>>>;

fn all(ctx: &Context) -> All {
    let at = Id::unique("hands");
    ctx.data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<All>(at)))
}

/// Takes an answer; without one, what was known stays.
pub(crate) fn came(ctx: &Context, of: (NetworkId, ItemId), hands: Option<HandsView>) {
    let all = all(ctx);
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if let (Some(known), Some(hands)) = (all.get_mut(&of), hands) {
        known.hands = Some(Arc::new(hands));
    }
}

/// What is known of an item, which is asked for where the plan is another than then.
pub(super) fn of(ui: &Ui, cx: &mut Cx<'_>, item: ItemId) -> Option<Arc<HandsView>> {
    let all = all(ui.ctx());
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() > MOST {
        all.clear();
    }
    let network = cx.id();
    let known = all.entry((network, item)).or_default();
    let plan = Arc::downgrade(&cx.net.plan);
    if !known.of.ptr_eq(&plan) {
        known.of = plan;
        cx.ask(Ask::Hands(network, item));
    }
    known.hands.clone()
}

/// Who added an item and who changed it last, and the way to the plan's past.
pub(super) fn caption(ui: &mut Ui, cx: &mut Cx<'_>, item: ItemId) {
    let hands = of(ui, cx, item);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        if let Some(said) = hands.and_then(|hands| said(cx, &hands)) {
            theme::caption(ui, said).on_hover_text(tr!(cx.words, "sealed-author"));
        }
        let past = tr!(cx.words, "palette-past-plan");
        let past = egui::RichText::new(past).size(theme::tokens(ui).text.small);
        if ui.link(past).clicked() {
            let plan = DocId::singleton(&cx.id(), DocKind::Plan);
            cx.ask(Ask::Show(Dialogue::History(cx.id(), plan)));
        }
    });
}

/// « Ajouté par Ana aujourd’hui · modifié par Bo le 3 mars 2026 ».
fn said(cx: &Cx<'_>, hands: &HandsView) -> Option<String> {
    let words = cx.words;
    let made = hands.made.as_ref()?;
    let when = |hand: &HandView| on_day(words, cx.today, hand.at);
    let added = tr!(
        words,
        "hands-added",
        name = name(cx, made),
        when = when(made)
    );
    // What the same person went on with on the same day needs no second word.
    let apart = |last: &&HandView| last.author != made.author || when(last) != when(made);
    let Some(last) = hands.last.as_ref().filter(apart) else {
        return Some(added);
    };
    let changed = tr!(
        words,
        "hands-changed",
        name = name(cx, last),
        when = when(last)
    );
    Some(format!("{added} · {changed}"))
}

/// Who it was, in a word.
pub(super) fn name(cx: &Cx<'_>, hand: &HandView) -> String {
    if hand.name.is_empty() {
        tr!(cx.words, "somebody")
    } else {
        hand.name.clone()
    }
}
