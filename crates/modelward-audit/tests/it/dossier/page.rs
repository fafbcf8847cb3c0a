//! What holds for every page, whatever is known of the model.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{KINDS, SECTIONS, bare};
use crate::dossier::sample::{Kind, Sample, html};

/// Returns the pages, that of which nothing is known too.
fn pages() -> Vec<String> {
    let pages = KINDS.into_iter().map(|kind| Sample::new(kind).html());
    pages.chain([bare(html)]).collect()
}

#[test]
fn every_section_stands_in_the_page_in_order() {
    for page in pages() {
        let mut rest = page.as_str();
        for title in SECTIONS {
            let (_, after) = rest.split_once(&format!("-h\">{title}</h2>")).expect(title);
            rest = after;
        }
    }
}

#[test]
fn the_first_screen_says_the_decision_who_signed_and_what_blocks() {
    let signer = "model-release@bank.example";
    let cases = [
        (Kind::Go, "Go", "good", "The holder of a trusted key"),
        (Kind::Stopped, "No go", "bad", signer),
        (Kind::Hostile, "No go", "bad", "Rejected"),
    ];
    for (kind, word, class, signer) in cases {
        let sample = Sample::new(kind);
        let html = sample.html();
        let (_, first) = html.split_once("<section id=\"summary\"").unwrap();
        let (first, _) = first.split_once("</section>").unwrap();
        assert!(
            first.contains(&format!("class=\"banner {class}\"")),
            "{word}"
        );
        assert!(
            first.contains(&format!("Decision:</span> {word}</p>")),
            "{word}"
        );
        assert!(first.contains(signer), "{word}");
        assert_eq!(first.contains("href=\"#rule-pickles\""), kind != Kind::Go);
        let json: Value = serde_json::from_str(&sample.json()).unwrap();
        assert_eq!(json["schema"], "modelward.dossier/1");
        assert_eq!(json["summary"]["decision"]["words"][0], word);
    }
}

#[test]
fn the_page_has_no_script_and_loads_nothing() {
    for html in pages() {
        for refused in [
            "<script", "<img", "<link", "<iframe", "<object", "<embed", "@import",
        ] {
            assert!(!html.contains(refused), "{refused}");
        }
        assert_eq!(html.matches("url(").count(), html.matches("url(#").count());
        let (_, body) = html.split_once("<body>").unwrap();
        for (name, value) in tags(body).into_iter().flat_map(attributes) {
            assert!(!name.starts_with("on"), "{name}");
            assert!(
                !["src", "srcset", "action", "data"].contains(&name),
                "{name}"
            );
            assert!(name != "href" || value.starts_with('#'), "{value}");
        }
        assert!(html.contains("default-src 'none'"));
    }
}

#[test]
fn every_id_is_one_and_every_link_leads_to_it() {
    for html in pages() {
        let (_, body) = html.split_once("<body>").unwrap();
        let (mut ids, mut targets) = (BTreeSet::new(), BTreeSet::new());
        for (name, value) in tags(body).into_iter().flat_map(attributes) {
            match name {
                "id" => assert!(ids.insert(value), "{value} stands twice"),
                "href" => targets.extend([&value[1..]]),
                "aria-labelledby" | "aria-describedby" => targets.extend(value.split(' ')),
                _ => {}
            }
        }
        let missing: Vec<_> = targets.difference(&ids).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

#[test]
fn headings_go_down_by_one_level() {
    for html in pages() {
        let level = |tag: &str| {
            let level = tag.strip_prefix('h')?.bytes().next()?;
            level.is_ascii_digit().then_some(level)
        };
        let levels: Vec<_> = tags(&html).into_iter().filter_map(level).collect();
        assert_eq!(levels.iter().filter(|level| **level == b'1').count(), 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1));
    }
}

#[test]
fn every_table_has_a_caption_and_scopes() {
    for html in pages() {
        for table in html.split("<table").skip(1) {
            let (table, _) = table.split_once("</table>").unwrap();
            assert_eq!(table.matches("<caption").count(), 1);
            let headers = tags(table).into_iter().filter(|tag| tag.starts_with("th "));
            headers.for_each(|tag| assert!(tag.contains("scope="), "{tag}"));
        }
    }
}

/// Returns what stands between `<` and `>`, but doctype and comments.
fn tags(html: &str) -> Vec<&str> {
    let tags = html.split('<').skip(1);
    let tags = tags.filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
    tags.filter(|tag| !tag.starts_with('!')).collect()
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '"']).next().unwrap();
        let (value, after) = after.split_once('"').unwrap();
        attributes.push((name, value));
        rest = after;
    }
    attributes
}
