//! Charter, plan, members and pages as Markdown that reads well anywhere.

mod plan;

use std::{collections::BTreeMap, fmt::Write as _};

use tresse_model::Line;

use crate::{
    ExportFile, MemberExport, Names, NetworkExport, decisions,
    escape::{inline, line},
    front_matter,
    words::Words,
};

/// The network, its charter, plan and members, a file each, a file for each page under `pages/` and for each meeting under
/// `meetings/`.
pub fn markdown(export: &NetworkExport) -> Vec<ExportFile> {
    let words = Words::of(export);
    let mut files = vec![
        file("network.md", network(export, words)),
        file("charter.md", charter(export, words)),
        file("plan.md", plan::plan(export, words)),
        file("members.md", members(export, words)),
    ];
    if !export.decisions.is_empty() {
        files.push(file("decisions.md", decisions::markdown(export, words)));
    }
    if !export.watch.is_empty() {
        files.push(file("watch.md", crate::watch::markdown(export, words)));
    }
    if !export.resources.is_empty() {
        files.push(file(
            "resources.md",
            crate::resources::markdown(export, words),
        ));
    }
    files.extend(crate::pulse::markdown(export, words));
    let mut names = Names::default();
    for (id, page) in &export.pages {
        let name = names.name(&page.title, "md", words.untitled);
        let front = front_matter::write(&page.title, &page.tags, id);
        files.push(file(&format!("pages/{name}"), front + &page.body));
    }
    files.extend(crate::meetings::markdown(export, words));
    files
}

fn file(path: &str, text: String) -> ExportFile {
    ExportFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    }
}

fn network(export: &NetworkExport, words: &Words) -> String {
    let network = &export.network;
    let mut text = heading(1, &network.name, words);
    facts(
        &mut text,
        &[
            (words.kind, words.say(&network.kind)),
            (words.membership, words.say(&network.membership)),
            (words.review, &network.review_date),
        ],
    );
    list(&mut text, words.purposes, &network.purposes);
    text
}

fn charter(export: &NetworkExport, words: &Words) -> String {
    let charter = &export.charter;
    let mut text = heading(1, words.charter, words);
    facts(
        &mut text,
        &[
            (words.language, &charter.language),
            (words.review, &charter.review_date),
        ],
    );
    list(&mut text, words.values, &charter.values);
    added_values(&mut text, export, words);
    prose(&mut text, words.exchange_rules, &charter.exchange_rules);
    prose(&mut text, words.decision_rule, &charter.decision_rule);
    let rule = words.decisions.charter(charter);
    if !rule.is_empty() {
        if charter.decision_rule.is_empty() {
            prose(&mut text, words.decision_rule, "\n");
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
        let rule: Vec<(&str, &str)> = rule.iter().map(|(name, said)| (*name, &**said)).collect();
        facts(&mut text, &rule);
    }
    prose(&mut text, words.text, &charter.body);
    text
}

/// What each organisation expects to gain, as its members state it.
fn added_values(text: &mut String, export: &NetworkExport, words: &Words) {
    let mut stated: BTreeMap<(bool, String), Vec<&MemberExport>> = BTreeMap::new();
    let members = export.members.iter();
    for member in members.filter(|one| !one.added_value.trim().is_empty()) {
        let name = member.organisation.trim();
        let place = stated.entry((name.is_empty(), name.to_lowercase()));
        place.or_default().push(member);
    }
    if stated.is_empty() {
        return;
    }
    push(text, format_args!("## {}\n\n", words.added_values));
    for members in stated.values() {
        let organisation = inline(&members[0].organisation);
        let organisation = if organisation.is_empty() {
            words.no_organisation.to_owned()
        } else {
            organisation
        };
        push(text, format_args!("- **{organisation}**\n"));
        for member in members {
            let (name, said) = (inline(&member.name), inline(&member.added_value));
            push(text, format_args!("  - {name}{}{said}", words.colon));
            if !member.added_value_on.is_empty() {
                let on = inline(&member.added_value_on);
                push(text, format_args!(" ({} {on})", words.looked));
            }
            text.push('\n');
        }
    }
    text.push('\n');
}

fn members(export: &NetworkExport, words: &Words) -> String {
    let mut text = heading(1, words.members, words);
    let rows = export.members.iter().map(|member| {
        [
            member.name.clone(),
            member.organisation.clone(),
            words.say(&member.engagement).to_owned(),
            member.brings.clone(),
            member.expects.clone(),
        ]
    });
    table(&mut text, words.member_columns, rows);
    text
}

/// A title, or the word for something that has none.
pub(crate) fn title_of<'a>(title: &'a str, words: &'a Words) -> &'a str {
    if title.trim().is_empty() {
        words.untitled
    } else {
        title
    }
}

pub(crate) fn heading(level: usize, title: &str, words: &Words) -> String {
    let mut title = line(title);
    if title.is_empty() {
        words.untitled.clone_into(&mut title);
    }
    // A run of # at the end of a heading is not shown, unless its first is escaped.
    let before = title.trim_end_matches('#');
    let (run, escapes) = (
        before.len(),
        before.len() - before.trim_end_matches('\\').len(),
    );
    if title.ends_with('#') && escapes.is_multiple_of(2) {
        title.insert(run, '\\');
    }
    format!("{} {title}\n\n", "#".repeat(level))
}

/// A list of what is known; what is empty is left out.
pub(crate) fn facts(text: &mut String, facts: &[(&str, &str)]) {
    let before = text.len();
    for (name, value) in facts {
        let value = inline(value);
        if !value.is_empty() {
            push(text, format_args!("- **{name}** – {value}\n"));
        }
    }
    if text.len() > before {
        text.push('\n');
    }
}

fn list(text: &mut String, title: &str, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    push(text, format_args!("## {title}\n\n"));
    for item in lines {
        push(text, format_args!("- {}\n", line(&item.text)));
    }
    text.push('\n');
}

/// Members' own Markdown, as it is.
pub(crate) fn prose(text: &mut String, title: &str, prose: &str) {
    if prose.is_empty() {
        return;
    }
    if !text.ends_with("\n\n") {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    push(text, format_args!("## {title}\n\n{prose}"));
}

pub(crate) fn table<const N: usize>(
    text: &mut String,
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    push(
        text,
        format_args!("| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(N)),
    );
    for row in rows {
        push(
            text,
            format_args!("| {} |\n", row.map(|cell| inline(&cell)).join(" | ")),
        );
    }
    text.push('\n');
}

pub(crate) fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    if text.write_fmt(what).is_err() {
        text.push_str(&what.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    fn of(export: &NetworkExport, path: &str) -> String {
        let files = markdown(export);
        text(files.iter().find(|file| file.path == path).unwrap()).to_owned()
    }

    #[test]
    fn each_thing_has_its_file_and_pages_have_names_of_their_own() {
        let files = markdown(&export());
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "network.md",
                "charter.md",
                "plan.md",
                "members.md",
                "decisions.md",
                "watch.md",
                "resources.md",
                "pages/Compte rendu – été.md",
                "pages/compte rendu – ÉTÉ (2).md"
            ]
        );
    }

    #[test]
    fn a_page_begins_with_its_title_tags_and_id_and_ends_with_its_text() {
        let export = export();
        let page = of(&export, "pages/Compte rendu – été.md");
        let id = export.pages[0].0;
        assert_eq!(
            page,
            format!(
                "---\ntitle: \"Compte rendu – été\"\ntags: [\"bilan\",\"été\"]\nid: {id}\n---\n# Présents\n\nAna, Bo\n"
            )
        );
    }

    #[test]
    fn the_charter_ends_with_its_text_as_it_is() {
        let export = export();
        let charter = of(&export, "charter.md");
        assert!(
            charter.starts_with("# Charte\n\n- **Langue** – fr\n"),
            "{charter}"
        );
        assert!(charter.contains("## Valeurs\n\n- écoute\n"));
        let values = "## Ce que chaque structure en attend\n\n- **Ateliers \\<b\\>**\n  - Ana Garçon : Du poids auprès de la \\*région\\* (revu le 2026-05-01)\n";
        assert!(charter.contains(values), "{charter}");
        assert!(charter.contains("## Règle de décision\n\nLe *consentement*.\n\n## Texte\n\n"));
        assert!(charter.ends_with(&*export.charter.body));
    }

    #[test]
    fn what_the_charter_says_of_votes_stands_below_its_words_on_deciding() {
        let mut export = export();
        export.charter.threshold = ">=2/3".to_owned();
        export.charter.quorum = "5".to_owned();
        let charter = of(&export, "charter.md");
        let said = "Le *consentement*.\n\n- **Une proposition est adoptée par** – au moins 2/3\n- **Quorum** – 5 personnes\n\n## Texte";
        assert!(charter.contains(said), "{charter}");
        export.charter.decision_rule.clear();
        let charter = of(&export, "charter.md");
        assert!(
            charter.contains("## Règle de décision\n\n- **Une proposition"),
            "{charter}"
        );
    }

    #[test]
    fn the_plan_puts_actions_under_their_objective() {
        let plan = of(&export(), "plan.md");
        let at = |text: &str| {
            plan.find(text)
                .unwrap_or_else(|| panic!("{text} in {plan}"))
        };
        assert!(at("## Se connaître") < at("| Rencontres | par an | 2 | 12 | 4 |"));
        assert!(
            at("| Rencontres")
                < at("| Écrire la charte, \"version\" 2 | Ana Garçon | 2026-11-24 | en cours |")
        );
        assert!(at("## Autres actions") < at("| =Budget \\| 2026 |  | 2026-10-31 |"));
        assert!(at("- **Durer** – Ne pas s'épuiser\n") < at("## Se connaître"));
        assert!(
            at("- **Orientation** – Durer\n")
                < at("- Rencontres, 2026-06-30 : 4 (comptées à la main)\n")
        );
        assert!(at("1.5 d | =Budget \\| 2026 |") < at("- [x] Relire\n- [ ] Envoyer\n"));
        assert!(at("| chaque mois |") < at("## Groupes de travail"));
        assert!(
            at("| Écriture | Tenir la plume | Ana Garçon | 2026-01-05 | 2026-12-31 |")
                > at("## Autres actions")
        );
        assert!(plan.contains("- **Ateliers \\<b\\>** – Former nos salariés (Se connaître)\n"));
    }

    #[test]
    fn an_english_charter_makes_an_english_export() {
        let mut export = export();
        export.charter.language = "English".to_owned();
        assert!(of(&export, "plan.md").starts_with("# Roadmap\n"));
        assert!(
            of(&export, "members.md").contains("| Ana Garçon | Ateliers \\<b\\> | volunteer |")
        );
    }

    proptest! {
        /// Whatever is typed into one-line fields, the reader of the export sees just that, in one cell.
        #[test]
        fn words_are_never_markup(words in "[ -~éà«»\n]{1,30}") {
            prop_assume!(!words.trim().is_empty());
            let expected = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut source = String::new();
            table(&mut source, ["a", "b"], [[words.clone(), "x".to_owned()]].into_iter());
            prop_assert_eq!(shown(&source), format!("[a][b][{expected}][x]"));
            let source = format!("- {}\n", line(&words));
            prop_assert_eq!(shown(&source), format!("({expected})"));
            let mut source = String::new();
            facts(&mut source, &[("a", &words)]);
            prop_assert_eq!(shown(&source), format!("(!a! – {expected})"));
            let source = heading(2, &words, Words::of(&export()));
            prop_assert_eq!(shown(&source), format!("<{expected}>"));
        }
    }

    /// What a reader sees: cells in [], list items in (), headings in <>; any other markup as !.
    fn shown(source: &str) -> String {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        Parser::new_ext(source, options)
            .map(|event| match event {
                Event::Text(text) => text.into_string(),
                Event::Start(Tag::TableCell) => "[".to_owned(),
                Event::End(TagEnd::TableCell) => "]".to_owned(),
                Event::Start(Tag::Item) => "(".to_owned(),
                Event::End(TagEnd::Item) => ")".to_owned(),
                Event::Start(Tag::Heading { .. }) => "<".to_owned(),
                Event::End(TagEnd::Heading(_)) => ">".to_owned(),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::List(None))
                | Event::End(
                    TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::List(_),
                ) => String::new(),
                _ => "!".to_owned(),
            })
            .collect()
    }
}
