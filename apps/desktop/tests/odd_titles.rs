//! Odd titles, put into every kind of thing and looked at in every view on a small screen: nothing breaks, and nothing is laid out
//! wider than the window. With `ODD_PICTURES` naming a folder, the picture of each view is put there, to be looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, seed};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::NodeT as _;
use serde_json::{Value, json};
use support::{Look, looking};
use tresse_engine::{Command, Engine, model::TITLE_MAX};

/// A title that is odd, by a name for it.
struct Odd {
    name: &'static str,
    title: String,
}

fn odd() -> Vec<Odd> {
    let all = [
        ("one-word", "x".repeat(TITLE_MAX)),
        ("long", "Un intitulé qui n’en finit pas, ".repeat(20)),
        (
            "right-to-left",
            "شبكة القراءة والكتابة في الوادي — רשת הקריאה והכתיבה בעמק (2027)".into(),
        ),
        (
            "emoji",
            "👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷🇧🇪 👍🏽 fête 🧶".repeat(6),
        ),
        (
            "accents",
            format!("Z{} e\u{301}te\u{301} n\u{303}", "\u{301}\u{327}\u{30a}".repeat(30)),
        ),
        (
            "control",
            "Première\nligne\r\n\tsuite\u{0}\u{7}\u{1b}[31m\u{202e}à l’envers\u{202c}\u{feff}\u{200b}fin\u{2028}et\u{85}voilà".into(),
        ),
    ];
    let cut = |title: String| title.chars().take(TITLE_MAX).collect();
    let all = all.map(|(name, title)| Odd {
        name,
        title: cut(title),
    });
    all.into()
}

/// The longest title allowed that begins with a mark by which a test finds it.
fn marked(mark: &str, title: &str) -> String {
    format!("{mark} {title}").chars().take(TITLE_MAX).collect()
}

fn call(engine: &Engine, command: &Value) -> Value {
    let command = Command::parse(&command.to_string()).unwrap();
    engine.call(command).unwrap()
}

/// Ana's network with this title on every kind of thing there is.
fn fill(engine: &Engine, title: &str) {
    let view = engine.fresh_view().unwrap();
    let (network, me) = (view.networks[0].id, view.me.member);
    let set = |command: &str, fields: Value| {
        let mut all = json!({ "command": command, "network": network });
        all.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        call(engine, &all)
    };
    set(
        "network.set",
        json!({ "field": "name", "value": marked("Rs", title) }),
    );
    set("purpose.add", json!({ "text": title }));
    set("value.add", json!({ "text": title }));
    let heading = title.lines().next().unwrap_or_default();
    set(
        "charter.edit",
        json!({ "text": format!("# {heading}\n\n{title}\n") }),
    );
    set("profile.set", json!({ "field": "name", "value": title }));
    set(
        "profile.set",
        json!({ "field": "organisation", "value": title }),
    );
    set("own-objective.add", json!({ "text": title }));
    plan(&set, title, &me.to_string());
    // A role stands on one line, and has fewer letters.
    let letters = title.trim().chars().filter(|one| !one.is_control());
    let role: String = letters.take(14).collect();
    let role = role.trim();
    set(
        "mandate.give",
        json!({ "role": role, "holder": me, "from": "2026-01-05" }),
    );
    set(
        "page.create",
        json!({ "title": marked("Pg", title), "tags": [title.chars().take(60).collect::<String>()], "text": title }),
    );
    set(
        "series.add",
        json!({ "title": marked("Rg", title), "rhythm": "1 weeks tue", "from": "2093-01-01", "until": "2093-02-01" }),
    );
    let meeting = set(
        "meeting.create",
        json!({ "title": marked("Rc", title), "on": "2093-03-03", "place": title }),
    );
    let meeting = meeting["meeting"].clone();
    set(
        "agenda.add",
        json!({ "meeting": meeting, "title": title, "length": 10 }),
    );
    let brought = set(
        "agenda.add",
        json!({ "meeting": meeting, "title": title, "length": 10 }),
    );
    set(
        "agenda.bring",
        json!({ "meeting": meeting, "item": brought["item"], "member": me, "what": title, "off": false }),
    );
    set(
        "meeting.edit",
        json!({ "meeting": meeting, "text": format!("- {heading}\n") }),
    );
    set(
        "meeting.make",
        json!({ "meeting": meeting, "line": heading, "what": "action" }),
    );
    set("round.say", json!({ "meeting": meeting, "word": role }));
    decisions(&set, title);
    set("pulse.begin", json!({ "rhythm": "yearly" }));
    set("question.ask", json!({ "text": title }));
    set("contribution.add", json!({ "text": title }));
}

fn plan(set: &impl Fn(&str, Value) -> Value, title: &str, me: &str) {
    let orientation = set("orientation.add", json!({ "title": title, "words": title }));
    let objective = set(
        "objective.add",
        json!({ "title": marked("Ob", title), "means": title, "orientation": orientation["orientation"] }),
    );
    let objective = objective["objective"].clone();
    set(
        "indicator.add",
        json!({ "objective": objective, "name": title, "target": "9", "unit": title }),
    );
    let action = set(
        "action.add",
        json!({ "title": marked("Ac", title), "objective": objective, "owner": me, "due": "2026-12-12", "territory": title }),
    );
    let action = action["action"].clone();
    set("check.add", json!({ "action": action, "text": title }));
    let group = set(
        "group.add",
        json!({ "name": marked("Gr", title), "remit": title }),
    );
    set(
        "group.member",
        json!({ "group": group["group"], "member": me, "off": false }),
    );
    set(
        "action.set",
        json!({ "action": action, "field": "working_group", "value": group["group"] }),
    );
    set("filter.save", json!({ "name": title, "text": "x" }));
}

fn decisions(set: &impl Fn(&str, Value) -> Value, title: &str) {
    for (mark, template) in [("Dc", "criteria"), ("Dv", "choose-ranked")] {
        let decision = set(
            "decision.create",
            json!({ "title": marked(mark, title), "template": template, "question": title }),
        );
        let decision = decision["decision"].clone();
        set("option.add", json!({ "decision": decision, "text": title }));
        set(
            "option.add",
            json!({ "decision": decision, "text": format!("2 {title}").chars().take(TITLE_MAX).collect::<String>() }),
        );
        if template == "criteria" {
            set(
                "criterion.add",
                json!({ "decision": decision, "text": title }),
            );
        }
        set("decision.start", json!({ "decision": decision }));
        if template == "criteria" {
            set(
                "decision.set",
                json!({ "decision": decision, "field": "step", "value": "confront" }),
            );
        }
    }
}

/// A walk over every view.
struct Walk {
    desk: Desk,
    odd: &'static str,
    wide: Vec<String>,
}

impl Walk {
    /// What is laid out to the right of the window is noted.
    fn looks(&mut self, what: &str) {
        self.desk.settle();
        self.picture(what);
        // These scroll sideways, each with a bar of its own.
        if ["Par avancement", "Dc"].contains(&what) {
            return;
        }
        // Places are told in the window's own measure: in a room all is drawn larger than it is laid out.
        let ctx = &self.desk.harness.ctx;
        let right = f64::from(ctx.content_rect().right() * ctx.zoom_factor());
        for node in self.desk.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let end = node.bounding_box().map_or(0.0, |place| place.x1);
            // The letters inside a field of one line go on behind its end.
            if end <= right + 0.5 || node.role() == Role::TextRun {
                continue;
            }
            let label = node.label().or_else(|| node.value()).unwrap_or_default();
            let label: String = label.chars().take(30).collect();
            let odd = self.odd;
            self.wide
                .push(format!("{odd}: {what}: « {label} » to {end}"));
        }
    }

    /// Keeps a picture, where somebody wants to look at it.
    fn picture(&mut self, what: &str) {
        let word: String = what.chars().filter(char::is_ascii_alphanumeric).collect();
        if let Ok(dir) = std::env::var("ODD_PICTURES") {
            let picture = self.desk.harness.render().unwrap();
            picture
                .save(format!("{dir}/{}-{word}.png", self.odd))
                .unwrap();
        }
    }

    fn goes(&mut self, names: &[&str]) {
        for name in names {
            self.desk.click(name);
            self.looks(name);
        }
    }

    /// Clicks on what has this mark in its name.
    fn marked(&mut self, mark: &str) {
        let usable = |role| egui::accessibility::is_input(role) || role == Role::Tab;
        let name = {
            let mut all = self.desk.harness.root().children_recursive();
            all.find_map(|node| {
                let node = node.accesskit_node();
                let called = |label: &String| looking::plain(label).contains(&format!("{mark} "));
                let label = node.label().filter(called);
                label.filter(|_| usable(node.role()))
            })
        };
        let Some(name) = name else {
            panic!(
                "nothing is marked {mark}: {}",
                looking::all_texts(&self.desk.harness)
            );
        };
        self.desk.click(&name);
        self.looks(mark);
    }

    fn everywhere(&mut self) {
        self.looks("home");
        self.goes(&["Vue d’ensemble", "Faire le point"]);
        self.goes(&["Charte", "Texte", "Historique"]);
        self.desk.press(Modifiers::NONE, Key::Escape);
        self.goes(&["Plan d’action", "Feuille de route", "Tableau"]);
        self.marked("Ouvrir l’action « Ac");
        self.desk.press(Modifiers::NONE, Key::Escape);
        self.goes(&["Frise", "Calendrier", "Cohérence", "Groupes"]);
        self.marked("Gr");
        self.goes(&["Historique"]);
        self.desk.press(Modifiers::NONE, Key::Escape);
        self.goes(&["Rencontres"]);
        self.marked("Rc");
        self.goes(&["Préparer", "Ordre du jour", "Trace", "Présences", "Clôture"]);
        self.goes(&["Plein écran pour la salle"]);
        self.desk.press(Modifiers::NONE, Key::Escape);
        self.goes(&["Rencontres régulières", "Décisions"]);
        self.marked("Dc");
        self.marked("Dv");
        self.goes(&["Bibliothèque"]);
        self.marked("Pg");
        self.goes(&["Membres", "Rôles et pilotage"]);
        self.goes(&["Évaluation", "Baromètre", "Coopérer", "Contributions"]);
        self.desk.press(Modifiers::COMMAND, Key::K);
        self.looks("palette");
        self.desk.press(Modifiers::NONE, Key::Escape);
        self.goes(&["Plan d’action", "Par avancement"]);
    }
}

fn walk(odd: &Odd) -> Walk {
    let mut desk = Desk::of_ana(Look::PLAIN, |engine| {
        seed::network(engine);
    });
    // A machine draws every script with its own fonts; the one that takes pictures has only those of the window.
    let tofu = egui::epaint::text::MissingGlyphPolicy::Tofu;
    desk.harness.ctx.set_missing_glyph_policy(tofu);
    fill(desk.engine(), &odd.title);
    desk.settle();
    Walk {
        desk,
        odd: odd.name,
        wide: Vec::new(),
    }
}

/// Nothing is laid out wider than the window, in any view.
fn fits_everywhere(name: &str) {
    let odd = odd().into_iter().find(|odd| odd.name == name).unwrap();
    let mut walk = walk(&odd);
    walk.everywhere();
    assert!(walk.wide.is_empty(), "{}", walk.wide.join("\n"));
}

#[test]
fn the_longest_word_there_can_be_stays_within_the_window() {
    fits_everywhere("one-word");
}

#[test]
fn the_longest_title_there_can_be_stays_within_the_window() {
    fits_everywhere("long");
}

#[test]
fn arabic_and_hebrew_stay_within_the_window() {
    fits_everywhere("right-to-left");
}

#[test]
fn families_flags_and_skins_of_emoji_stay_within_the_window() {
    fits_everywhere("emoji");
}

#[test]
fn letters_with_many_accents_stay_within_the_window() {
    fits_everywhere("accents");
}

#[test]
fn ends_of_lines_and_marks_of_control_in_a_title_break_no_view() {
    fits_everywhere("control");
}

/// Writes ten thousand letters where a new thing is named and asks for it: it is refused there, and they stay.
fn is_refused_in_place(desk: &mut Desk, field: &str) {
    let long = "é".repeat(10_000);
    desk.write(field, &long);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until(field, |desk| {
        desk.reads("Un titre a 500 caractères au plus, celui-ci en a 10 000")
    });
    assert_eq!(desk.value(field), long, "{field}: what was typed stays");
    desk.press(Modifiers::NONE, Key::Escape);
    let close = "Fermer ce message";
    while desk.has(close) {
        desk.click(close);
    }
    desk.write(field, " ");
}

#[test]
fn a_title_of_ten_thousand_letters_is_refused_where_it_is_written_and_stays_there() {
    let mut desk = Desk::of_ana(
        Look {
            dark: false,
            size: [1280, 1600],
        },
        |engine| {
            let network = seed::network(engine);
            let call = |command: &Value| call(engine, command);
            call(
                &json!({ "command": "meeting.create", "network": network, "title": "Comité", "on": "2093-03-03" }),
            );
            let decision = call(
                &json!({ "command": "decision.create", "network": network, "title": "Choix", "template": "choose-simple" }),
            );
            call(
                &json!({ "command": "decision.open", "network": network, "decision": decision["decision"] }),
            );
            call(&json!({ "command": "pulse.begin", "network": network, "rhythm": "yearly" }));
        },
    );
    let before = {
        let view = desk.engine().fresh_view().unwrap();
        view.networks[0].plan.content.clone()
    };
    for (places, field) in [
        (["Plan d’action", "Tableau"].as_slice(), "Nouvelle action"),
        (&["Feuille de route"], "Nouvel objectif"),
        (&[], "Nouvelle orientation"),
        (&["Groupes"], "Nouveau groupe de travail"),
        (&["Cohérence"], "Un objectif de ma structure"),
        (
            &["Rencontres", "Rencontres régulières"],
            "Nom de la rencontre régulière",
        ),
        (
            &["Ouvrir « Comité », mardi 3 mars 2093", "Ordre du jour"],
            "Nouveau point",
        ),
        (&["Décisions"], ""),
        (
            &[
                "Évaluation",
                "Baromètre",
                "Changer les questions et le rythme",
            ],
            "Nouvelle question",
        ),
    ] {
        for place in places {
            desk.click(place);
        }
        if field.is_empty() {
            let row = desk.text_from("Choix, ").unwrap();
            desk.click(&row);
            desk.until("it is open", |desk| desk.has("Ajouter une option"));
            is_refused_in_place(&mut desk, "Ajouter une option");
            continue;
        }
        is_refused_in_place(&mut desk, field);
    }
    let view = desk.engine().fresh_view().unwrap();
    assert_eq!(view.networks[0].plan.content, before, "nothing was made");
}
