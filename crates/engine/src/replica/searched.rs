//! Which words of a document are searched: all that people wrote in it, whatever part it stands in.

use automerge::Automerge;
use tresse_model::{
    CharterContent, DecisionContent, DocKind, Line, MeetingContent, NetworkContent,
    NotebookContent, PlanContent, body_text, read_charter, read_decision, read_meeting,
    read_network, read_notebook, read_plan, read_resources, read_watch,
};

use super::{attachments::file_facts, shelf, watch};

/// All the words of a document, one thing a line. Its title is not among them.
pub(super) fn words_of(kind: Option<DocKind>, document: &Automerge) -> String {
    match kind {
        Some(DocKind::Watch) => watch::words_of(&read_watch(document, &())),
        Some(DocKind::Resources) => shelf::words_of(&read_resources(document, &())),
        Some(DocKind::Plan) => plan(&read_plan(document, &())),
        Some(DocKind::Network) => network(&read_network(document, &())),
        Some(DocKind::Charter) => charter(&read_charter(document, &())),
        Some(DocKind::Notebook) => notebook(&read_notebook(document, &())),
        Some(DocKind::Meeting) => {
            let words = meeting(&read_meeting(document, &()));
            with_files(words, document)
        }
        Some(DocKind::Decision) => decision(&read_decision(document, &())),
        Some(DocKind::Page) | None => with_files(body_text(document), document),
    }
}

/// Words one below the other, those that say nothing left out.
#[derive(Default)]
struct Words(String);

impl Words {
    fn add(&mut self, words: &str) -> &mut Self {
        let words = words.trim();
        if !words.is_empty() {
            self.0.push_str(words);
            self.0.push('\n');
        }
        self
    }

    fn add_all(&mut self, lines: &[Line]) -> &mut Self {
        for line in lines {
            self.add(&line.text);
        }
        self
    }
}

fn with_files(words: String, document: &Automerge) -> String {
    let mut words = Words(words);
    let files = file_facts(document);
    let there: Vec<_> = files.iter().filter(|file| !file.off).collect();
    if !there.is_empty() && !words.0.is_empty() && !words.0.ends_with('\n') {
        words.0.push('\n');
    }
    for file in there {
        words.add(&file.name);
    }
    words.0
}

fn plan(content: &PlanContent) -> String {
    let mut words = Words::default();
    for one in &content.orientations {
        words.add(&one.title).add(&one.words);
    }
    for one in &content.objectives {
        words.add(&one.title).add(&one.means).add(&one.learned);
        for indicator in &one.indicators {
            words.add(&indicator.name);
            for measure in &indicator.measures {
                words.add(&measure.note);
            }
        }
    }
    for one in &content.actions {
        words.add(&one.title).add(&one.territory);
        for check in &one.checklist {
            words.add(&check.text);
        }
    }
    for one in &content.groups {
        words.add(&one.name).add(&one.remit);
    }
    words.0
}

fn network(content: &NetworkContent) -> String {
    let mut words = Words::default();
    words.add(&content.name).add_all(&content.purposes);
    for one in &content.relations {
        words.add(&one.name).add(&one.words);
    }
    for one in &content.roles {
        words.add(&one.role).add(&one.remit);
    }
    for one in &content.series {
        words.add(&one.title).add(&one.place);
    }
    words.0
}

fn charter(content: &CharterContent) -> String {
    let mut words = Words::default();
    words
        .add_all(&content.values)
        .add(&content.exchange_rules)
        .add(&content.decision_rule)
        .add(&content.body);
    words.0
}

fn notebook(content: &NotebookContent) -> String {
    let mut words = Words::default();
    words
        .add(&content.name)
        .add(&content.organisation)
        .add(&content.brings)
        .add(&content.expects)
        .add(&content.added_value);
    for one in &content.own_objectives {
        words.add(&one.text);
    }
    for one in &content.gifts {
        words.add(&one.text);
    }
    words.0
}

fn meeting(content: &MeetingContent) -> String {
    let mut words = Words::default();
    words.add(&content.body).add(&content.place);
    for item in &content.agenda {
        words.add(&item.title).add(&item.words);
    }
    words.0
}

fn decision(content: &DecisionContent) -> String {
    let mut words = Words::default();
    words
        .add(&content.question)
        .add_all(&content.options)
        .add_all(&content.criteria)
        .add(&content.outcome)
        .add(&content.why)
        .add(&content.body);
    words.0
}

#[cfg(test)]
mod tests {
    use tresse_model::genesis;

    use super::*;

    #[test]
    fn a_document_in_which_nobody_wrote_has_no_words() {
        for kind in DocKind::ALL {
            assert_eq!(words_of(Some(kind), &genesis(kind)), "", "{kind:?}");
        }
    }
}
