//! A network of which thousands of documents come for the first time: the first page says how far it is.

use std::sync::Arc;

use egui_kittest::{SnapshotResults, kittest::Queryable as _};
use tresse_desktop::{
    app::draft::Drafts,
    i18n::{I18n, Lang},
    views::{Cx, home::HomeUi},
};
use tresse_engine::{AppView, ComingView, NetworkView};

use super::{
    stage,
    support::{LOOKS, Look, window},
};

/// The first page alone, of a network of which so much has come.
struct Arriving {
    words: I18n,
    app: Arc<AppView>,
    net: Arc<NetworkView>,
    home: HomeUi,
    drafts: Drafts,
}

fn arriving(coming: ComingView) -> Arriving {
    let desk = stage::desk(Look::PLAIN, Lang::Fr, |engine| {
        stage::founded(engine);
    });
    let app = desk.engine().fresh_view().unwrap();
    let mut net = NetworkView::clone(&app.networks[0]);
    net.sync.coming = coming;
    Arriving {
        words: I18n::new(Lang::Fr),
        app,
        net: Arc::new(net),
        home: HomeUi::default(),
        drafts: Drafts::default(),
    }
}

fn shown<'a>(look: Look, coming: ComingView) -> egui_kittest::Harness<'a, Arriving> {
    let mut harness = window(look, arriving(coming), |ui, one: &mut Arriving| {
        let mut asks = Vec::new();
        one.home.ui(
            ui,
            &mut Cx {
                words: &one.words,
                app: &one.app,
                net: &one.net,
                drafts: &mut one.drafts,
                asks: &mut asks,
                today: stage::TODAY,
                now: 0,
                time: 0.0,
            },
        );
    });
    harness.run();
    harness
}

#[test]
fn while_much_comes_the_first_page_says_how_far_it_is_and_that_nothing_is_lost() {
    let coming = ComingView {
        done: 1_312,
        all: 3_503,
    };
    let mut results = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[3]] {
        let mut harness = shown(look, coming);
        assert!(harness.query_by_label_contains("le reste vient").is_some());
        results.add(harness.try_snapshot(format!("arriving-{}", look.name())));
    }
    results.unwrap();
}

#[test]
fn a_few_documents_come_without_a_word() {
    for coming in [ComingView::default(), ComingView { done: 1, all: 9 }] {
        let harness = shown(Look::PLAIN, coming);
        assert!(harness.query_by_label_contains("le reste vient").is_none());
    }
}
