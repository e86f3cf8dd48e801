//! Putting one thing of an order before another.

/// What to write so that `one` stands before another, or last: its new number; or, where two stand at one place or nothing lies
/// between them any more, everybody's. Nothing where it stands there already.
///
/// `order` is everything with its number, in order.
pub(super) fn put_before<T: Copy + PartialEq>(
    mut order: Vec<(f64, T)>,
    one: T,
    before: Option<T>,
) -> Vec<(f64, T)> {
    let stood = order.iter().position(|(_, known)| *known == one);
    if let Some(at) = stood {
        order.remove(at);
    }
    let place = before
        .and_then(|before| order.iter().position(|(_, known)| *known == before))
        .unwrap_or(order.len());
    if stood == Some(place) {
        return Vec::new();
    }
    let left = place.checked_sub(1).map(|at| order[at].0);
    let right = order.get(place).map(|(at, _)| *at);
    let at = match (left, right) {
        (None, None) => 1.0,
        (Some(left), None) => left + 1.0,
        (None, Some(right)) => right - 1.0,
        (Some(left), Some(right)) => f64::midpoint(left, right),
    };
    let fits = left.is_none_or(|left| left < at) && right.is_none_or(|right| at < right);
    if fits {
        return vec![(at, one)];
    }
    order.insert(place, (at, one));
    let mut number = 0.0;
    for (at, _) in &mut order {
        number += 1.0;
        *at = number;
    }
    order
}
