//! Questions that the person saved under a name: to ask again, on this machine or another of theirs.

use egui::{Popup, PopupCloseBehavior, ScrollArea, Ui};
use tresse_engine::{
    Command,
    model::{ItemId, NetworkId, SavedFilter, Scale},
};

use super::{
    Column, GroupBy, OwnerFilter, PlanUi, Question, StatusFilter,
    question::TerritoryFilter,
    status::{status_of, status_word},
    typing::{bin, entry, keep, kept},
};
use crate::{
    theme::{self, Icon},
    tr,
    views::{Cx, parts},
};

/// What a saved filter asks. What this version does not understand is not asked.
pub(in crate::views) fn question(saved: &SavedFilter) -> Question {
    let (sort, descending) = match saved.sort.strip_prefix('-') {
        Some(column) => (column, true),
        None => (saved.sort.as_str(), false),
    };
    let sort = Column::ALL
        .into_iter()
        .find(|column| column.field().key() == sort);
    Question {
        text: saved.text.clone(),
        status: match saved.status.as_str() {
            "open" => StatusFilter::Open,
            "late" => StatusFilter::Late,
            word => status_of(word).map_or(StatusFilter::All, StatusFilter::One),
        },
        owner: match saved.owner.as_str() {
            "nobody" => OwnerFilter::Nobody,
            id => id.parse().map_or(OwnerFilter::All, OwnerFilter::One),
        },
        objective: saved.objective.parse().ok(),
        working_group: saved.working_group.parse().ok(),
        territory: match Scale::from_word(&saved.territory_scale) {
            Some(scale) => Some(TerritoryFilter::Scale(scale)),
            None => Some(saved.territory.trim())
                .filter(|place| !place.is_empty())
                .map(|place| TerritoryFilter::Place(place.to_owned())),
        },
        sort,
        descending: descending && sort.is_some(),
        group: GroupBy::of_word(&saved.group_by),
    }
}

/// The command that saves a question: under a name, or over one that was saved.
fn save(
    network: NetworkId,
    filter: Option<ItemId>,
    name: Option<String>,
    question: &Question,
) -> Command {
    let status = match question.status {
        StatusFilter::All => "",
        StatusFilter::Open => "open",
        StatusFilter::Late => "late",
        StatusFilter::One(status) => status_word(status),
    };
    let owner = match question.owner {
        OwnerFilter::All => String::new(),
        OwnerFilter::Nobody => "nobody".to_owned(),
        OwnerFilter::One(member) => member.to_string(),
    };
    let sort = question.sort.map(|column| {
        let falls = if question.descending { "-" } else { "" };
        format!("{falls}{}", column.field().key())
    });
    Command::FilterSave {
        network,
        filter,
        name,
        text: Some(question.text.trim().to_owned()),
        status: Some(status.to_owned()),
        owner: Some(owner),
        objective: Some(
            question
                .objective
                .map(|id| id.to_string())
                .unwrap_or_default(),
        ),
        working_group: Some(
            question
                .working_group
                .map(|id| id.to_string())
                .unwrap_or_default(),
        ),
        territory: Some(match &question.territory {
            Some(TerritoryFilter::Place(place)) => place.clone(),
            _ => String::new(),
        }),
        territory_scale: Some(match &question.territory {
            Some(TerritoryFilter::Scale(scale)) => scale.word().to_owned(),
            _ => String::new(),
        }),
        group_by: Some(question.group.map_or("", GroupBy::word).to_owned()),
        sort: Some(sort.unwrap_or_default()),
    }
}

fn rename(network: NetworkId, filter: ItemId, name: &str) -> Command {
    Command::FilterSave {
        network,
        filter: Some(filter),
        name: Some(name.to_owned()),
        text: None,
        status: None,
        owner: None,
        objective: None,
        working_group: None,
        territory: None,
        territory_scale: None,
        group_by: None,
        sort: None,
    }
}

/// The button, and under it what was saved.
pub(super) fn menu(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let button = theme::icon_button(ui, Icon::BookmarkSimple, tr!(cx.words, "saved-filters"));
    let filters = std::sync::Arc::clone(&cx.net.filters);
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(1.3 * t.size.column)
        .show(|ui| {
            theme::strong(ui, tr!(cx.words, "saved-filters"));
            if filters.is_empty() {
                theme::muted(ui, tr!(cx.words, "saved-none"));
            }
            let mut asked = None;
            ScrollArea::vertical()
                .id_salt("saved filters")
                .max_height(t.size.column)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for saved in filters.iter() {
                        if one(ui, cx, saved, &plan.question) {
                            asked = Some(question(saved));
                        }
                    }
                });
            if let Some(asked) = asked {
                plan.question = asked;
                ui.close();
            }
            if !cx.locked(false) {
                ui.separator();
                new(ui, cx, &plan.question);
            }
        });
}

/// One saved filter; true when it is to be asked.
fn one(ui: &mut Ui, cx: &mut Cx<'_>, saved: &SavedFilter, now: &Question) -> bool {
    let t = theme::tokens(ui);
    let (network, id, words) = (cx.id(), saved.id, cx.words);
    let renaming = egui::Id::unique(("renaming filter", id));
    let mut typed = ui.data(|data| data.get_temp::<String>(renaming));
    let mut asked = false;
    ui.horizontal(|ui| {
        let buttons = if cx.locked(false) {
            0.0
        } else {
            2.0 * t.size.control + t.space.s
        };
        let width = ui.available_width() - buttons;
        if let Some(name) = &mut typed {
            let label = tr!(words, "saved-name", name = saved.name.clone());
            let (_, entered) = entry(ui, name, String::new(), label, width);
            if entered && !name.trim().is_empty() {
                cx.send(rename(network, id, name.trim()));
                typed = None;
            }
        } else {
            let here = question(saved) == *now;
            let button = egui::Button::selectable(here, saved.name.as_str())
                .truncate()
                .min_size(egui::Vec2::new(width, 0.0));
            let label = tr!(words, "saved-ask", name = saved.name.clone());
            asked = ui
                .add_sized([width, t.size.control], button)
                .accessible_name(label)
                .clicked();
        }
        if cx.locked(false) {
            return;
        }
        let name = tr!(words, "saved-rename", name = saved.name.clone());
        if theme::toggle_icon_button(ui, Icon::PencilSimple, name, typed.is_some()).clicked() {
            typed = match typed.take() {
                None => Some(saved.name.clone()),
                Some(name) => {
                    if !name.trim().is_empty() && name.trim() != saved.name {
                        cx.send(rename(network, id, name.trim()));
                    }
                    None
                }
            };
        }
        let name = tr!(words, "saved-remove", name = saved.name.clone());
        if theme::icon_button(ui, Icon::Trash, name).clicked() {
            bin(cx, saved.name.clone(), |restore| Command::FilterRemove {
                network,
                filter: id,
                restore,
            });
        }
    });
    ui.data_mut(|data| match typed {
        Some(name) => drop(data.insert_temp(renaming, name)),
        None => drop(data.remove_temp::<String>(renaming)),
    });
    asked
}

/// What is asked now, to be saved under a name. A name that there is already is saved over.
fn new(ui: &mut Ui, cx: &mut Cx<'_>, now: &Question) {
    let words = cx.words;
    if !now.filters() && now.sort.is_none() && now.group.is_none() {
        theme::caption(ui, tr!(words, "saved-how"));
        return;
    }
    let mut name = kept(ui, ("new filter", cx.id()));
    let hint = tr!(words, "saved-new");
    let width = ui.available_width();
    let (_, entered) = entry(ui, &mut name, hint.clone(), hint, width);
    let pressed =
        theme::quiet_icon_button(ui, Icon::FloppyDisk, tr!(words, "saved-save")).clicked();
    let wanted = name.trim();
    if (entered || pressed) && !wanted.is_empty() && parts::title_fits(cx, wanted) {
        let known = cx.net.filters.iter().find(|saved| saved.name == wanted);
        let known = known.map(|saved| saved.id);
        cx.send(save(cx.id(), known, Some(wanted.to_owned()), now));
        name.clear();
    }
    keep(ui, ("new filter", cx.id()), name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresse_engine::model::{MemberId, Status};

    fn saved(command: Command) -> SavedFilter {
        let Command::FilterSave {
            name,
            text,
            status,
            owner,
            objective,
            working_group,
            territory,
            territory_scale,
            group_by,
            sort,
            ..
        } = command
        else {
            panic!()
        };
        SavedFilter {
            id: ItemId::from_bytes([1; 10]),
            name: name.unwrap_or_default(),
            text: text.unwrap_or_default(),
            status: status.unwrap_or_default(),
            owner: owner.unwrap_or_default(),
            objective: objective.unwrap_or_default(),
            working_group: working_group.unwrap_or_default(),
            territory: territory.unwrap_or_default(),
            territory_scale: territory_scale.unwrap_or_default(),
            group_by: group_by.unwrap_or_default(),
            sort: sort.unwrap_or_default(),
        }
    }

    #[test]
    fn a_question_that_is_saved_asks_the_same_again() {
        let network = NetworkId::from_bytes([1; 20]);
        let one = Question {
            text: "salle".into(),
            status: StatusFilter::One(Status::Doing),
            owner: OwnerFilter::Nobody,
            objective: Some(ItemId::from_bytes([7; 10])),
            working_group: Some(ItemId::from_bytes([8; 10])),
            territory: Some(TerritoryFilter::Place("Vallée nord".into())),
            sort: Some(Column::Due),
            descending: true,
            group: Some(GroupBy::WorkingGroup),
        };
        let other = Question {
            status: StatusFilter::Late,
            owner: OwnerFilter::One(MemberId::from_bytes([9; 20])),
            territory: Some(TerritoryFilter::Scale(Scale::Town)),
            ..Question::default()
        };
        for asked in [one, other, Question::default()] {
            let command = save(network, None, Some("Mien".into()), &asked);
            assert_eq!(question(&saved(command)), asked);
        }
    }

    #[test]
    fn what_a_later_version_saved_is_asked_as_far_as_it_is_understood() {
        let mut later = saved(save(
            NetworkId::from_bytes([1; 20]),
            None,
            Some("Mien".into()),
            &Question::default(),
        ));
        later.status = "waiting".into();
        later.group_by = "phase".into();
        later.sort = "-effort".into();
        later.text = "salle".into();
        let asked = question(&later);
        assert_eq!(asked.text, "salle");
        assert_eq!((asked.status, asked.group), (StatusFilter::All, None));
        assert_eq!((asked.sort, asked.descending), (None, false));
    }
}
