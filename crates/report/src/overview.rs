//! A network on one page: one HTML file with everything in it, to read in a browser or to print on A4.
//!
//! What members wrote is text in it, never markup; it loads nothing and runs nothing, which its own policy says to the browser too.

use std::fmt::Write as _;

use tresse_model::Photo;

/// What the page says. Texts are as members wrote them; days are ISO 8601, or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverviewPage {
    /// The language of the words around the content: English where it begins as that language's name does, else French.
    pub lang: String,
    /// On which day it is made.
    pub made: String,
    /// The network's name.
    pub name: String,
    /// What it is for: known words, or free text.
    pub kinds: Vec<String>,
    /// `open`, `closed` or empty.
    pub membership: String,
    /// When it will be reviewed.
    pub review_date: String,
    /// Its purposes.
    pub purposes: Vec<String>,
    /// Its people, by organisation; an empty name for those who name none.
    pub directory: Vec<(String, Vec<Person>)>,
    /// Who holds which role: the role, who, and until which day.
    pub mandates: Vec<Row>,
    /// Objectives: the title, how far in words of numbers (`3/5`), and the deadline; `percent` where it is known.
    pub objectives: Vec<Row>,
    /// The next meeting: its title, the time and place, and on which day.
    pub next_meeting: Vec<Row>,
    /// What waits to be decided: the title of each.
    pub open_decisions: Vec<Row>,
    /// What closed lately: the title, whose it was, and on which day.
    pub closed: Vec<Row>,
    /// Ties to other networks.
    pub ties: Vec<Tie>,
}

/// Somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// `volunteer`, `employee` or free text.
    pub engagement: String,
    /// What they bring.
    pub brings: String,
    /// What they expect.
    pub expects: String,
    /// What their organisation expects to gain.
    pub added_value: String,
    /// When they last looked at that.
    pub added_value_on: String,
    /// Their picture; their initials stand in for it.
    pub photo: Option<Photo>,
}

/// A line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub title: String,
    /// What is said of it: a name, or numbers.
    pub said: String,
    /// The day that counts.
    pub day: String,
    /// How far, in hundredths.
    pub percent: Option<u8>,
}

/// A tie to another network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tie {
    /// `part-of`, `has-part` or `partner`.
    pub kind: String,
    /// The other's name.
    pub name: String,
    /// What else is said of it.
    pub words: String,
}

/// The page as one HTML file.
pub fn overview(page: &OverviewPage) -> String {
    let words = words(&page.lang);
    let mut out = Html::default();
    out.begin(&page.name, words);
    out.tag("h1", "", or(&page.name, words.untitled));
    facts(&mut out, page, words);
    out.raw("</header>\n<main>\n");
    section(&mut out, words.purposes, !page.purposes.is_empty(), |out| {
        out.raw("<ul>");
        for purpose in &page.purposes {
            out.tag("li", "", purpose);
        }
        out.raw("</ul>\n");
    });
    rows(
        &mut out,
        words.objectives,
        &page.objectives,
        words.until,
        words,
    );
    rows(
        &mut out,
        words.next_meeting,
        &page.next_meeting,
        words.on,
        words,
    );
    rows(
        &mut out,
        words.open_decisions,
        &page.open_decisions,
        words.on,
        words,
    );
    rows(&mut out, words.mandates, &page.mandates, words.until, words);
    section(&mut out, words.ties, !page.ties.is_empty(), |out| {
        out.raw("<ul>");
        for tie in &page.ties {
            out.raw("<li>");
            out.raw(words.tie(&tie.kind));
            out.raw(" ");
            out.tag("strong", "", &tie.name);
            if !tie.words.trim().is_empty() {
                out.raw(" – ");
                out.text(&tie.words);
            }
            out.raw("</li>");
        }
        out.raw("</ul>\n");
    });
    rows(&mut out, words.closed, &page.closed, words.on, words);
    section(
        &mut out,
        words.directory,
        !page.directory.is_empty(),
        |out| {
            for (organisation, people) in &page.directory {
                out.tag("h3", "", or(organisation, words.no_organisation));
                out.raw("<div class=\"people\">\n");
                for person in people {
                    one(out, person, words);
                }
                out.raw("</div>\n");
            }
        },
    );
    out.raw("</main>\n</body>\n</html>\n");
    out.0
}

fn facts(out: &mut Html, page: &OverviewPage, words: &Words) {
    let kinds: Vec<&str> = page.kinds.iter().map(|kind| words.kind(kind)).collect();
    let people: usize = page.directory.iter().map(|(_, people)| people.len()).sum();
    let named = page.directory.iter();
    let organisations = named.filter(|(name, _)| !name.is_empty()).count();
    let mut said = vec![kinds.join(" · ")];
    said.push(format!("{people} {}", words.count(people, words.members)));
    if organisations > 0 {
        let noun = words.count(organisations, words.organisations);
        said.push(format!("{organisations} {noun}"));
    }
    said.push(words.membership(&page.membership).to_owned());
    if !page.review_date.is_empty() {
        said.push(format!(
            "{} {}",
            words.review,
            words.date(&page.review_date)
        ));
    }
    said.retain(|one| !one.is_empty());
    out.tag("p", "facts", &said.join("  |  "));
    out.tag(
        "p",
        "made",
        &format!("{} {}", words.made, words.date(&page.made)),
    );
}

pub(crate) fn section(out: &mut Html, title: &str, any: bool, add: impl FnOnce(&mut Html)) {
    if any {
        out.raw("<section>\n");
        out.tag("h2", "", title);
        add(out);
        out.raw("</section>\n");
    }
}

fn rows(out: &mut Html, title: &str, rows: &[Row], before: &str, words: &Words) {
    section(out, title, !rows.is_empty(), |out| {
        // Where titles are all there is to say, they have the whole width.
        let alone = |row: &Row| row.said.is_empty() && row.day.is_empty() && row.percent.is_none();
        if rows.iter().all(alone) {
            out.raw("<table class=\"rows alone\">\n");
        } else {
            out.raw("<table class=\"rows\">\n");
        }
        for row in rows {
            out.raw("<tr>");
            out.tag("th", "", or(&row.title, words.untitled));
            out.raw("<td>");
            if let Some(percent) = row.percent {
                let percent = percent.min(100);
                let bar = format!("<i class=\"bar\"><b style=\"width:{percent}%\"></b></i>");
                out.raw(&bar);
            }
            out.text(&row.said);
            out.raw("</td>");
            let day = if row.day.is_empty() {
                String::new()
            } else {
                format!("{before} {}", words.date(&row.day))
            };
            out.tag("td", "day", &day);
            out.raw("</tr>\n");
        }
        out.raw("</table>\n");
    });
}

fn one(out: &mut Html, person: &Person, words: &Words) {
    out.raw("<article>");
    match &person.photo {
        Some(photo) => {
            out.raw("<img alt=\"\" src=\"");
            out.raw(&photo.data_uri());
            out.raw("\">");
        }
        None => out.tag("span", "initials", &initials(&person.name)),
    }
    out.raw("<div>");
    out.tag("strong", "", &person.name);
    if !person.engagement.is_empty() {
        out.raw(" ");
        out.tag("small", "", words.engagement(&person.engagement));
    }
    for (label, text) in [
        (words.brings, &person.brings),
        (words.expects, &person.expects),
    ] {
        if !text.trim().is_empty() {
            out.raw("<p>");
            out.tag("em", "", label);
            out.raw(" ");
            out.text(text);
            out.raw("</p>");
        }
    }
    if !person.added_value.trim().is_empty() {
        out.raw("<p>");
        out.tag("em", "", words.added_value);
        out.raw(" ");
        out.text(&person.added_value);
        if !person.added_value_on.is_empty() {
            let on = words.date(&person.added_value_on);
            out.raw(" ");
            out.tag("small", "", &format!("({} {on})", words.looked));
        }
        out.raw("</p>");
    }
    out.raw("</div></article>\n");
}

/// The first letters of a name's first two words.
fn initials(name: &str) -> String {
    let words = name.split_whitespace();
    let letters = words.filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    letters.take(2).flat_map(char::to_uppercase).collect()
}

pub(crate) fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.trim().is_empty() { other } else { text }
}

/// HTML in the making: what comes from members goes in as text.
#[derive(Default)]
pub(crate) struct Html(pub(crate) String);

impl Html {
    /// The head of a page that loads nothing and runs nothing, down to where its own header begins.
    pub(crate) fn begin(&mut self, title: &str, words: &Words) {
        self.raw("<!DOCTYPE html>\n<html lang=\"");
        self.raw(words.lang);
        self.raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.tag("title", "", title);
        self.raw("\n<style>");
        self.raw(STYLE);
        self.raw("</style>\n</head>\n<body>\n<p class=\"hint\">");
        self.raw(words.hint);
        self.raw("</p>\n<header>\n");
    }

    /// Markup of our own.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Somebody's words. Each runs in its own direction and breaks nothing beside it.
    pub(crate) fn text(&mut self, text: &str) {
        self.raw("<bdi>");
        self.escaped(text);
        self.raw("</bdi>");
    }

    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                '\n' | '\t' => self.0.push(' '),
                control if control.is_control() => {}
                letter => self.0.push(letter),
            }
        }
    }

    /// An element that holds somebody's words.
    pub(crate) fn tag(&mut self, name: &str, class: &str, text: &str) {
        // Writing to a string does not fail.
        let opened = if class.is_empty() {
            write!(self.0, "<{name} dir=\"auto\">")
        } else {
            write!(self.0, "<{name} dir=\"auto\" class=\"{class}\">")
        };
        debug_assert!(opened.is_ok());
        self.escaped(text);
        let closed = write!(self.0, "</{name}>");
        debug_assert!(closed.is_ok());
    }
}

const STYLE: &str = "
@page { size: A4; margin: 16mm; }
body { font: 11pt/1.45 'Atkinson Hyperlegible Next', 'Segoe UI', 'DejaVu Sans', sans-serif; color: #1f2933; background: #fff;
  max-width: 178mm; margin: 8mm auto; padding: 0 4mm; overflow-wrap: anywhere; }
h1 { font-size: 21pt; line-height: 1.2; margin: 0 0 1mm; }
h2 { font-size: 13.5pt; margin: 0 0 2mm; padding-bottom: 1mm; border-bottom: .3mm solid #c8d0d8; break-after: avoid; }
h3 { font-size: 11pt; margin: 3mm 0 1mm; color: #47535f; break-after: avoid; }
section { margin-top: 7mm; }
ul { margin: 0; padding-inline: 5mm; }
p { margin: .5mm 0; }
.facts { color: #47535f; } .made, .hint, small { color: #5c6873; font-size: 9.5pt; }
table { width: 100%; border-collapse: collapse; } .rows { table-layout: fixed; }
th, td { text-align: start; vertical-align: top; padding: 1mm 3mm 1mm 0; font-weight: normal; }
th { width: 52%; } .day { white-space: nowrap; text-align: end; color: #47535f; font-size: 10pt; padding-right: 0; }
.rows th { width: 43%; } .rows .day { width: 29%; } .alone th { width: 100%; padding-right: 0; } .alone td { display: none; }
tr { break-inside: avoid; } tr + tr th, tr + tr td { border-top: .2mm solid #e4e8ec; }
.bar { display: inline-block; width: 24mm; height: 2.2mm; margin-right: 2mm; background: #e4e8ec; border-radius: 1mm; overflow: hidden;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar b { display: block; height: 100%; background: #2b6f77; }
.people { display: grid; grid-template-columns: 1fr 1fr; gap: 2mm 6mm; }
article { display: flex; gap: 3mm; break-inside: avoid; font-size: 10pt; } article:only-child { grid-column: 1 / -1; }
article img, .initials { flex: none; width: 12mm; height: 12mm; border-radius: 50%; }
.initials { display: flex; align-items: center; justify-content: center; box-sizing: border-box; border: .5mm solid #2b6f77; font-weight: bold; }
em { font-style: normal; color: #5c6873; }
.hint { background: #eef3f4; padding: 2mm 3mm; border-radius: 1.5mm; margin-bottom: 6mm; }
@media print { .hint { display: none; } body { margin: 0; padding: 0; max-width: none; } }
@media (max-width: 150mm) { .people { grid-template-columns: 1fr; } .rows .day { white-space: normal; } }
";

pub(crate) struct Words {
    lang: &'static str,
    hint: &'static str,
    untitled: &'static str,
    made: &'static str,
    review: &'static str,
    purposes: &'static str,
    objectives: &'static str,
    mandates: &'static str,
    ties: &'static str,
    closed: &'static str,
    next_meeting: &'static str,
    open_decisions: &'static str,
    directory: &'static str,
    no_organisation: &'static str,
    brings: &'static str,
    expects: &'static str,
    added_value: &'static str,
    looked: &'static str,
    until: &'static str,
    on: &'static str,
    members: [&'static str; 2],
    organisations: [&'static str; 2],
    kinds: [&'static str; 5],
    memberships: [&'static str; 2],
    engagements: [&'static str; 2],
    ties_of: [&'static str; 3],
    /// What follows the first day of a month.
    first: &'static str,
    months: [&'static str; 12],
}

impl Words {
    fn count(&self, count: usize, nouns: [&'static str; 2]) -> &'static str {
        let one = count == 1 || (count == 0 && self.lang == "fr");
        nouns[usize::from(!one)]
    }

    pub(crate) fn kind<'a>(&'a self, word: &'a str) -> &'a str {
        match word {
            "produce" => self.kinds[0],
            "defend" => self.kinds[1],
            "share-practice" => self.kinds[2],
            "pool-means" => self.kinds[3],
            "mutual-learning" => self.kinds[4],
            other => other,
        }
    }

    fn membership(&self, word: &str) -> &'static str {
        match word {
            "open" => self.memberships[0],
            "closed" => self.memberships[1],
            _ => "",
        }
    }

    fn engagement<'a>(&'a self, word: &'a str) -> &'a str {
        match word {
            "volunteer" => self.engagements[0],
            "employee" => self.engagements[1],
            other => other,
        }
    }

    fn tie(&self, word: &str) -> &'static str {
        match word {
            "part-of" => self.ties_of[0],
            "has-part" => self.ties_of[1],
            _ => self.ties_of[2],
        }
    }

    /// A day as people write it; what is none, as it is.
    pub(crate) fn date(&self, day: &str) -> String {
        let Ok(date) = day.parse::<jiff::civil::Date>() else {
            return day.to_owned();
        };
        let month = self.months[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1];
        let first = if date.day() == 1 { self.first } else { "" };
        format!("{}{first} {month} {}", date.day(), date.year())
    }
}

/// The words of the page in this language.
pub(crate) fn words(lang: &str) -> &'static Words {
    let lang = lang.trim().to_lowercase();
    if lang.starts_with("en") || lang.starts_with("angl") {
        &ENGLISH
    } else {
        &FRENCH
    }
}

static FRENCH: Words = Words {
    lang: "fr",
    hint: "Pour imprimer cette page : Ctrl + P (ou « Imprimer » dans le menu du navigateur).",
    untitled: "Sans titre",
    made: "Vue d’ensemble au",
    review: "à réexaminer le",
    purposes: "Finalités",
    objectives: "Objectifs",
    mandates: "Mandats en cours",
    ties: "Liens avec d’autres réseaux",
    closed: "Achevé ces trois derniers mois",
    next_meeting: "Prochaine rencontre",
    open_decisions: "À décider",
    directory: "Membres et structures",
    no_organisation: "Sans structure indiquée",
    brings: "Apporte :",
    expects: "Attend :",
    added_value: "Sa structure attend du réseau :",
    looked: "revu le",
    until: "jusqu’au",
    on: "le",
    members: ["membre", "membres"],
    organisations: ["structure", "structures"],
    kinds: [
        "Produire ensemble",
        "Défendre une cause",
        "Échanger sur les pratiques",
        "Mutualiser des moyens",
        "Apprendre les uns des autres",
    ],
    memberships: ["adhésion ouverte", "adhésion fermée"],
    engagements: ["bénévole", "salarié·e"],
    ties_of: ["Fait partie de", "Comprend", "Partenaire de"],
    first: "er",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

static ENGLISH: Words = Words {
    lang: "en",
    hint: "To print this page: Ctrl + P (or “Print” in the browser’s menu).",
    untitled: "Untitled",
    made: "Overview on",
    review: "to be reviewed on",
    purposes: "Purposes",
    objectives: "Objectives",
    mandates: "Current mandates",
    ties: "Ties to other networks",
    closed: "Finished in the last three months",
    next_meeting: "Next meeting",
    open_decisions: "To be decided",
    directory: "Members and organisations",
    no_organisation: "No organisation named",
    brings: "Brings:",
    expects: "Expects:",
    added_value: "Their organisation expects to gain:",
    looked: "looked at on",
    until: "until",
    on: "on",
    members: ["member", "members"],
    organisations: ["organisation", "organisations"],
    kinds: [
        "Produce together",
        "Defend a cause",
        "Share practice",
        "Pool means",
        "Learn from each other",
    ],
    memberships: ["open membership", "closed membership"],
    engagements: ["volunteer", "employee"],
    ties_of: ["Part of", "Includes", "Partner of"],
    first: "",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str) -> OverviewPage {
        OverviewPage {
            lang: "fr".to_owned(),
            made: "2026-11-28".to_owned(),
            name: name.to_owned(),
            purposes: vec!["<script>alert(1)</script> & \"co\"".to_owned()],
            directory: vec![(
                "L'Atelier".to_owned(),
                vec![
                    Person {
                        name: "Ana Garçon".to_owned(),
                        engagement: "volunteer".to_owned(),
                        brings: "שלום\nעולם".to_owned(),
                        added_value: "Du poids <i> auprès de la région".to_owned(),
                        added_value_on: "2026-05-01".to_owned(),
                        ..Person::default()
                    },
                    Person {
                        name: "Bo".to_owned(),
                        photo: Photo::new(&[0xff, 0xd8, 0xff, 0xe0]),
                        ..Person::default()
                    },
                ],
            )],
            objectives: vec![Row {
                title: "Un guide".to_owned(),
                said: "1/2".to_owned(),
                day: "2027-06-01".to_owned(),
                percent: Some(50),
            }],
            ..OverviewPage::default()
        }
    }

    #[test]
    fn what_members_wrote_is_text_and_nothing_is_loaded_or_run() {
        let html = overview(&page("Réseau <b>\u{0}"));
        assert!(html.contains("<h1 dir=\"auto\">Réseau &lt;b&gt;</h1>"));
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;"));
        assert!(
            !html.contains("<script") && !html.contains("http://") && !html.contains("https://")
        );
        assert!(html.contains("default-src 'none'"));
    }

    #[test]
    fn it_has_faces_or_initials_and_days_as_people_write_them() {
        let html = overview(&page("R"));
        assert!(
            html.contains(">AG</span>") && html.contains("src=\"data:image/jpeg;base64,/9j/4A==\"")
        );
        assert!(html.contains("jusqu’au 1er juin 2027") && html.contains("width:50%"));
        assert!(html.contains("bénévole") && html.contains("2 membres"));
        assert!(html.contains("<bdi>שלום עולם</bdi>"));
        assert!(html.contains("<bdi>Du poids &lt;i&gt; auprès de la région</bdi>"));
        assert!(html.contains("(revu le 1er mai 2026)"));
        let english = overview(&OverviewPage {
            lang: "English".to_owned(),
            ..page("R")
        });
        assert!(english.contains("until 1 June 2027") && english.contains("lang=\"en\""));
    }

    #[test]
    fn a_list_of_titles_alone_has_the_whole_width() {
        let row = |said: &str| Row {
            title: "Le nom du bulletin".to_owned(),
            said: said.to_owned(),
            ..Row::default()
        };
        let html = |said: &str| {
            overview(&OverviewPage {
                open_decisions: vec![row(""), row(said)],
                ..OverviewPage::default()
            })
        };
        assert!(html("").contains("<table class=\"rows alone\">"));
        let mixed = html("Ana");
        assert!(mixed.contains("<table class=\"rows\">") && !mixed.contains("rows alone"));
    }

    #[test]
    fn what_is_empty_leaves_no_heading_and_a_very_long_title_stays_whole() {
        let long = "é".repeat(10_000);
        let html = overview(&OverviewPage {
            name: long.clone(),
            ..OverviewPage::default()
        });
        assert!(html.contains(&long) && !html.contains("<h2"));
        assert!(html.contains("overflow-wrap: anywhere"));
    }
}
