//! Finding what a person finds in a window: by names and texts, in which spaces that do not break are spaces.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{Harness, Node, SnapshotResult, kittest::NodeT as _};

/// What bears this name and has a role in which it can be used; of several, the one painted last.
pub(crate) fn named<'h, State>(
    harness: &'h Harness<'_, State>,
    name: &str,
    usable: impl Fn(Role) -> bool,
) -> Option<Node<'h>> {
    let all = harness.root().children_recursive();
    let named = all.filter(|node| {
        let node = node.accesskit_node();
        let label = node.label();
        usable(node.role()) && label.is_some_and(|label| plain(&label) == plain(name))
    });
    named.last()
}

/// Whether this text can be read somewhere.
pub(crate) fn reads<State>(harness: &Harness<'_, State>, text: &str) -> bool {
    let text = plain(text);
    let says = |said: Option<String>| said.is_some_and(|said| plain(&said).contains(&text));
    harness.root().children_recursive().any(|node| {
        let node = node.accesskit_node();
        says(node.label()) || says(node.value())
    })
}

/// Where this text stands.
pub(crate) fn placed<State>(harness: &Harness<'_, State>, text: &str) -> egui::Rect {
    let says = |said: Option<String>| said.is_some_and(|said| plain(&said) == plain(text));
    let mut all = harness.root().children_recursive();
    let found = all.find(|node| {
        let node = node.accesskit_node();
        says(node.label()) || says(node.value())
    });
    let Some(found) = found else {
        panic!("« {text} » is not shown: {}", all_texts(harness));
    };
    found.rect()
}

/// Everything that can be read, for whoever looks for something else.
pub(crate) fn all_texts<State>(harness: &Harness<'_, State>) -> String {
    let nodes = harness.root().children_recursive();
    let texts = nodes.filter_map(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    });
    texts.collect::<Vec<_>>().join(" | ")
}

/// The names of what has the keyboard after each of so many presses of Tab.
pub(crate) fn names_by_tab<State>(harness: &mut Harness<'_, State>, presses: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..presses {
        harness.key_press_modifiers(Modifiers::NONE, Key::Tab);
        harness.run();
        let mut nodes = harness.root().children_recursive();
        let focused = nodes.find(|node| node.accesskit_node().is_focused());
        let name = focused.and_then(|node| node.accesskit_node().label());
        names.extend(name.map(|name| plain(&name)));
    }
    names
}

/// A picture without the mouse in it.
pub(crate) fn picture<State>(harness: &mut Harness<'_, State>, name: &str) -> SnapshotResult {
    harness.remove_cursor();
    harness.run();
    harness.try_snapshot(name)
}

/// A text with spaces where it has spaces that do not break.
pub(crate) fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}
