//! The few lines before a page's text that hold its title and tags.
//!
//! What is written is YAML whose strings are JSON strings, so that any title and tag reads back. What
//! is read is also the simple YAML that people and other programs write by hand. A block that says more than
//! a page can keep is read for its title and tags, but is not taken off the text.

use serde_json::Value;
use tresse_model::DocId;

/// What stands before a text.
pub(crate) struct FrontMatter<'a> {
    /// The title, where one is given.
    pub(crate) title: Option<String>,
    /// The tags.
    pub(crate) tags: Vec<String>,
    /// Title, tags and id are all that it says: taking it off loses nothing.
    pub(crate) only_ours: bool,
    /// The text after it.
    pub(crate) body: &'a str,
}

/// The lines for a page, up to where its text begins.
pub(crate) fn write(title: &str, tags: &[String], id: &DocId) -> String {
    let (title, tags) = (Value::from(title), Value::from(tags.to_vec()));
    format!("---\ntitle: {title}\ntags: {tags}\nid: {id}\n---\n")
}

/// Takes the block apart, if the text begins with one.
pub(crate) fn read(text: &str) -> Option<FrontMatter<'_>> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next()?;
    if opening.trim_end() != "---" {
        return None;
    }
    let mut length = opening.len();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut comments = false;
    loop {
        let line = lines.next()?;
        length += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        match line.trim_end() {
            "---" | "..." => break,
            "" => {}
            comment if comment.starts_with('#') => comments = true,
            _ if line.starts_with([' ', '\t']) || line.starts_with("- ") => {
                entries.last_mut()?.below.push(line.trim());
            }
            _ => entries.push(Entry::read(line)?),
        }
    }
    if entries.is_empty() {
        return None;
    }
    let mut found = FrontMatter {
        title: None,
        tags: Vec::new(),
        only_ours: !comments,
        body: &text[length..],
    };
    let mut seen = Vec::new();
    for entry in &entries {
        let understood = !seen.contains(&entry.key) && entry.put(&mut found);
        found.only_ours &= understood;
        seen.push(entry.key);
    }
    Some(found)
}

/// `key: value`, and the indented or listed lines below it.
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
    below: Vec<&'a str>,
}

impl<'a> Entry<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (key, value) = line.split_once(':')?;
        let well_formed = !key.is_empty()
            && (value.is_empty() || value.starts_with([' ', '\t']))
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
        well_formed.then(|| Self {
            key: key.trim_end(),
            value: value.trim(),
            below: Vec::new(),
        })
    }

    /// Puts what the entry says where it belongs; false for what a page does not keep.
    fn put(&self, found: &mut FrontMatter<'_>) -> bool {
        match self.key {
            "title" if self.below.is_empty() => {
                found.title = scalar(self.value);
                found.title.is_some() || self.value.is_empty()
            }
            "tags" => match self.tags() {
                Some(tags) => {
                    found.tags = tags;
                    true
                }
                None => false,
            },
            "id" => self.below.is_empty() && self.value.parse::<DocId>().is_ok(),
            _ => false,
        }
    }

    fn tags(&self) -> Option<Vec<String>> {
        if self.value.is_empty() {
            let item = |line: &&str| scalar(line.strip_prefix("- ")?.trim());
            return self.below.iter().map(item).collect();
        }
        if !self.below.is_empty() {
            return None;
        }
        if let Ok(tags) = serde_json::from_str(self.value) {
            return Some(tags);
        }
        if let Some(list) = self
            .value
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let simple = !list.contains(['"', '\'', '[', ']', '{', '}']);
            return simple.then(|| list.split(',').map(|tag| scalar(tag.trim())).collect())?;
        }
        if self.value.contains(',') {
            return None;
        }
        Some(vec![scalar(self.value)?])
    }
}

/// One value of simple YAML; `None` for an empty one or what is not simple.
fn scalar(value: &str) -> Option<String> {
    if value.starts_with('"') {
        return serde_json::from_str(value).ok();
    }
    if let Some(quoted) = value.strip_prefix('\'') {
        let inside = quoted.strip_suffix('\'')?;
        let single = inside.replace("''", "");
        return (!single.contains('\'')).then(|| inside.replace("''", "'"));
    }
    let special = value.is_empty()
        || value.starts_with([
            '|', '>', '&', '*', '!', '{', '}', '[', ']', '%', '@', '`', '#', ',',
        ])
        || value.starts_with("- ")
        || value.starts_with("? ")
        || value.contains(" #");
    (!special).then(|| value.to_owned())
}
