//! HTML inside Markdown, as readable text: tags are not shown, breaks and items are, nothing is fetched or run.

use super::builder::Builder;

/// Reads a whole stretch of HTML.
pub(super) fn read(html: &str, out: &mut Builder) {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.words(&entities(&rest[..open]));
        rest = &rest[open..];
        let Some(end) = tag_end(rest) else {
            out.words(&entities(&rest[..1]));
            rest = &rest[1..];
            continue;
        };
        tag(&rest[..end], out);
        rest = &rest[end..];
    }
    out.words(&entities(rest));
}

/// Where a tag or a comment at the start of the text ends.
fn tag_end(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let first = text[1..].chars().next()?;
    if !(first.is_ascii_alphabetic() || first == '/' || first == '!' || first == '?') {
        return None;
    }
    text.find('>').map(|at| at + 1)
}

/// What one tag does to the words around it.
pub(super) fn tag(tag: &str, out: &mut Builder) {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name: String = inner
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .flat_map(char::to_lowercase)
        .collect();
    match name.as_str() {
        "script" | "style" | "template" => out.hide(!closes),
        "b" | "strong" => out.strong(!closes),
        "i" | "em" | "cite" => out.stressed(!closes),
        "s" | "del" | "strike" => out.struck(!closes),
        "code" | "kbd" | "tt" => out.code_tag(!closes),
        "br" => out.line_break(),
        "li" if !closes => out.item(),
        "ul" | "ol" => out.list(!closes),
        "p" | "div" | "tr" | "table" | "section" | "article" | "blockquote" | "hr" | "dl"
        | "dt" | "dd" | "pre" => out.paragraph_break(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            out.paragraph_break();
            out.strong(!closes);
        }
        "td" | "th" if closes => out.words(" "),
        "a" if closes => out.link_end(),
        "a" => out.link_start(&attribute(inner, "href").unwrap_or_default()),
        "img" => {
            let words = attribute(inner, "alt").filter(|alt| !alt.is_empty());
            out.image(
                &words
                    .or_else(|| attribute(inner, "src"))
                    .unwrap_or_default(),
            );
        }
        _ => {}
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        let stands_alone = tag[..at].ends_with(char::is_whitespace);
        let after = tag[from..].trim_start();
        if let (true, Some(value)) = (stands_alone, after.strip_prefix('=')) {
            let value = value.trim_start();
            let quoted = |quote| {
                let inside = value.strip_prefix(quote)?;
                inside.split(quote).next()
            };
            let found = quoted('"')
                .or_else(|| quoted('\''))
                .or_else(|| value.split([' ', '/']).next())?;
            return Some(entities(found));
        }
    }
    None
}

/// Character references become their characters; what is not known stays as it is written.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest
            .find(';')
            .filter(|&end| end <= 10)
            .and_then(|end| Some((entity(&rest[1..end])?, end)));
        if let Some((letter, end)) = known {
            out.push(letter);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| !letter.is_control());
    }
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, letter)| letter)
}

const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("deg", '°'),
    ("times", '×'),
    ("rarr", '→'),
    ("larr", '←'),
    ("rArr", '⇒'),
    ("hArr", '⇔'),
    ("copy", '©'),
    ("agrave", 'à'),
    ("Agrave", 'À'),
    ("acirc", 'â'),
    ("auml", 'ä'),
    ("ccedil", 'ç'),
    ("Ccedil", 'Ç'),
    ("eacute", 'é'),
    ("Eacute", 'É'),
    ("egrave", 'è'),
    ("Egrave", 'È'),
    ("ecirc", 'ê'),
    ("Ecirc", 'Ê'),
    ("euml", 'ë'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ocirc", 'ô'),
    ("ouml", 'ö'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
];
