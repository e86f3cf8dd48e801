//! The files of words and the code, held against each other: nothing missing, nothing left over, no text in the code.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use tresse_desktop::i18n::{Args, DYNAMIC, FILES, I18n, Lang};

/// Each key of a language with the names of its open places.
fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for file in FILES {
        let source = match lang {
            Lang::Fr => file.fr,
            Lang::En => file.en,
        };
        let name = format!("{}/{}.ftl", lang.code(), file.name);
        let resource = fluent_syntax::parser::parse(source)
            .unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut places = BTreeSet::new();
                    let pattern = message.value.unwrap_or_else(|| {
                        panic!("{name}: {} has no text", message.id.name);
                    });
                    pattern_places(&pattern, &mut places);
                    let twice = keys.insert(message.id.name.to_owned(), places);
                    assert!(twice.is_none(), "{name}: {} stands twice", message.id.name);
                }
                Entry::Junk { content } => panic!("{name}: cannot read « {content} »"),
                _ => {}
            }
        }
    }
    keys
}

fn pattern_places(pattern: &Pattern<&str>, places: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_places(expression, places);
        }
    }
}

fn expression_places(expression: &Expression<&str>, places: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => inline_places(inline, places),
        Expression::Select { selector, variants } => {
            inline_places(selector, places);
            for variant in variants {
                pattern_places(&variant.value, places);
            }
        }
    }
}

fn inline_places(inline: &InlineExpression<&str>, places: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            places.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => expression_places(expression, places),
        InlineExpression::FunctionReference {
            arguments: CallArguments { positional, .. },
            ..
        } => {
            for argument in positional {
                inline_places(argument, places);
            }
        }
        _ => {}
    }
}

/// One `tr!` in the code.
struct Use {
    file: PathBuf,
    key: String,
    args: BTreeSet<String>,
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                out.push((path, without_tests_and_comments(&text)));
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    out
}

/// Test modules stand last in a file; comments are of no interest.
fn without_tests_and_comments(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

/// What stands between a call's parentheses, from just after the first.
fn inside_parentheses(text: &str) -> &str {
    let mut depth = 1_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return &text[..at];
                }
            }
            _ => {}
        }
    }
    text
}

/// A call's arguments.
fn arguments(inside: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut quoted, mut escaped, mut from) = (0_usize, false, false, 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                out.push(inside[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(inside[from..].trim());
    out.retain(|argument| !argument.is_empty());
    out
}

fn uses() -> Vec<Use> {
    let mut uses = Vec::new();
    for (file, code) in sources() {
        for (at, _) in code.match_indices("tr!(") {
            let inside = inside_parentheses(&code[at + 4..]);
            let arguments = arguments(inside);
            let Some(key) = arguments
                .get(1)
                .and_then(|key| key.strip_prefix('"')?.strip_suffix('"'))
            else {
                continue; // The macro's own definition.
            };
            let args = arguments[2..]
                .iter()
                .filter_map(|argument| Some(argument.split_once('=')?.0.trim().to_owned()))
                .collect();
            uses.push(Use {
                file: file.clone(),
                key: key.to_owned(),
                args,
            });
        }
    }
    uses
}

fn dynamic() -> BTreeSet<String> {
    DYNAMIC
        .iter()
        .flat_map(|(start, ends)| ends.iter().map(move |end| format!("{start}{end}")))
        .collect()
}

#[test]
fn both_languages_say_the_same_things_with_the_same_open_places() {
    let (fr, en) = (keys(Lang::Fr), keys(Lang::En));
    let only = |a: &BTreeMap<String, _>, b: &BTreeMap<String, _>| -> Vec<String> {
        a.keys()
            .filter(|key| !b.contains_key(*key))
            .cloned()
            .collect()
    };
    assert_eq!(only(&fr, &en), Vec::<String>::new(), "only in French");
    assert_eq!(only(&en, &fr), Vec::<String>::new(), "only in English");
    for (key, places) in &fr {
        assert_eq!(places, &en[key], "{key} leaves other places open");
    }
}

#[test]
fn every_key_in_the_code_is_in_the_files_and_gets_the_values_it_needs() {
    let known = keys(Lang::Fr);
    let mut wrong = Vec::new();
    for Use { file, key, args } in uses() {
        match known.get(&key) {
            None => wrong.push(format!("{}: no such key: {key}", file.display())),
            Some(places) if *places != args => wrong.push(format!(
                "{}: {key} wants {places:?}, is given {args:?}",
                file.display()
            )),
            Some(_) => {}
        }
    }
    for key in dynamic() {
        if !known.contains_key(&key) {
            wrong.push(format!("declared in dynamic.rs, in no file: {key}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_key_in_the_files_is_used() {
    let mut used = dynamic();
    used.extend(uses().into_iter().map(|found| found.key));
    let left: Vec<String> = keys(Lang::Fr)
        .into_keys()
        .filter(|key| !used.contains(key))
        .collect();
    assert!(left.is_empty(), "never used:\n{}", left.join("\n"));
}

/// Calls that show or speak a text, and which of their arguments it is.
const SHOWN: &[(&str, usize)] = &[
    (".label(", 0),
    (".button(", 0),
    (".heading(", 0),
    (".small_button(", 0),
    (".checkbox(", 1),
    (".radio(", 1),
    (".selectable_label(", 1),
    (".on_hover_text(", 0),
    (".on_disabled_hover_text(", 0),
    (".hint_text(", 0),
    (".accessible_name(", 0),
    (".selected_text(", 0),
    ("RichText::new(", 0),
    ("Button::new(", 0),
    ("Label::new(", 0),
    ("Window::new(", 0),
    ("display(", 1),
    ("title(", 1),
    ("heading(", 1),
    ("subheading(", 1),
    ("paragraph(", 1),
    ("strong(", 1),
    ("muted(", 1),
    ("caption(", 1),
    ("primary_button(", 1),
    ("primary_icon_button(", 2),
    ("danger_button(", 1),
    ("quiet_button(", 1),
    ("quiet_icon_button(", 2),
    ("icon_button(", 2),
    ("toggle_icon_button(", 2),
    ("nav_item(", 2),
    ("tab(", 1),
    ("field(", 1),
    ("text_field(", 1),
    ("text_field(", 3),
    ("search_field(", 1),
    ("choice(", 1),
    ("check(", 2),
    ("tag(", 1),
    ("status_chip(", 2),
    ("tag_toggle(", 1),
    ("removable_tag(", 1),
    ("removable_tag(", 2),
    ("status_dot(", 2),
    ("progress_bar(", 3),
    ("card_button(", 1),
    ("table_header(", 1),
    ("empty_state(", 1),
    ("empty_state(", 2),
    ("empty_state(", 3),
    ("message(", 2),
    ("dialogue(", 2),
];

/// Whether an argument writes letters out instead of looking them up.
fn writes_words(argument: &str) -> bool {
    let wrapped = ["&format!(", "format!(", "String::from(", "Some("];
    let mut argument = argument.trim_start_matches('&');
    while let Some(inside) = wrapped
        .iter()
        .find_map(|start| argument.strip_prefix(start))
    {
        argument = inside;
    }
    let Some(literal) = argument.strip_prefix('"') else {
        return false;
    };
    let literal = literal.split('"').next().unwrap();
    let (mut inside_braces, mut escaped) = (false, false);
    literal.chars().any(|letter| {
        match letter {
            _ if escaped => {
                escaped = false;
                return false;
            }
            '\\' => escaped = true,
            '{' => inside_braces = true,
            '}' => inside_braces = false,
            _ => {}
        }
        letter.is_alphabetic() && !inside_braces
    })
}

fn shown_literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for &(call, position) in SHOWN {
        for (at, _) in code.match_indices(call) {
            let before = code[..at].chars().next_back();
            let part_of_a_name = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let starts_a_name = call.starts_with(char::is_alphabetic);
            if starts_a_name && part_of_a_name {
                continue;
            }
            let inside = inside_parentheses(&code[at + call.len()..]);
            if let Some(argument) = arguments(inside).get(position)
                && writes_words(argument)
            {
                found.push(format!("{call}{argument}"));
            }
        }
    }
    found
}

#[test]
fn no_text_for_people_stands_in_the_code() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        for found in shown_literals(&code) {
            wrong.push(format!("{}: {found}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_literal_is_found_where_one_is_hidden() {
    let code = r#"ui.label("Bonjour"); theme::title(ui, format!("{n} pages")); ui.label(tr!(i, "key"));
        theme::icon_button(ui, Icon::X, "Fermer"); ui.label(format!("{a}: {b}")); ui.label("·\n");
        .id_salt("not shown")"#;
    assert_eq!(
        shown_literals(code),
        [
            ".label(\"Bonjour\"",
            "title(format!(\"{n} pages\")",
            "icon_button(\"Fermer\""
        ]
    );
}

#[test]
fn every_text_can_be_filled_and_shows_no_place_left_open() {
    for lang in Lang::ALL {
        let i18n = I18n::new(lang);
        for (key, places) in keys(lang) {
            let pairs: Vec<(&str, &str)> = places.iter().map(|name| (name.as_str(), "2")).collect();
            let text = i18n.find(&key, &Args::from_pairs(pairs)).unwrap();
            assert!(!text.contains("{$"), "{}: {key}: {text}", lang.code());
            assert!(!text.contains('\u{2068}'), "{key} isolates its values");
        }
    }
}
