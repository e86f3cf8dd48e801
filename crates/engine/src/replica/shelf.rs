//! Resources as they are shown: the view, and the words that are searched.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use tresse_model::{
    Availability, DocId, DocKind, ItemId, MemberId, Resource, ResourcesContent, Side, fold,
};

use super::Network;
use crate::{Answer, LoanRow, ResourceRow, ResourcesView};

/// What is known of resources without asking the document.
#[derive(Default)]
pub(super) struct Shelf {
    resources: Vec<Arc<Resource>>,
    read_only: bool,
    view: Arc<ResourcesView>,
    /// The document was read anew since the view was put together.
    stale: bool,
}

impl Shelf {
    pub(super) fn view(&self) -> Arc<ResourcesView> {
        Arc::clone(&self.view)
    }

    /// Takes in what the document says by now.
    pub(super) fn show(&mut self, content: ResourcesContent, read_only: bool) {
        self.resources = content.resources.into_iter().map(Arc::new).collect();
        self.read_only = read_only;
        self.stale = true;
    }

    /// What is offered, and not removed.
    pub(super) fn offered(&self) -> impl Iterator<Item = &Arc<Resource>> {
        let all = self.resources.iter();
        all.filter(|one| one.side == Side::Offered)
    }
}

impl Network {
    /// The document of resources, where it is here.
    pub(super) fn resources_doc(&self) -> Option<DocId> {
        let doc = DocId::singleton(&self.id, DocKind::Resources);
        self.heads.contains_key(&doc).then_some(doc)
    }

    /// Puts the view of resources together anew, where they changed or (`anew`) names or the day may have. What comes out the same
    /// stays the same view.
    pub(super) fn look_at_resources(&mut self, me: &MemberId, today: &str, anew: bool) {
        let stale = std::mem::take(&mut self.views.shelf.stale);
        if !stale && !anew {
            return;
        }
        let view = self.resources_view(me, today);
        if *self.views.shelf.view != view {
            self.views.shelf.view = Arc::new(view);
        }
    }

    fn resources_view(&self, me: &MemberId, today: &str) -> ResourcesView {
        let kept = &self.views.shelf;
        let name = |member: Option<MemberId>| {
            member
                .map(|member| self.name_of(&member))
                .unwrap_or_default()
        };
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names: HashMap<ItemId, &str> = HashMap::new();
        let mut answers: HashMap<ItemId, Vec<Answer>> = HashMap::new();
        for one in &kept.resources {
            names.insert(one.id, &one.name);
            for tag in &one.tags {
                *tags.entry(tag).or_default() += 1;
            }
            if let Some(need) = one.answers {
                answers.entry(need).or_default().push(Answer {
                    resource: one.id,
                    name: one.name.clone(),
                    who: name(one.whose()),
                });
            }
        }
        let mut due: Vec<(&str, (ItemId, ItemId))> = Vec::new();
        let mut resources = Vec::with_capacity(kept.resources.len());
        for one in &kept.resources {
            for loan in &one.loans {
                if loan.borrower == Some(*me) && loan.is_due(one.kind, today) {
                    due.push((&loan.until, (one.id, loan.id)));
                }
            }
            let need = one.answers.and_then(|need| names.get(&need));
            let mut answered_by = answers.remove(&one.id).unwrap_or_default();
            answered_by.sort_by_cached_key(|answer| (fold(&answer.name), answer.resource));
            resources.push(ResourceRow {
                who: name(one.whose()),
                writer: name(one.by),
                mine: one.whose() == Some(*me),
                availability: availability(one, today),
                loans: self.loan_rows(one, today),
                answers_name: need.map(|name| (*name).to_owned()).unwrap_or_default(),
                answered_by,
                resource: Arc::clone(one),
            });
        }
        resources.sort_by_cached_key(|row| (fold(&row.resource.name), row.resource.id));
        due.sort_unstable();
        let mut tags: Vec<(String, usize)> = tags
            .into_iter()
            .map(|(tag, count)| (tag.to_owned(), count))
            .collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ResourcesView {
            open_needs: resources.iter().filter(|row| row.is_open_need()).count(),
            resources,
            tags,
            mine_due: due.into_iter().map(|(_, loan)| loan).collect(),
            read_only: kept.read_only,
            doc: self.resources_doc(),
        }
    }

    fn loan_rows(&self, resource: &Resource, today: &str) -> Vec<LoanRow> {
        let overlapping = resource.overlapping(today);
        let name = |member: Option<MemberId>| {
            member
                .map(|member| self.name_of(&member))
                .unwrap_or_default()
        };
        let mut rows: Vec<LoanRow> = resource
            .loans
            .iter()
            .map(|loan| LoanRow {
                name: name(loan.borrower),
                writer: name(loan.by),
                overlaps: overlapping.contains(&loan.id),
                out: loan.is_out(resource.kind, today),
                late: loan.is_due(resource.kind, today),
                loan: loan.clone(),
            })
            .collect();
        rows.sort_by(|a, b| (&b.loan.from, b.loan.id).cmp(&(&a.loan.from, a.loan.id)));
        rows
    }
}

fn availability(resource: &Resource, today: &str) -> Option<Availability> {
    (resource.side == Side::Offered).then(|| resource.availability(today))
}

/// What the search index holds of resources: all that they say, a paragraph each.
pub(super) fn words_of(content: &ResourcesContent) -> String {
    let mut words = String::new();
    for one in &content.resources {
        let tags = one.tags.join(" ");
        let said = [
            &one.name,
            &one.description,
            &one.place,
            &one.conditions,
            &one.organisation,
            &tags,
        ];
        for part in said.into_iter().filter(|part| !part.is_empty()) {
            words.push_str(part);
            words.push('\n');
        }
        for loan in one.loans.iter().filter(|loan| !loan.purpose.is_empty()) {
            words.push_str(&loan.purpose);
            words.push('\n');
        }
        words.push('\n');
    }
    words
}
