//! The dossier of a model, in its three forms.

mod page;
pub(crate) mod sample;

use std::path::{Path, PathBuf};

use modelward_artifact::{Digest, Entry, JsonLimits, Manifest};
use modelward_audit::{Dossier, Lineage, ModelEvidence, ReleaseFacts, ReleasePolicy};
use modelward_bom::MlBom;
use modelward_rmf::Phase;
use serde_json::{Value, json};

use crate::dossier::sample::{Kind, Sample, html, json_of, markdown, now};

const KINDS: [Kind; 3] = [Kind::Go, Kind::Hostile, Kind::Stopped];

/// The sections, in order.
const SECTIONS: [&str; 12] = [
    "Decision of the release gate",
    "Identity",
    "Signature",
    "What it is made of",
    "Where it comes from",
    "Model card",
    "Findings",
    "Assessment",
    "Risks",
    "Incidents",
    "What the evidence covers",
    "How to verify this dossier",
];

/// Lets the dossier of a model of which nothing is known be looked at.
fn bare<T>(look: impl FnOnce(&Dossier<'_>) -> T) -> T {
    let evidence = ModelEvidence::new("unknown-model", Digest::sha256(b"files"));
    look(&Dossier::of(&evidence, now()))
}

#[test]
fn the_same_input_has_the_same_bytes() {
    let sample = Sample::new(Kind::Stopped);
    assert_eq!(sample.html(), sample.html());
    assert_eq!(sample.markdown(), sample.markdown());
    assert_eq!(sample.json(), sample.json());
    assert_eq!(bare(json_of), bare(json_of));
}

#[test]
fn every_form_states_the_digest_of_the_json() {
    for kind in KINDS {
        let sample = Sample::new(kind);
        sample.with(|dossier| {
            let digest = Digest::sha256(&dossier.to_json());
            assert_eq!(dossier.digest(), digest);
            assert!(dossier.to_html().contains(&digest.to_hex()));
            assert!(dossier.to_markdown().contains(&digest.to_hex()));
        });
    }
}

#[test]
fn every_section_stands_in_the_markdown_whatever_is_known() {
    let documents = KINDS.into_iter().map(|kind| Sample::new(kind).markdown());
    for document in documents.chain([bare(markdown)]) {
        let titles = document.lines().filter_map(|it| it.strip_prefix("## "));
        let expected: Vec<_> = ["Summary"].into_iter().chain(SECTIONS).collect();
        assert_eq!(titles.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn what_was_not_given_is_said_in_every_form() {
    let json = String::from_utf8(bare(json_of)).unwrap();
    for form in [bare(html), bare(markdown), json] {
        for missing in [
            "not given: no decision of a release gate",
            "not given: no ML-BOM",
            "not given: no manifest of the files, so only their root digest is known",
            "not given: no verification of a signature",
            "not given: no supply chain",
            "not given: no list of affected assets",
            "not given: no advisories were looked at",
            "not given: no pickle was scanned",
            "not given: no assessment",
            "not given: no phase gate was passed",
            "not given: no risk register",
            "not given: no incident records",
            "not given: what the evidence covers of the 72 subcategories",
            "No decision",
            "Anybody may have made or changed these files.",
        ] {
            assert!(form.contains(missing), "{missing}");
        }
    }
}

#[test]
fn a_decision_on_other_files_is_not_shown_as_one_on_these() {
    let facts = ReleaseFacts::new("unknown-model", Digest::sha256(b"other files"));
    let decision = ReleasePolicy::baseline().evaluate(Phase::Release, &facts, now());
    let evidence = ModelEvidence::new("unknown-model", Digest::sha256(b"files"));
    let html = Dossier::of(&evidence, now())
        .with_decision(&decision)
        .to_html();
    assert!(html.contains("Decision:</span> No decision</p>"));
    assert!(html.contains("What does not fit together"));
    assert!(html.contains("It says nothing of these."));
}

#[test]
fn texts_from_outside_are_shown_and_do_not_act() {
    let sample = Sample::new(Kind::Hostile);
    let (html, markdown, json) = (sample.html(), sample.markdown(), sample.json());
    for form in [&html, &markdown, &json] {
        assert!(!form.contains('\u{202e}') && !form.contains('\u{1b}'));
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src="));
    assert!(html.contains(r"\u{202e}desrever\u{202c}"));
    assert!(markdown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!markdown.contains("<script"));
    assert!(!markdown.contains("\n# no heading") && !markdown.contains("\n- not an item"));
    let read: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["identity"]["name"], sample.name);
    assert!(json.contains(r"\u202edesrever\u202c"));
}

#[test]
fn rows_of_a_markdown_table_have_as_many_cells() {
    for kind in KINDS {
        let (mut columns, mut rows) = (None, 0);
        for line in Sample::new(kind).markdown().lines() {
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            let bars = line.replace(r"\|", "").matches('|').count();
            assert_eq!(bars, *columns.get_or_insert(bars), "{line}");
            rows += 1;
        }
        assert!(rows > 100, "{rows}");
    }
}

#[test]
fn a_model_of_a_large_fleet_has_a_dossier_that_can_be_read() {
    let parts: Vec<_> = (0..4000).map(part).collect();
    let names: Vec<_> = parts.iter().map(|part| part["bom-ref"].clone()).collect();
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "machine-learning-model", "bom-ref": "model",
            "name": "large", "version": "1"}},
        "components": parts, "dependencies": [{"ref": "model", "dependsOn": names}],
    });
    let bytes = serde_json::to_vec(&document).unwrap();
    let bom = MlBom::read(&bytes, &JsonLimits::default()).unwrap();
    let lineage = Lineage::of(&bom).unwrap();
    let entry = |number: usize| {
        let path = format!("shard-{number:05}.bin").parse().unwrap();
        Entry::new(path, 1 << 30, Digest::sha256(&number.to_le_bytes()))
    };
    let manifest = Manifest::new("large", (0..20_000).map(entry).collect()).unwrap();
    let evidence = ModelEvidence::of(&manifest)
        .with_bom(&bom)
        .with_lineage(&lineage);
    let dossier = Dossier::of(&evidence, now());
    let html = dossier.to_html();
    assert!(html.len() < 300_000, "{}", html.len());
    assert!(dossier.to_json().len() < 200_000);
    for said in [
        "The first 60 of 20000 are shown; 19940 are left out",
        "Shown are the model and 23 other nodes",
        "The model has 4,000 parts",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

fn part(number: usize) -> Value {
    let name = format!("part-{number}");
    json!({"type": "library", "bom-ref": name, "name": name, "version": "1"})
}

/// Writes the pages into the folder that `MODELWARD_REPORT_OUT` names, where a browser can look at
/// them, and beside each its Markdown and JSON.
#[test]
fn the_pages_can_be_looked_at() {
    let folder = std::env::var_os("MODELWARD_REPORT_OUT").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")));
    std::fs::create_dir_all(&folder).unwrap();
    let names = ["go", "hostile", "stopped"];
    for (name, kind) in names.into_iter().zip(KINDS) {
        Sample::new(kind).with(|it| write(&folder, name, it));
    }
    bare(|it| write(&folder, "bare", it));
}

fn write(folder: &Path, name: &str, dossier: &Dossier<'_>) {
    let path = |end: &str| folder.join(format!("dossier-{name}.{end}"));
    std::fs::write(path("html"), dossier.to_html()).unwrap();
    std::fs::write(path("md"), dossier.to_markdown()).unwrap();
    std::fs::write(path("json"), dossier.to_json()).unwrap();
}
