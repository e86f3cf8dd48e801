//! The final report: what a network was for, who was in it, what became of its objectives, and how it ended. Made as well
//! of a network that goes on, and then it says so.

mod words;

use std::fmt::Write as _;

use crate::{
    escape::{inline, line},
    overview::{Html, or, section, words as page_words},
};

use words::{Words, words};

/// What the report says. Texts are as members wrote them; days are ISO 8601, or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FinalReport {
    /// The language of the words around the content: English where it begins as that language's name does, else French.
    pub lang: String,
    /// On which day it is made.
    pub made: String,
    /// The network's name.
    pub name: String,
    /// What it was for: known words, or free text.
    pub kinds: Vec<String>,
    /// On which day it was founded.
    pub founded: String,
    /// How it was closed; `None` where it is not.
    pub closed: Option<ClosedHow>,
    /// Its purposes.
    pub purposes: Vec<String>,
    /// Its members by organisation, as names; an empty organisation for those who name none.
    pub members: Vec<(String, Vec<String>)>,
    /// Who was a member once, by name.
    pub former: Vec<String>,
    /// What it set out to reach, and what came of it.
    pub objectives: Vec<ObjectiveLine>,
    /// What was done.
    pub done: Vec<Listed>,
    /// What was left undone.
    pub open: Vec<Listed>,
    /// What was decided.
    pub decisions: Vec<Listed>,
    /// When people met.
    pub meetings: Vec<Listed>,
    /// What they saw outside.
    pub watch: Vec<Listed>,
    /// What they offered each other.
    pub resources: Vec<Listed>,
    /// What each gave, by name. It is made visible, and compared with nobody's.
    pub contributions: Vec<GaveLine>,
    /// How many pages they wrote, which lie beside the report.
    pub pages: usize,
}

/// How a network was closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClosedHow {
    /// On which day.
    pub on: String,
    /// `purpose-met`, `no-longer-needed` or `merged`.
    pub outcome: String,
    /// The name of the network that it goes on in.
    pub into: String,
    /// What the members said of it.
    pub words: String,
    /// The title of the decision that it followed.
    pub decision: String,
    /// Who consented, by name.
    pub by: Vec<String>,
}

/// An objective and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectiveLine {
    /// Its title.
    pub title: String,
    /// Until when it was to be reached.
    pub deadline: String,
    /// Its actions that are done, and all but those given up.
    pub actions: (usize, usize),
    /// How far, in hundredths, if there is anything to go by.
    pub percent: Option<u8>,
    /// What was learned on the way, in one or several lines.
    pub learned: String,
    /// What was measured.
    pub indicators: Vec<IndicatorLine>,
}

/// An indicator, from where to where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorLine {
    /// What was measured.
    pub name: String,
    /// In what it was counted.
    pub unit: String,
    /// Where it was.
    pub baseline: String,
    /// Where it should get to.
    pub target: String,
    /// Where it got to.
    pub reached: String,
    /// On which day that was found.
    pub on: String,
}

/// What somebody gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GaveLine {
    /// Who.
    pub name: String,
    /// How much of which kind: `pages`, `actions`, `meetings`, `decisions`, `roles`, `feedback` or `answers`.
    pub given: Vec<(String, usize)>,
    /// What they say of it themselves.
    pub own: Vec<String>,
}

/// One thing in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// What it is.
    pub title: String,
    /// Whose it was, or what else is said of it.
    pub said: String,
    /// The day that counts.
    pub day: String,
}

/// The report as Markdown.
pub fn closing_markdown(report: &FinalReport) -> String {
    let words = words(&report.lang);
    let mut text = format!("# {}\n\n", line(or(&report.name, words.untitled)));
    for sentence in beginning(report, words) {
        push(&mut text, &format!("{}\n\n", inline(&sentence)));
    }
    if let Some(closed) = report
        .closed
        .as_ref()
        .filter(|one| !one.words.trim().is_empty())
    {
        for said in closed.words.lines() {
            push(&mut text, &format!("> {}\n", inline(said)));
        }
        text.push('\n');
    }
    list(
        &mut text,
        words.purposes,
        report.purposes.iter().map(|one| line(one)),
    );
    objectives_markdown(&mut text, report, words);
    for (title, things) in &lists(report, words) {
        list(
            &mut text,
            title,
            things.iter().map(|one| listed(one, words)),
        );
    }
    let members = report.members.iter().map(|(organisation, people)| {
        let organisation = or(organisation, words.no_organisation);
        format!(
            "{}{} {}",
            line(organisation),
            words.colon,
            inline(&people.join(", "))
        )
    });
    list(&mut text, words.members, members);
    list(
        &mut text,
        words.former,
        report.former.iter().map(|one| line(one)),
    );
    push(
        &mut text,
        &format!("{}\n", inline(&words.pages(report.pages))),
    );
    text
}

/// Writing to a string does not fail.
fn push(text: &mut String, more: &str) {
    text.push_str(more);
}

fn list(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    push(text, &format!("## {title}\n\n"));
    for item in items {
        push(text, &format!("- {item}\n"));
    }
    text.push('\n');
}

fn listed(one: &Listed, words: &Words) -> String {
    let mut said = line(or(&one.title, words.untitled));
    for more in [&one.said, &words.date(&one.day)] {
        if !more.is_empty() {
            let written = write!(said, " · {}", inline(more));
            debug_assert!(written.is_ok());
        }
    }
    said
}

fn objectives_markdown(text: &mut String, report: &FinalReport, words: &Words) {
    if report.objectives.is_empty() {
        return;
    }
    push(text, &format!("## {}\n\n", words.objectives));
    for objective in &report.objectives {
        push(
            text,
            &format!("### {}\n\n", line(or(&objective.title, words.untitled))),
        );
        push(text, &format!("{}\n\n", inline(&far(objective, words))));
        if let Some(heading) = learned(objective, words) {
            push(text, &format!("{heading}\n\n"));
            for said in objective.learned.lines() {
                push(text, &format!("> {}\n", inline(said)));
            }
            text.push('\n');
        }
        if objective.indicators.is_empty() {
            continue;
        }
        let [name, baseline, target, reached] = words.columns;
        push(
            text,
            &format!("| {name} | {baseline} | {target} | {reached} |\n| --- | --- | --- | --- |\n"),
        );
        for one in &objective.indicators {
            let [name, baseline, target, reached] = cells(one, words).map(|cell| inline(&cell));
            push(
                text,
                &format!("| {name} | {baseline} | {target} | {reached} |\n"),
            );
        }
        text.push('\n');
    }
}

/// How far an objective got, in words.
fn far(objective: &ObjectiveLine, words: &Words) -> String {
    let (done, total) = objective.actions;
    let mut parts = Vec::new();
    match objective.percent {
        Some(100..) => parts.push(words.reached.to_owned()),
        Some(percent) => parts.push(words.percent(percent)),
        None => parts.push(words.unknown.to_owned()),
    }
    if total > 0 {
        parts.push(words.actions_done(done, total));
    }
    if !objective.deadline.is_empty() {
        parts.push(format!(
            "{} {}",
            words.deadline,
            words.date(&objective.deadline)
        ));
    }
    parts.join(" · ")
}

/// What stands above what was learned, where something was.
fn learned(objective: &ObjectiveLine, words: &Words) -> Option<String> {
    let said = !objective.learned.trim().is_empty();
    said.then(|| format!("{}{}", words.learned, words.colon))
}

fn cells(one: &IndicatorLine, words: &Words) -> [String; 4] {
    let with_unit = |value: &str| {
        if value.is_empty() || one.unit.is_empty() {
            value.to_owned()
        } else {
            format!("{value} {}", one.unit)
        }
    };
    let mut reached = with_unit(&one.reached);
    if !reached.is_empty() && !one.on.is_empty() {
        reached = format!("{reached} ({})", words.date(&one.on));
    }
    [
        or(&one.name, words.untitled).to_owned(),
        with_unit(&one.baseline),
        with_unit(&one.target),
        reached,
    ]
}

/// The sentences above everything else: how it ended, by whom, since when it was there.
fn beginning(report: &FinalReport, words: &Words) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(closed) = &report.closed {
        said.push(words.closed(closed));
        if !closed.by.is_empty() {
            said.push(format!("{} {}.", words.by, closed.by.join(", ")));
        }
        if !closed.decision.is_empty() {
            said.push(format!(
                "{} {}",
                words.decision,
                words.quoted(&closed.decision)
            ));
        }
    } else {
        said.push(words.goes_on.to_owned());
    }
    if !report.founded.is_empty() {
        said.push(format!(
            "{} {}.",
            words.founded,
            words.date(&report.founded)
        ));
    }
    said.push(format!("{} {}.", words.made, words.date(&report.made)));
    said
}

fn lists(report: &FinalReport, words: &'static Words) -> [(&'static str, Vec<Listed>); 7] {
    let gave = report.contributions.iter().map(|one| gave(one, words));
    [
        (words.done, report.done.clone()),
        (words.decisions, report.decisions.clone()),
        (words.meetings, report.meetings.clone()),
        (words.watch, report.watch.clone()),
        (words.resources, report.resources.clone()),
        (words.contributions, gave.collect()),
        (words.open, report.open.clone()),
    ]
}

/// What somebody gave, in words.
fn gave(one: &GaveLine, words: &Words) -> Listed {
    let given = one.given.iter();
    let mut said: Vec<String> = given
        .map(|(kind, count)| format!("{}{} {count}", words.given(kind), words.colon))
        .collect();
    said.extend(one.own.iter().cloned());
    Listed {
        title: one.name.clone(),
        said: said.join(" · "),
        day: String::new(),
    }
}

/// The report as one HTML file that loads nothing and runs nothing, to read or to print.
pub fn closing_html(report: &FinalReport) -> String {
    let (words, around) = (words(&report.lang), page_words(&report.lang));
    let mut out = Html::default();
    out.begin(&report.name, around);
    out.tag("h1", "", or(&report.name, words.untitled));
    let kinds: Vec<&str> = report.kinds.iter().map(|kind| around.kind(kind)).collect();
    if !kinds.is_empty() {
        out.tag("p", "facts", &kinds.join(" · "));
    }
    for sentence in beginning(report, words) {
        out.tag("p", "made", &sentence);
    }
    out.raw("</header>\n<main>\n");
    if let Some(closed) = report
        .closed
        .as_ref()
        .filter(|one| !one.words.trim().is_empty())
    {
        out.raw("<section>\n<blockquote>");
        for said in closed.words.lines() {
            out.tag("p", "", said);
        }
        out.raw("</blockquote>\n</section>\n");
    }
    items(&mut out, words.purposes, report.purposes.iter().cloned());
    objectives_html(&mut out, report, words);
    for (title, things) in &lists(report, words) {
        table(&mut out, title, things, words);
    }
    section(&mut out, words.members, !report.members.is_empty(), |out| {
        for (organisation, people) in &report.members {
            out.tag("h3", "", or(organisation, words.no_organisation));
            out.tag("p", "", &people.join(", "));
        }
    });
    items(&mut out, words.former, report.former.iter().cloned());
    out.tag("p", "made", &words.pages(report.pages));
    out.raw("</main>\n</body>\n</html>\n");
    out.0
}

fn items(out: &mut Html, title: &str, items: impl ExactSizeIterator<Item = String>) {
    section(out, title, items.len() > 0, |out| {
        out.raw("<ul>");
        for item in items {
            out.tag("li", "", &item);
        }
        out.raw("</ul>\n");
    });
}

fn table(out: &mut Html, title: &str, things: &[Listed], words: &Words) {
    section(out, title, !things.is_empty(), |out| {
        out.raw("<table>\n");
        for one in things {
            out.raw("<tr>");
            out.tag("th", "", or(&one.title, words.untitled));
            out.tag("td", "", &one.said);
            out.tag("td", "day", &words.date(&one.day));
            out.raw("</tr>\n");
        }
        out.raw("</table>\n");
    });
}

fn objectives_html(out: &mut Html, report: &FinalReport, words: &Words) {
    section(
        out,
        words.objectives,
        !report.objectives.is_empty(),
        |out| {
            for objective in &report.objectives {
                out.tag("h3", "", or(&objective.title, words.untitled));
                out.tag("p", "", &far(objective, words));
                if let Some(heading) = learned(objective, words) {
                    out.tag("p", "", &heading);
                    out.raw("<blockquote>");
                    for said in objective.learned.lines() {
                        out.tag("p", "", said);
                    }
                    out.raw("</blockquote>\n");
                }
                if objective.indicators.is_empty() {
                    continue;
                }
                out.raw("<table>\n<tr>");
                for column in words.columns {
                    out.tag("th", "", column);
                }
                out.raw("</tr>\n");
                for one in &objective.indicators {
                    out.raw("<tr>");
                    for cell in cells(one, words) {
                        out.tag("td", "", &cell);
                    }
                    out.raw("</tr>\n");
                }
                out.raw("</table>\n");
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> FinalReport {
        FinalReport {
            lang: "fr".to_owned(),
            made: "2026-11-28".to_owned(),
            name: "Réseau <b>du</b> *val*".to_owned(),
            founded: "2023-02-01".to_owned(),
            closed: Some(ClosedHow {
                on: "2026-11-01".to_owned(),
                outcome: "merged".to_owned(),
                into: "Le Grand Réseau".to_owned(),
                words: "Merci.\n# À bientôt".to_owned(),
                decision: "Fait-on le point ?".to_owned(),
                by: vec!["Ana".to_owned(), "Bo".to_owned()],
            }),
            purposes: vec!["1. Un | guide".to_owned()],
            members: vec![
                ("L’Atelier".to_owned(), vec!["Ana".to_owned()]),
                (String::new(), vec!["Bo".to_owned(), "<script>".to_owned()]),
            ],
            objectives: vec![ObjectiveLine {
                title: "Un guide".to_owned(),
                deadline: "2026-06-01".to_owned(),
                actions: (2, 3),
                percent: Some(80),
                learned: "Partir des lecteurs.\nUn <i>mot</i> à la fois.".to_owned(),
                indicators: vec![IndicatorLine {
                    name: "Lecteurs".to_owned(),
                    unit: "personnes".to_owned(),
                    baseline: "0".to_owned(),
                    target: "100".to_owned(),
                    reached: "80".to_owned(),
                    on: "2026-10-01".to_owned(),
                }],
            }],
            done: vec![Listed {
                title: "Écrire".to_owned(),
                said: "Ana".to_owned(),
                day: "2026-05-02".to_owned(),
            }],
            contributions: vec![GaveLine {
                name: "Bo".to_owned(),
                given: vec![("pages".to_owned(), 3), ("actions".to_owned(), 1)],
                own: vec!["Le café".to_owned()],
            }],
            pages: 3,
            ..FinalReport::default()
        }
    }

    #[test]
    fn it_says_how_the_network_ended_and_what_came_of_its_objectives() {
        for text in [closing_markdown(&report()), closing_html(&report())] {
            for said in [
                "1er novembre 2026",
                "Le Grand Réseau",
                "Ana, Bo",
                "80 personnes",
                "2 actions sur 3",
                "Ce que nous avons appris :",
                "Partir des lecteurs.",
                "Écrire",
                "3 pages",
                "Pages : 3 · Actions : 1 · Le café",
            ] {
                assert!(text.contains(said), "{said} in {text}");
            }
        }
    }

    #[test]
    fn what_members_wrote_is_words_in_both_and_an_empty_list_leaves_no_heading() {
        let (markdown, html) = (closing_markdown(&report()), closing_html(&report()));
        assert!(markdown.starts_with("# Réseau \\<b\\>du\\</b\\> \\*val\\*\n"));
        assert!(markdown.contains("\n> # À bientôt\n") && markdown.contains("- 1\\. Un \\| guide"));
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
        assert!(markdown.contains("\n> Un \\<i\\>mot\\</i\\> à la fois.\n"));
        assert!(html.contains("Un &lt;i&gt;mot&lt;/i&gt; à la fois."));
        assert!(!html.contains("http://") && !html.contains("https://"));
        assert!(html.contains("default-src 'none'"));
        for text in [markdown, html] {
            assert!(!text.contains("Décisions") && !text.contains("Rencontres"));
        }
    }

    #[test]
    fn of_a_network_that_goes_on_it_says_so_in_both_languages() {
        let open = |lang: &str| FinalReport {
            lang: lang.to_owned(),
            closed: None,
            ..report()
        };
        assert!(closing_markdown(&open("fr")).contains("Ce réseau est ouvert"));
        assert!(closing_html(&open("English")).contains("This network is open"));
        assert!(closing_html(&open("English")).contains("What we learned:"));
        let mut nothing = open("en");
        nothing.objectives[0].learned = " \n".to_owned();
        assert!(!closing_markdown(&nothing).contains("What we learned"));
        let met = FinalReport {
            closed: Some(ClosedHow {
                on: "2026-11-01".to_owned(),
                outcome: "purpose-met".to_owned(),
                ..ClosedHow::default()
            }),
            ..open("en")
        };
        assert!(closing_markdown(&met).contains("its purpose is met"));
    }
}
