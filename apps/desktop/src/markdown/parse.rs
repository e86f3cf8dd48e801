//! From Markdown to a flat list of blocks, each of which can be laid out alone.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{builder::Builder, html, rich::Rich, tabs};

/// One block with what it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// How many quotes it is in.
    pub(super) quotes: u8,
    /// How many lists it is in.
    pub(super) depth: u8,
    /// The sign of the item that it begins.
    pub(super) marker: Option<Marker>,
    /// It is the first of an outermost list.
    pub(super) opens_list: bool,
    /// What it is.
    pub(super) body: Body,
}

/// The sign before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(u64),
    Task(bool),
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    Heading(u8, Rich),
    Words(Rich),
    Code(String),
    Rule,
    Table {
        alignments: Vec<egui::Align>,
        /// The first is the head.
        rows: Vec<Vec<Rich>>,
    },
}

impl Block {
    /// A text as it is written.
    pub(super) fn raw(text: &str) -> Self {
        Self {
            quotes: 0,
            depth: 0,
            marker: None,
            opens_list: false,
            body: Body::Code(text.to_owned()),
        }
    }

    /// Roughly how much there is to read in it.
    pub(super) fn weight(&self) -> usize {
        let words = match &self.body {
            Body::Heading(_, rich) | Body::Words(rich) => rich.text.len(),
            Body::Code(code) => code.len(),
            Body::Rule => 0,
            Body::Table { rows, .. } => rows.iter().flatten().map(|cell| cell.text.len()).sum(),
        };
        words + 40
    }
}

/// Reads a text.
pub(super) fn parse(source: &str) -> Vec<Block> {
    let source = tabs::tables(source);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(&source, options) {
        reader.event(event);
    }
    reader.flush();
    reader.blocks
}

#[derive(Debug)]
enum Level {
    Quote,
    List(Option<u64>),
    Item(Option<Marker>),
}

#[derive(Debug, Default)]
struct Reader {
    blocks: Vec<Block>,
    levels: Vec<Level>,
    words: Option<Builder>,
    heading: Option<u8>,
    code: Option<String>,
    html: Option<String>,
    image: Option<String>,
    table: Option<(Vec<egui::Align>, Vec<Vec<Rich>>)>,
    opens_list: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        if let Some(alt) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::End(TagEnd::Image) => {
                    let alt = self.image.take().unwrap_or_default();
                    self.words().image(&alt);
                }
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => {
                if let Some(code) = &mut self.code {
                    code.push_str(&text);
                } else {
                    self.words().text(&text);
                }
            }
            Event::Code(code) => self.words().code(&code),
            Event::Html(raw) => match &mut self.html {
                Some(html) => html.push_str(&raw),
                None => html::read(&raw, self.words()),
            },
            Event::InlineHtml(tag) => html::tag(&tag, self.words()),
            Event::SoftBreak => self.words().words(" "),
            Event::HardBreak => self.words().line_break(),
            Event::Rule => {
                self.flush();
                self.push(Body::Rule);
            }
            Event::TaskListMarker(done) => {
                if let Some(Level::Item(marker)) = self.levels.last_mut() {
                    *marker = Some(Marker::Task(done));
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.words().text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.words().strong(true),
            Tag::Emphasis => self.words().stressed(true),
            Tag::Strikethrough => self.words().struck(true),
            Tag::Link { dest_url, .. } => self.words().link_start(&dest_url),
            Tag::Image { .. } => {
                self.words();
                self.image = Some(String::new());
            }
            Tag::Paragraph => {
                self.flush();
                self.words();
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(depth(level));
                self.words();
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.levels.push(Level::Quote);
            }
            Tag::List(first) => {
                self.flush();
                self.show_bare_item();
                self.levels.push(Level::List(first));
                self.opens_list = self.depth() == 1;
            }
            Tag::Item => {
                let marker = match self.levels.last_mut() {
                    Some(Level::List(Some(number))) => {
                        *number += 1;
                        Marker::Number(*number - 1)
                    }
                    _ => Marker::Bullet,
                };
                self.levels.push(Level::Item(Some(marker)));
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.code = Some(String::new());
                debug_assert!(matches!(
                    kind,
                    CodeBlockKind::Indented | CodeBlockKind::Fenced(_)
                ));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::Table(alignments) => {
                self.flush();
                let alignments = alignments.into_iter().map(align).collect();
                self.table = Some((alignments, Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some((_, rows)) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.words = Some(Builder::default()),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Strong => self.words().strong(false),
            TagEnd::Emphasis => self.words().stressed(false),
            TagEnd::Strikethrough => self.words().struck(false),
            TagEnd::Link => self.words().link_end(),
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::Item => {
                self.flush();
                self.show_bare_item();
                self.levels.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) => {
                self.flush();
                self.levels.pop();
            }
            TagEnd::CodeBlock => {
                let mut code = self.code.take().unwrap_or_default();
                code.truncate(code.trim_end_matches('\n').len());
                self.push(Body::Code(code));
            }
            TagEnd::HtmlBlock => {
                let raw = self.html.take().unwrap_or_default();
                html::read(&raw, self.words());
                self.flush();
            }
            TagEnd::TableCell => {
                let cell = self.words.take().unwrap_or_default().finish();
                if let Some(row) = self.table.as_mut().and_then(|(_, rows)| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                if let Some((alignments, rows)) = self.table.take() {
                    self.push(Body::Table { alignments, rows });
                }
            }
            _ => {}
        }
    }

    fn words(&mut self) -> &mut Builder {
        self.words.get_or_insert_default()
    }

    /// Ends the words in the making.
    fn flush(&mut self) {
        let Some(words) = self.words.take() else {
            return;
        };
        let heading = self.heading.take();
        if words.is_empty() {
            return;
        }
        let rich = words.finish();
        if rich.is_empty() {
            return;
        }
        self.push(match heading {
            Some(level) => Body::Heading(level, rich),
            None => Body::Words(rich),
        });
    }

    /// An item without words of its own still shows its sign.
    fn show_bare_item(&mut self) {
        if let Some(Level::Item(Some(_))) = self.levels.last() {
            self.push(Body::Words(Rich::default()));
        }
    }

    fn count(&self, wanted: impl Fn(&Level) -> bool) -> u8 {
        let found = self.levels.iter().filter(|level| wanted(level)).count();
        found.min(usize::from(u8::MAX)) as u8
    }

    fn depth(&self) -> u8 {
        self.count(|level| matches!(level, Level::List(_)))
    }

    fn push(&mut self, body: Body) {
        let quotes = self.count(|level| matches!(level, Level::Quote));
        let depth = self.depth();
        let marker = self.levels.iter_mut().rev().find_map(|level| match level {
            Level::Item(marker) => Some(marker.take()),
            _ => None,
        });
        self.blocks.push(Block {
            quotes,
            depth,
            marker: marker.flatten(),
            opens_list: std::mem::take(&mut self.opens_list),
            body,
        });
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn align(alignment: Alignment) -> egui::Align {
    match alignment {
        Alignment::None | Alignment::Left => egui::Align::Min,
        Alignment::Center => egui::Align::Center,
        Alignment::Right => egui::Align::Max,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(source: &str) -> Vec<String> {
        parse(source)
            .into_iter()
            .map(|block| match block.body {
                Body::Heading(_, rich) | Body::Words(rich) => rich.text,
                Body::Code(code) => code,
                Body::Rule => "—".to_owned(),
                Body::Table { rows, .. } => rows
                    .into_iter()
                    .map(|row| {
                        let cells: Vec<String> = row.into_iter().map(|cell| cell.text).collect();
                        cells.join(" | ")
                    })
                    .collect::<Vec<_>>()
                    .join(" / "),
            })
            .collect()
    }

    #[test]
    fn lists_keep_their_depth_and_their_signs() {
        let blocks = parse("- a\n  1. b\n  2. c\n- [x] d\n\n> e\n");
        let seen: Vec<_> = blocks
            .iter()
            .map(|block| (block.quotes, block.depth, block.marker))
            .collect();
        assert_eq!(
            seen,
            [
                (0, 1, Some(Marker::Bullet)),
                (0, 2, Some(Marker::Number(1))),
                (0, 2, Some(Marker::Number(2))),
                (0, 1, Some(Marker::Task(true))),
                (1, 0, None),
            ]
        );
    }

    #[test]
    fn html_reads_as_text_with_its_breaks() {
        assert_eq!(
            words("<ul><li>- <b>un</b></li><li>deux &amp; d&eacute;j&#224;</li></ul>"),
            ["• un\n• deux & déjà"]
        );
        assert_eq!(
            words("avant<br>après <script>alert(1)</script>fin"),
            ["avant\naprès fin"]
        );
        assert_eq!(words("a < b et <3"), ["a < b et <3"]);
    }

    #[test]
    fn a_tabbed_table_with_html_in_it_is_a_table_to_read() {
        let source = "\tPilote\tAnimation\nRôle\t<p style=\"text-align: center;\">« <b>Conduire</b> »</p> \
             <ul> <li>- décider</li> <li>- <b>arbitrer</b> (=&gt; oui)</li> </ul>\tx\n";
        assert_eq!(
            words(source),
            [" | Pilote | Animation / Rôle | « Conduire »\n• décider\n• arbitrer (=> oui) | x"]
        );
    }

    #[test]
    fn images_are_their_words_and_links_are_only_safe_ones() {
        let blocks =
            parse("![Le plan](http://x/y.png) [a](https://a.fr) [b](javascript:b) [c](file:///c)");
        let Body::Words(rich) = &blocks[0].body else {
            panic!("words");
        };
        assert_eq!(rich.text, "Le plan a b c");
        assert_eq!(rich.links, ["https://a.fr"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(source in "[-a é*_`\\[\\]()<>#0-9.\\\\|\t\n&;!/~+:]{0,120}") {
            for block in parse(&source) {
                if let Body::Words(rich) | Body::Heading(_, rich) = block.body {
                    for (range, link) in rich.link_stretches() {
                        prop_assert!(range.end <= rich.text.chars().count());
                        prop_assert!(link < rich.links.len());
                    }
                }
            }
        }
    }
}
