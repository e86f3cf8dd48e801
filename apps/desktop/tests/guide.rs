//! The walk of `docs/guide/`, done as a new user would, in both languages: the first steps, then a first meeting, a first vote, a
//! choice by criteria, a first evaluation and a closing with two others. Its pictures are those of the guide: `cargo xtask guide`
//! redraws them, and a picture that is no longer true fails here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

#[path = "guide/others.rs"]
mod others;

#[path = "guide/said.rs"]
mod said;

#[path = "guide/walk.rs"]
mod walk;

#[path = "guide/first.rs"]
mod first;

#[path = "guide/together.rs"]
mod together;

use std::{collections::BTreeSet, path::Path};

use tresse_desktop::i18n::Lang;

use walk::Walk;

#[test]
fn a_network_goes_from_its_first_steps_to_its_end_as_the_french_guide_says() {
    Walk::begins(Lang::Fr, &said::FRENCH).goes();
}

#[test]
fn a_network_goes_from_its_first_steps_to_its_end_as_the_english_guide_says() {
    Walk::begins(Lang::En, &said::ENGLISH).goes();
}

/// The pictures that the pages of the guide show, and the files and places that they lead to.
fn leads(text: &str) -> Vec<&str> {
    let parts = text.split("](").skip(1);
    let targets = parts.filter_map(|part| part.split(')').next());
    targets.filter(|one| !one.contains("://")).collect()
}

#[test]
fn every_picture_of_the_guide_is_shown_on_a_page_and_whatever_a_page_leads_to_is_there() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide");
    let mut shown = BTreeSet::new();
    for page in std::fs::read_dir(&guide).unwrap() {
        let page = page.unwrap().path();
        if page.extension().is_none_or(|end| end != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&page).unwrap();
        for target in leads(&text) {
            let there = guide.join(target);
            assert!(there.exists(), "{}: {target}", page.display());
            shown.insert(there);
        }
    }
    for lang in ["fr", "en"] {
        for picture in std::fs::read_dir(guide.join("pictures").join(lang)).unwrap() {
            let picture = picture.unwrap().path();
            let name = picture.file_name().unwrap().to_string_lossy().into_owned();
            // What a failed comparison leaves behind is no picture of the guide.
            if name.ends_with(".new.png")
                || name.ends_with(".diff.png")
                || name.ends_with(".old.png")
            {
                continue;
            }
            assert!(
                shown.contains(&guide.join(format!("pictures/{lang}/{name}"))),
                "no page shows {lang}/{name}"
            );
        }
    }
}
