//! Names that lie, in every form in which an assessment, a register or a crosswalk is shown.

#[path = "../../../modelward-artifact/tests/it/names/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::error::Error;

use modelward_artifact::{Finding, JsonLimits, Timestamp};
use modelward_rmf::crosswalk::{Crosswalk, KnownIds};
use modelward_rmf::csv::{self, CsvOptions, Dialect};
use modelward_rmf::oscal::{self, NAMESPACE};
use modelward_rmf::{
    Assessment, AuditCadence, AuditInputs, Checks, GateInputs, GatePolicy, Phase, RatingScale,
    Report, RiskMatrix, RiskRegister,
};
use serde_json::Value;

use self::table::{NAMES, acts, assert_one_line, assert_quiet, assert_told_quietly, lies};
use crate::oscal_made::{Size, crosswalk, options, register};

const SIZE: Size = Size {
    subcategories: 3,
    evidence: 3,
    risks: 2,
};

fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

#[track_caller]
fn told<T, E: Error + 'static>(read: Result<T, E>) -> Option<T> {
    read.map_err(|error| assert_told_quietly(&error)).ok()
}

/// Returns the kinds of elements and attributes of a page.
fn markup(html: &str) -> BTreeSet<String> {
    let tags = html.split('<').skip(1).map(|rest| {
        let tag = rest.split('>').next().unwrap();
        let outside: String = tag.split('"').step_by(2).collect();
        let names = outside.split_whitespace();
        let names = names.map(|it| it.trim_matches(['=', '/']).to_owned());
        names.collect::<Vec<_>>()
    });
    tags.flatten().collect()
}

/// Fails where a table has a cell that acts, apart from what its reader gets back.
fn assert_table(table: &str) {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(
                !cell.trim_start().starts_with(['=', '+', '-', '@']),
                "{cell}"
            );
            assert!(
                !cell
                    .chars()
                    .any(|c| c.is_control() && !"\n\r\t".contains(c)),
                "{cell:?}"
            );
        }
    }
}

fn assert_json(json: &[u8]) {
    serde_json::from_slice::<Value>(json).unwrap();
    let raw = json.iter().find(|&&byte| byte < 0x20 && byte != b'\n');
    assert_eq!(raw, None);
}

/// Shows an assessment in each form; a page costs the most.
fn show(assessment: &Assessment, register: &RiskRegister, name: &str) -> [String; 2] {
    let checks = Checks::new(assessment, now()).with_register(register).run();
    for issue in checks.issues() {
        assert_one_line("issue", &issue.to_string());
    }
    let report = Report::new(assessment, now()).with_register(register);
    let finding = Finding::new("a.code", name).about(name);
    let report = report.with_checks(&checks).with_findings(name, [finding]);
    let markdown = report.to_markdown();
    assert_quiet("markdown", &markdown);
    let gate = GatePolicy::recommended(Phase::Release);
    let inputs = GateInputs::new(assessment.subject())
        .with_assessment(assessment)
        .with_register(register)
        .with_checks(&checks);
    assert_quiet("gate", &gate.evaluate(&inputs, now()).to_string());
    assert_json(&gate.evaluate(&inputs, now()).to_json());
    let inputs = AuditInputs::new(assessment).with_register(register);
    for item in AuditCadence::recommended().due(&inputs, now()) {
        assert_one_line("audit", &item.to_string());
    }
    for due in register.due(now(), 3_000) {
        assert_one_line("due", &due.item().to_string());
    }
    assert_json(&assessment.to_json().unwrap());
    assert_json(&register.to_json().unwrap());
    for table in [
        csv::write_determinations(assessment, Dialect::default()),
        csv::write_evidence(assessment, Dialect::default()),
        csv::write_risks(register, Dialect::default()),
        csv::write_actions(register, Dialect::default()),
    ] {
        assert_table(&table);
    }
    if let Some(results) = told(oscal::assessment_results(
        assessment,
        Some(register),
        &options(),
    )) {
        assert_json(&results.to_json().unwrap());
    }
    [report.to_html(), markdown]
}

#[test]
fn assessments_of_names_that_lie_show_none_as_it_is() {
    let plain = crate::assessment::sample();
    let register = register(SIZE);
    let elements = markup(&show(&plain, &register, "plain")[0]);
    let document = serde_json::from_slice(&plain.to_json().unwrap()).unwrap();
    let mut shown = 0;
    for (number, lie) in lies(&document).into_iter().enumerate() {
        let bytes = lie.to_string();
        let read = Assessment::from_json(bytes.as_bytes(), &JsonLimits::default());
        let Some(assessment) = told(read) else {
            continue;
        };
        assert_quiet("changes", &assessment.changes_since(&plain).to_string());
        // Not all of some thousand pages: each place meets other names.
        if number % 11 == 0 {
            let name = NAMES[number % NAMES.len()];
            let [html, _] = show(&assessment, &register, name);
            assert_quiet("html", &html);
            let other = markup(&html);
            assert!(
                other.is_subset(&elements),
                "{:?}",
                other.difference(&elements)
            );
            shown += 1;
        }
    }
    assert!(shown > 50, "{shown}");
}

#[test]
fn registers_of_names_that_lie_show_none_as_it_is() {
    let plain = register(SIZE);
    let assessment = crate::assessment::sample();
    let document = serde_json::from_slice(&plain.to_json().unwrap()).unwrap();
    let mut shown = 0;
    for (number, lie) in lies(&document).into_iter().enumerate() {
        let bytes = lie.to_string();
        let read = RiskRegister::from_json(bytes.as_bytes(), &JsonLimits::default());
        let Some(register) = told(read) else {
            continue;
        };
        if number % 23 == 0 {
            let name = NAMES[number % NAMES.len()];
            show(&assessment, &register, name);
            shown += 1;
        }
    }
    assert!(shown > 50, "{shown}");
}

#[test]
fn policies_of_names_that_lie_show_none_as_it_is() {
    let limits = JsonLimits::default();
    let policy = GatePolicy::recommended(Phase::Release).to_json().unwrap();
    for lie in lies(&serde_json::from_slice(&policy).unwrap()) {
        told(GatePolicy::from_json(lie.to_string().as_bytes(), &limits));
    }
    let cadence = AuditCadence::recommended().to_json().unwrap();
    for lie in lies(&serde_json::from_slice(&cadence).unwrap()) {
        told(AuditCadence::from_json(lie.to_string().as_bytes(), &limits));
    }
}

#[test]
fn crosswalks_of_names_that_lie_show_none_as_it_is_and_keep_each() {
    let limits = JsonLimits::default();
    let document = serde_json::to_value(crosswalk()).unwrap();
    let mut kept = 0;
    // Rows are alike, and each place meets other names.
    let lies = lies(&document);
    let step = lies.len() / 600 + 1;
    for lie in lies.into_iter().step_by(step) {
        let read = Crosswalk::from_json(lie.to_string().as_bytes(), &limits);
        let Some(crosswalk) = told(read) else {
            continue;
        };
        assert_quiet("crosswalk", &crosswalk.to_string());
        for issue in crosswalk.lint(&[]) {
            assert_one_line("issue", &issue.to_string());
        }
        let again = Crosswalk::from_tsv(crosswalk.to_tsv().as_bytes()).unwrap();
        assert_eq!(again, crosswalk);
        if let Some(mapping) = told(oscal::mapping_collection(&crosswalk, &options())) {
            assert_json(&mapping.to_json().unwrap());
        }
        kept += 1;
    }
    assert!(kept > 100, "{kept}");
}

#[test]
fn tables_and_results_of_names_that_lie_are_refused_without_showing_one_as_it_is() {
    let limits = JsonLimits::default();
    let assessment = crate::assessment::sample();
    let results = oscal::assessment_results(&assessment, None, &options()).unwrap();
    let scale = RatingScale::maturity();
    for lie in lies(&results.into_value()).into_iter().step_by(7) {
        let bytes = lie.to_string();
        told(oscal::read_assessment_results(
            bytes.as_bytes(),
            &limits,
            &scale,
            NAMESPACE,
        ));
    }
    let known = "# framework: x\n# title: y\nid\ttitle\n";
    for name in NAMES {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        for table in [
            name.to_owned(),
            format!("subcategory,determination,{quoted}\n"),
            format!("subcategory,determination\n{quoted},met\n"),
            format!("subcategory,determination\nGOVERN 1.1,{quoted}\n"),
            format!("subcategory,determination,evidence\nGOVERN 1.1,met,{quoted}\n"),
        ] {
            let options = CsvOptions::default();
            let read = csv::read_assessment(table.as_bytes(), None, &scale, &options);
            if let Err(errors) = read {
                assert_quiet("errors", &errors.to_string());
            }
            let risks = csv::read_risks(
                table.as_bytes(),
                None,
                &RiskMatrix::five_by_five(),
                &options,
            );
            assert_quiet("errors", &risks.unwrap_err().to_string());
        }
        for text in [
            name.to_owned(),
            format!("# {name}: {name}\n"),
            format!("{known}{name}\t{name}\n"),
        ] {
            told(Crosswalk::from_tsv(text.as_bytes()));
            told(KnownIds::from_tsv(text.as_bytes()));
        }
    }
}

#[test]
fn a_text_of_a_table_comes_back_as_it_was() {
    for name in NAMES {
        assert_eq!(csv::unguarded(&csv::guarded(name)), name);
        assert!(!csv::guarded(name).starts_with(['=', '+', '-', '@']));
    }
    assert!(NAMES.iter().any(|name| name.chars().any(acts)));
}
