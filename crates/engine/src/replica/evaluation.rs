//! Evaluation: what is asked about it, and its view.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;
use tresse_model::{
    Answered, DocId, DocKind, Edit, EvaluationEdit, ItemId, MemberId, NetworkId, OwnEvaluation,
    Period, PulseFacts, PulseSettings, QUESTIONS, THRESHOLD, answers_in, assessment_facts,
    pulse_facts, running_period,
};

use super::{Network, Replica, edits::Planned, piloting::day_of};
use crate::{
    CommandError, EvaluationCommand, Moment,
    evaluation_view::{EvaluationView, MyAnswer},
    toolbox,
};

/// What evaluation was last worked out from, and what came out.
#[derive(Default)]
pub(super) struct Evaluated {
    from: Option<From>,
    view: Arc<EvaluationView>,
}

#[derive(PartialEq, Eq)]
struct From {
    settings: PulseSettings,
    /// Everybody who is or was a member. Equal `Arc`s are compared at a glance.
    people: BTreeMap<MemberId, Arc<OwnEvaluation>>,
    /// Who has left, and on which day.
    gone: BTreeMap<MemberId, String>,
    me: MemberId,
    today: String,
}

impl Evaluated {
    pub(super) fn view(&self) -> Arc<EvaluationView> {
        Arc::clone(&self.view)
    }
}

impl Network {
    /// Works out evaluation anew where something that it follows from has changed.
    pub(super) fn evaluate(&mut self, settings: &PulseSettings, me: &MemberId, today: &str) {
        let former = self.membership.former();
        let from = From {
            settings: settings.clone(),
            people: self.answered(),
            gone: former
                .map(|one| (one.id, day_of(one.ended.at_ms)))
                .collect(),
            me: *me,
            today: today.to_owned(),
        };
        if self.views.evaluated.from.as_ref() == Some(&from) {
            return;
        }
        let view = from.view();
        let evaluated = &mut self.views.evaluated;
        if *evaluated.view != view {
            evaluated.view = Arc::new(view);
        }
        evaluated.from = Some(from);
    }

    fn answered(&self) -> BTreeMap<MemberId, Arc<OwnEvaluation>> {
        let all = self.views.all_notebooks();
        all.map(|(member, notebook)| (*member, Arc::clone(&notebook.evaluation)))
            .collect()
    }
}

impl From {
    fn view(&self) -> EvaluationView {
        let people = self.people.iter().map(|(member, own)| (*member, &**own));
        let people: BTreeMap<MemberId, &OwnEvaluation> = people.collect();
        let pulse = pulse_facts(&self.settings, &people, &self.today);
        let mine = pulse.period.as_ref().map(|period| self.mine(period));
        let mine = mine.unwrap_or_default();
        EvaluationView {
            asked: mine.iter().filter(|one| one.score.is_none()).count(),
            mine,
            assessment: assessment_facts(
                &people,
                &self.gone,
                &self.me,
                self.settings.threshold,
                &self.today,
            ),
            settings: self.settings.clone(),
            pulse,
        }
    }

    fn mine(&self, period: &Period) -> Vec<MyAnswer> {
        let nothing = OwnEvaluation::default();
        let own = self.people.get(&self.me).map_or(&nothing, |own| own);
        let asked = self.settings.asked();
        asked
            .map(|question| {
                let given = answers_in(own, &question.key, period).pop();
                MyAnswer {
                    question: question.key.clone(),
                    score: given.map(|one| one.score),
                    word: given.map(|one| one.word.clone()).unwrap_or_default(),
                }
            })
            .collect()
    }
}

impl Replica {
    /// Carries out what is asked about evaluation.
    pub(super) fn evaluation_command(
        &mut self,
        command: EvaluationCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let planned = match command {
            EvaluationCommand::Begin {
                network,
                rhythm,
                start,
                threshold,
                questions,
            } => {
                let on_offer = || QUESTIONS.map(str::to_owned).to_vec();
                let edit = EvaluationEdit::Begin {
                    rhythm,
                    start: start.unwrap_or_else(|| moment.today()),
                    threshold: threshold.unwrap_or(THRESHOLD),
                    questions: questions.unwrap_or_else(on_offer),
                };
                common(network, edit)
            }
            EvaluationCommand::Set {
                network,
                field,
                value,
            } => common(network, EvaluationEdit::SetPulse { field, value }),
            EvaluationCommand::Ask {
                network,
                question,
                text,
            } => {
                let new = || ItemId::from_bytes(moment.random()).to_string();
                let question = question.unwrap_or_else(new);
                let edit = EvaluationEdit::Ask {
                    question: question.clone(),
                    text,
                };
                common(network, edit).answering("question", &question)
            }
            EvaluationCommand::Reword {
                network,
                question,
                text,
            } => common(network, EvaluationEdit::Reword { question, text }),
            EvaluationCommand::Unask {
                network,
                question,
                restore,
            } => common(network, EvaluationEdit::Unask { question, restore }),
            EvaluationCommand::Answer {
                network,
                question,
                score,
                word,
                withdraw,
            } => {
                let given = (!withdraw).then_some((score, word));
                self.answer_pulse(network, question, given, moment)?
            }
            EvaluationCommand::Assess {
                network,
                statement,
                score,
            } => {
                let edit = EvaluationEdit::Assess {
                    on: moment.today(),
                    statement,
                    score,
                };
                self.own(network, edit)?
            }
            EvaluationCommand::Page {
                network,
                sheet,
                lang,
            } => return self.page_of_sheet(network, &sheet, lang, moment),
        };
        self.carry_out(planned, moment)
    }

    /// What members answered, as it stands now.
    pub(super) fn pulse_now(
        &mut self,
        network: &NetworkId,
        moment: &Moment,
    ) -> Result<PulseFacts, CommandError> {
        self.members(network)?;
        let state = self.network_ref(network)?;
        let answered = state.answered();
        let people = answered.iter().map(|(member, own)| (*member, &**own));
        let settings = state.views.content().pulse;
        Ok(pulse_facts(&settings, &people.collect(), &moment.today()))
    }

    /// `given`: what is said of the answer; `None` takes it back.
    fn answer_pulse(
        &mut self,
        network: NetworkId,
        question: String,
        given: Option<(Option<u8>, Option<String>)>,
        moment: &Moment,
    ) -> Result<Planned, CommandError> {
        self.members(&network)?;
        let me = self.me_in(&network)?;
        let state = self.network_ref(&network)?;
        let settings = state.views.content().pulse;
        let period = running_period(&settings, &moment.today()).ok_or_else(|| {
            CommandError::new(
                "pulse-off",
                "nothing is asked now: choose a rhythm and a first day, or wait for that day",
            )
        })?;
        let asked = settings.question(&question).filter(|one| !one.removed);
        let Some(asked) = asked else {
            return Err(CommandError::new(
                "not-found",
                format!("the question « {question} » is not asked here"),
            ));
        };
        let people = state.answered();
        let held = people
            .get(&me)
            .map(|own| answers_in(own, &question, &period));
        let held = held.unwrap_or_default();
        let last = held.last();
        let answer = match given {
            None => None,
            Some((score, word)) => Some(Answered {
                score: score.or(last.map(|one| one.score)).ok_or_else(|| {
                    CommandError::new("needs-score", "a word goes with an answer from 1 to 5")
                })?,
                word: word.or(last.map(|one| one.word.clone())),
                asked: Some(asked.text.clone()),
            }),
        };
        let edit = EvaluationEdit::Answer {
            instead: held.iter().map(|one| one.period.clone()).collect(),
            period: period.from,
            question,
            answer,
        };
        self.own(network, edit)
    }

    fn own(&self, network: NetworkId, edit: EvaluationEdit) -> Result<Planned, CommandError> {
        let notebook = DocId::notebook(&network, &self.me_in(&network)?);
        Ok(Planned::new(network, notebook, Edit::Evaluation(edit)))
    }

    fn page_of_sheet(
        &mut self,
        network: NetworkId,
        sheet: &str,
        lang: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        self.network_ref(&network)?;
        let lang = lang.unwrap_or_else(|| self.profile.lang.clone());
        let found = toolbox::sheet(sheet, &lang).ok_or_else(|| {
            CommandError::new("not-found", format!("the toolbox has no sheet « {sheet} »"))
        })?;
        let page = DocId::page(moment.random());
        let edit = Edit::InitPage {
            title: found.title.to_owned(),
            tags: vec![toolbox::tag(&lang).to_owned()],
            text: Some(found.text.to_owned()),
        };
        let planned = Planned::new(network, page, edit).answering("page", &page);
        self.carry_out(planned, moment)
    }
}

fn common(network: NetworkId, edit: EvaluationEdit) -> Planned {
    Planned::of(network, DocKind::Network, Edit::Evaluation(edit))
}
