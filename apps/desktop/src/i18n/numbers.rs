//! Numbers as people write them: `12 345,5` in French (narrow no-break space), `12,345.5` in English.

use fluent_bundle::FluentValue;
use intl_memoizer::concurrent::IntlLangMemoizer;

/// Fluent's formatter for French.
pub(super) fn french(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    grouped(value, '\u{202f}', ',')
}

/// Fluent's formatter for English.
pub(super) fn english(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    grouped(value, ',', '.')
}

fn grouped(value: &FluentValue<'_>, group: char, point: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let plain = number.as_string();
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_ref(), None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.trim_start_matches('-');
    let mut out = String::with_capacity(plain.len() + 4);
    if digits.len() < whole.len() {
        out.push('−');
    }
    // Four digits stand as they are in both languages' good usage for counts; five and more are grouped.
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left.is_multiple_of(3) && digits.len() > 4 {
            out.push(group);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(point);
        out.push_str(fraction);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_from_five_digits_on() {
        let say = |number: f64, group, point| grouped(&FluentValue::from(number), group, point);
        assert_eq!(say(0.0, ',', '.').as_deref(), Some("0"));
        assert_eq!(say(2026.0, ',', '.').as_deref(), Some("2026"));
        assert_eq!(say(1_234_567.0, ',', '.').as_deref(), Some("1,234,567"));
        assert_eq!(
            say(-12345.5, '\u{202f}', ',').as_deref(),
            Some("−12\u{202f}345,5")
        );
    }
}
