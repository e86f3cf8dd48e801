//! What differs in what two versions of a network say of its roles.

use std::collections::BTreeSet;

use super::Difference;
use crate::{MemberId, Role, RoleField, role_rank};

/// Before a role's name, in a [`Difference`]'s field.
const FIELD: &str = "role/";
/// Before who takes turns.
const ORDER: &str = "order";

/// What two versions of a network say of each role of which either says something, the known roles first: also where both
/// say the same. The field is `role/` and the role as [`crate::role_key`] spells it; the text has a line each for `start`,
/// `term` and `order` (people by these names), then the remit after `remit: `, as far as they are said.
pub fn whole_roles(
    old: &[Role],
    new: &[Role],
    name: &dyn Fn(&MemberId) -> String,
) -> Vec<Difference> {
    let named: BTreeSet<&str> = old.iter().chain(new).map(|role| &*role.role).collect();
    let mut named: Vec<&str> = named.into_iter().collect();
    named.sort_by_cached_key(|role| role_rank(role));
    let said = |roles: &[Role], role: &str| {
        let known = roles.iter().find(|known| known.role == role);
        known.map_or_else(String::new, |known| text(known, name))
    };
    let whole = named.into_iter().map(|role| {
        Difference::between(format!("{FIELD}{role}"), &said(old, role), said(new, role))
    });
    whole.collect()
}

fn text(role: &Role, name: &dyn Fn(&MemberId) -> String) -> String {
    // On one line, whatever somebody called themselves.
    let one_line = |name: String| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let order: Vec<String> = role.order.iter().map(|one| one_line(name(one))).collect();
    let order = order.join(", ");
    // The remit last: it alone may go over several lines.
    let parts = [
        (RoleField::Start.key(), role.start.as_str()),
        (RoleField::Term.key(), role.term.as_str()),
        (ORDER, order.as_str()),
        (RoleField::Remit.key(), role.remit.as_str()),
    ];
    let said = parts.iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<String> = said.map(|(key, value)| format!("{key}: {value}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(role: &str, remit: &str, term: &str, order: &[MemberId]) -> Role {
        Role {
            role: role.to_owned(),
            remit: remit.to_owned(),
            term: term.to_owned(),
            order: order.to_vec(),
            ..Role::default()
        }
    }

    #[test]
    fn a_role_is_compared_as_one_text_with_people_by_name_also_where_only_one_version_has_it() {
        let (ana, bo) = (MemberId::from_bytes([1; 20]), MemberId::from_bytes([2; 20]));
        let name = |member: &MemberId| if *member == ana { "Ana" } else { "Bo\nDylan" }.to_owned();
        let old = [role("pilot", "Tenir le cap", "6 months", &[ana, bo])];
        let new = [
            role("accueil", "Ouvrir la porte", "", &[]),
            role("pilot", "Tenir la barre", "6 months", &[bo, ana]),
        ];
        let told = whole_roles(&old, &new, &name);
        let fields: Vec<&str> = told.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["role/pilot", "role/accueil"]);
        assert_eq!(
            told[0].older(),
            "term: 6 months\norder: Ana, Bo Dylan\nremit: Tenir le cap"
        );
        assert_eq!(
            told[0].newer(),
            "term: 6 months\norder: Bo Dylan, Ana\nremit: Tenir la barre"
        );
        assert_eq!((told[1].older(), told[1].differs()), (String::new(), true));
        assert!(!whole_roles(&old, &old, &name)[0].differs());
    }
}
