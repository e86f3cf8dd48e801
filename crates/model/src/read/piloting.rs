//! Reading roles, swaps and conversations.

use std::collections::BTreeSet;

use automerge::{ScalarValueRef, ValueRef};

use super::{Row, number};
use crate::{MemberId, Post, Role, RoleField, SwapWord, check::TAG_MAX, keys};

/// More roles than this are not read: no network has so many, and everybody's machine works out what follows from each.
const MOST_ROLES: usize = 64;

impl Row<'_> {
    /// The roles that anything is said of, the known ones first.
    pub(super) fn roles(&mut self) -> Vec<Role> {
        let keys = self.fields.iter().map(|field| &*field.key);
        let named: BTreeSet<&str> = keys
            .filter_map(keys::role_in)
            .filter(|role| role.len() <= TAG_MAX && crate::role_key(role) == *role)
            .collect();
        let mut named: Vec<String> = named.into_iter().map(str::to_owned).collect();
        named.sort_by_cached_key(|role| crate::role_rank(role));
        named.truncate(MOST_ROLES);
        let mut roles: Vec<Role> = named.into_iter().map(|role| self.role(role)).collect();
        roles.retain(|role| {
            !(role.remit.is_empty()
                && role.start.is_empty()
                && role.term.is_empty()
                && role.order.is_empty())
        });
        roles.sort_by_cached_key(|role| crate::role_rank(&role.role));
        roles
    }

    fn role(&mut self, role: String) -> Role {
        let before = std::mem::take(&mut self.conflicts);
        let mut field = |field: RoleField| self.text(&keys::role(field.key(), &role));
        let (remit, start, term) = (
            field(RoleField::Remit),
            field(RoleField::Start),
            field(RoleField::Term),
        );
        let mut conflicts = std::mem::replace(&mut self.conflicts, before);
        for conflict in &mut conflicts {
            // Under the field's word in a command.
            let word = conflict.field.split('/').nth(1).unwrap_or_default();
            conflict.field = word.to_owned();
        }
        let turns = self.fields.iter().filter_map(|field| {
            let member = keys::turn_of(&field.key, &role)?;
            Some((number(&field.value)?, member))
        });
        let mut turns: Vec<(f64, MemberId)> = turns.collect();
        turns.sort_by(|(a, a_id), (b, b_id)| a.total_cmp(b).then_with(|| a_id.cmp(b_id)));
        Role {
            remit,
            start,
            term,
            order: turns.into_iter().map(|(_, member)| member).collect(),
            conflicts,
            role,
        }
    }

    /// The swaps that the notebook's owner gave their word for.
    pub(super) fn swaps(&self) -> Vec<SwapWord> {
        let said = self.fields.iter().filter_map(|field| {
            let ValueRef::Scalar(ScalarValueRef::Str(on)) = &field.value else {
                return None;
            };
            let (mine, theirs, with, role) = keys::swap_in(&field.key)?;
            Some(SwapWord {
                role: role.to_owned(),
                mine: mine.to_owned(),
                theirs: theirs.to_owned(),
                with,
                on: on.to_string(),
            })
        });
        said.collect()
    }

    /// What the notebook's owner wrote in conversations, by its id.
    pub(super) fn posts(&self) -> Vec<Post> {
        let posts = self.fields.iter().filter_map(|field| {
            let id = field.key.strip_prefix(keys::POST)?.parse().ok()?;
            let mut row = self.child(field)?;
            if row.mark(keys::REMOVED) {
                return None;
            }
            // What stands there is whole and not negative; anything else was not written by a Tresse.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let after = row.order().clamp(0.0, 1e9) as u64;
            Some(Post {
                id,
                thread: row.text("thread").parse().ok(),
                text: row.text(keys::TEXT),
                // What is no day would stand after every day.
                on: Some(row.text("on"))
                    .filter(|on| on.parse::<jiff::civil::Date>().is_ok())
                    .unwrap_or_default(),
                after,
                objective: row.text("objective").parse().ok(),
                conflicts: row.conflicts,
            })
        });
        let mut posts: Vec<Post> = posts.collect();
        posts.sort_by_key(|post| post.id);
        posts
    }
}
