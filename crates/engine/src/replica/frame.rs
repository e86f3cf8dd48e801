//! Starting frames: what a network's ends suggest, and writing what was accepted of it.

use serde_json::{Value, json};
use tresse_model::{
    CharterContent, DocId, DocKind, Edit, ItemId, NetworkId, NetworkKind, PlanContent,
    SuggestionEdit, TITLE_MAX, Undo, charter_text, read_network, read_plan, twin_headings,
};

use super::Replica;
use crate::{
    CommandError, FramePart, FrameSort, FrameView, Moment,
    templates::{Heading, Suggested, Template},
};

/// What `kinds` suggest, and what of it stands already.
pub(super) fn frame(
    kinds: &[NetworkKind],
    charter: Option<&CharterContent>,
    plan: &PlanContent,
    lang: &str,
) -> FrameView {
    let mut parts = Vec::new();
    for template in chosen(kinds, lang) {
        let Some(kind) = template.kinds.first().copied() else {
            continue;
        };
        for (place, one) in template.charter.iter().enumerate() {
            parts.push(FramePart {
                part: name(kind, FrameSort::Heading, place),
                kind,
                sort: FrameSort::Heading,
                title: one.heading.as_str().to_owned(),
                about: one.ask.as_ref().map_or("", |ask| ask.as_str()).to_owned(),
                there: charter.is_some_and(|charter| has_heading(&charter.body, one)),
            });
        }
        for (place, one) in template.objectives.iter().enumerate() {
            let indicators = one.indicators.iter().map(|one| one.name.as_str());
            parts.push(FramePart {
                part: name(kind, FrameSort::Objective, place),
                kind,
                sort: FrameSort::Objective,
                title: one.title.as_str().to_owned(),
                about: indicators.collect::<Vec<_>>().join(", "),
                there: has_objective(plan, &name(kind, FrameSort::Objective, place), one),
            });
        }
    }
    FrameView { parts }
}

fn chosen<'a>(
    kinds: &'a [NetworkKind],
    lang: &str,
) -> impl Iterator<Item = &'static Template> + use<'a> {
    let known = Template::known(lang).iter();
    known.filter(|template| template.kinds.iter().any(|kind| kinds.contains(kind)))
}

fn name(kind: NetworkKind, sort: FrameSort, place: usize) -> String {
    let sort = match sort {
        FrameSort::Heading => "heading",
        FrameSort::Objective => "objective",
    };
    format!("{}/{sort}-{}", kind.word(), place + 1)
}

fn has_heading(body: &str, heading: &Heading) -> bool {
    let mut lines = body.lines();
    lines.any(|line| line.trim_start_matches('#').trim() == heading.heading.as_str())
}

/// Whether it was taken up, whatever it is called by now; or something else is called so.
fn has_objective(plan: &PlanContent, part: &str, objective: &Suggested) -> bool {
    let mut objectives = plan.objectives.iter();
    objectives.any(|one| one.suggestion == part || one.title.trim() == objective.title.as_str())
}

/// What is to be written; of headings and objectives, of which suggestion each is.
#[derive(Default)]
struct Wanted {
    kinds: Vec<NetworkKind>,
    purposes: Vec<String>,
    headings: Vec<(String, Heading)>,
    objectives: Vec<(String, Suggested)>,
}

impl Wanted {
    /// All of a template. One that somebody made has no names for its parts: they go by their words.
    fn all(template: &Template) -> Self {
        let purposes = template.purposes.iter();
        Self {
            kinds: template.kinds.clone(),
            purposes: purposes.map(|one| one.as_str().to_owned()).collect(),
            headings: template
                .charter
                .iter()
                .map(|one| (own("heading", one.heading.as_str()), one.clone()))
                .collect(),
            objectives: template
                .objectives
                .iter()
                .map(|one| (own("objective", one.title.as_str()), one.clone()))
                .collect(),
        }
    }

    /// The named parts of what `kinds` suggest.
    fn parts(kinds: &[NetworkKind], parts: &[String], lang: &str) -> Result<Self, CommandError> {
        let mut wanted = Self::default();
        let mut left: Vec<&String> = parts.iter().collect();
        for template in chosen(kinds, lang) {
            let Some(kind) = template.kinds.first().copied() else {
                continue;
            };
            let mut take = |sort, place| {
                let name = name(kind, sort, place);
                let before = left.len();
                left.retain(|one| **one != name);
                (left.len() < before).then_some(name)
            };
            for (place, one) in template.charter.iter().enumerate() {
                if let Some(part) = take(FrameSort::Heading, place) {
                    wanted.headings.push((part, one.clone()));
                }
            }
            for (place, one) in template.objectives.iter().enumerate() {
                if let Some(part) = take(FrameSort::Objective, place) {
                    wanted.objectives.push((part, one.clone()));
                }
            }
        }
        match left.first() {
            None => Ok(wanted),
            Some(unknown) => Err(CommandError::new(
                "not-found",
                format!("« {unknown} » is no part of what this network's ends suggest"),
            )),
        }
    }
}

impl Replica {
    /// Writes parts of a starting frame: of a template that a person gives as a file's text, everything; else the named parts of
    /// what the network's ends suggest. What stands already is left as it is. One step to undo for each document.
    pub(super) fn apply_template(
        &mut self,
        network: &NetworkId,
        template: Option<&str>,
        parts: &[String],
        lang: Option<&str>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let lang = lang.unwrap_or(&self.profile.lang).to_owned();
        let doc = DocId::singleton(network, DocKind::Network);
        let wanted = if let Some(text) = template {
            Wanted::all(&Template::parse(text)?)
        } else {
            let kinds = self.read(network, &doc, |d, a| read_network(d, a).kinds)?;
            Wanted::parts(&kinds, parts, &lang)?
        };
        let mut edits: Vec<Edit> = wanted
            .kinds
            .iter()
            .map(|kind| Edit::SetKind {
                kind: *kind,
                off: false,
            })
            .collect();
        let said = self.read(network, &doc, |d, a| read_network(d, a).purposes)?;
        let new = wanted.purposes.into_iter();
        let new = new.filter(|text| !said.iter().any(|one| one.text.trim() == *text));
        edits.extend(new.map(|text| {
            Edit::Suggestion(SuggestionEdit::Purpose {
                id: ItemId::from_bytes(moment.random()),
                suggestion: own("purpose", &text),
                text,
            })
        }));
        let mut added = self.write_all(network, doc, edits, moment)?;
        added += self.write_headings(network, &wanted.headings, moment)?;
        added += self.write_objectives(network, &wanted.objectives, moment)?;
        Ok(json!({ "added": added }))
    }

    /// The charter's headings of the ends chosen when a network is founded: a first change of its charter, not a step to undo.
    pub(super) fn begin_charter(
        &mut self,
        network: &NetworkId,
        kinds: &[NetworkKind],
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let lang = self.profile.lang.clone();
        let mut headings: Vec<(String, Heading)> = Vec::new();
        for template in chosen(kinds, &lang) {
            let Some(kind) = template.kinds.first().copied() else {
                continue;
            };
            let named = template.charter.iter().enumerate();
            headings.extend(named.map(|(place, one)| {
                let part = name(kind, FrameSort::Heading, place);
                (part, one.clone())
            }));
        }
        let doc = DocId::singleton(network, DocKind::Charter);
        if !headings.is_empty() {
            self.apply(network, &doc, &with_headings("", &headings), moment)?;
        }
        Ok(())
    }

    /// Takes out of the charter's text those of the suggested headings that I wrote and that somebody else wrote as well, apart: see
    /// [`twin_headings`]. Nobody asked for it, so it is no step to undo.
    pub(super) fn tidy_headings(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        if *doc != DocId::singleton(network, DocKind::Charter)
            || self.may_write(network, doc).is_err()
            || self.is_open(network).is_err()
        {
            return Ok(());
        }
        let me = self.me_in(network)?;
        let splices = self.read(network, doc, |charter, authors| {
            twin_headings(charter, &|actor| authors.author_of(actor) == Some(me))
        })?;
        if splices.is_empty() {
            return Ok(());
        }
        let applied = self.apply(network, doc, &Edit::SpliceText { splices }, moment)?;
        self.text_landed(network, doc, &applied.splices);
        Ok(())
    }

    fn write_headings(
        &mut self,
        network: &NetworkId,
        headings: &[(String, Heading)],
        moment: &Moment,
    ) -> Result<usize, CommandError> {
        let doc = DocId::singleton(network, DocKind::Charter);
        let body = self.read(network, &doc, |doc, _| charter_text(doc))?;
        let new: Vec<(String, Heading)> = headings
            .iter()
            .filter(|(_, one)| !has_heading(&body, one))
            .cloned()
            .collect();
        if new.is_empty() {
            return Ok(0);
        }
        let applied = self.apply(network, &doc, &with_headings(&body, &new), moment)?;
        // Who has the charter open is told what went in.
        self.text_landed(network, &doc, &applied.splices);
        self.network_mut(network)?.undo.did(doc, applied.undo);
        Ok(new.len())
    }

    fn write_objectives(
        &mut self,
        network: &NetworkId,
        objectives: &[(String, Suggested)],
        moment: &Moment,
    ) -> Result<usize, CommandError> {
        let doc = DocId::singleton(network, DocKind::Plan);
        let plan = self.read(network, &doc, |d, a| read_plan(d, a))?;
        let new = objectives
            .iter()
            .filter(|(part, one)| !has_objective(&plan, part, one));
        let edits = new.map(|(part, objective)| {
            let indicators = objective.indicators.iter().map(|one| {
                let unit = one.unit.as_ref().map(|unit| unit.as_str().to_owned());
                let id = ItemId::from_bytes(moment.random());
                (id, one.name.as_str().to_owned(), unit)
            });
            Edit::Suggestion(SuggestionEdit::Objective {
                id: ItemId::from_bytes(moment.random()),
                suggestion: part.clone(),
                title: objective.title.as_str().to_owned(),
                indicators: indicators.collect(),
            })
        });
        let edits = edits.collect();
        self.write_all(network, doc, edits, moment)
    }

    /// Several edits of one document, undone as one.
    fn write_all(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        edits: Vec<Edit>,
        moment: &Moment,
    ) -> Result<usize, CommandError> {
        let mut undo = Undo::default();
        let mut count = 0;
        let mut failed = None;
        for edit in edits {
            match self.apply(network, &doc, &edit, moment) {
                Ok(applied) if applied.changed => {
                    undo.absorb(applied.undo);
                    count += 1;
                }
                Ok(_) => {}
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        // What was written before something failed can be taken back too.
        if count > 0 {
            self.network_mut(network)?.undo.did(doc, undo);
        }
        failed.map_or(Ok(count), Err)
    }
}

/// What a part of a template that somebody made goes by.
fn own(sort: &str, words: &str) -> String {
    let words: String = words.chars().take(TITLE_MAX).collect();
    format!("own/{sort}/{words}")
}

/// Puts headings at the end of a charter's text.
fn with_headings(body: &str, headings: &[(String, Heading)]) -> Edit {
    let mut text = body.trim_end().to_owned();
    let mut written = Vec::new();
    for (part, one) in headings {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let heading = written_out(one);
        text.push_str(&heading);
        written.push((part.clone(), heading));
    }
    text.push('\n');
    Edit::Suggestion(SuggestionEdit::Headings {
        text,
        headings: written,
    })
}

/// A heading with its question in italics under it.
fn written_out(one: &Heading) -> String {
    let mut text = format!("## {}", one.heading.as_str());
    if let Some(ask) = &one.ask {
        let ask: Vec<&str> = ask.as_str().split_whitespace().collect();
        text.extend(["\n\n*", &ask.join(" "), "*"]);
    }
    text
}
