//! Keeps what the readers are made for, for the fuzzer to begin with.

use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::Digest;
use modelward_rmf::crosswalk::Crosswalk;
use modelward_rmf::csv::{self, Dialect};
use modelward_rmf::{AuditCadence, GatePolicy, Phase, oscal};

use crate::assessment::sample;
use crate::oscal_made::{Size, assessment, register};

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept.
fn keep(target: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os("MODELWARD_SEEDS") {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}

#[test]
fn the_fuzzer_begins_with_what_the_readers_are_made_for() {
    let size = Size {
        subcategories: 12,
        evidence: 8,
        risks: 6,
    };
    let assessment = assessment(size);
    let register = register(size);
    let small = sample();
    keep("assessment", &small.to_json().unwrap());
    keep("assessment", &assessment.to_json().unwrap());
    keep("register", &register.to_json().unwrap());
    let sheets = [
        csv::write_determinations(&small, Dialect::default()),
        csv::write_evidence(&small, Dialect::default()),
        csv::write_risks(&register, Dialect::default()),
        csv::write_actions(&register, Dialect::default()),
    ];
    for sheet in sheets {
        assert!(sheet.lines().count() > 1, "a table has a row");
        keep("sheet", sheet.as_bytes());
    }
    let options = oscal::OscalOptions::new(small.assessed_at(), "1").unwrap();
    let results = oscal::assessment_results(&small, Some(&register), &options).unwrap();
    keep("oscal", &results.to_json().unwrap());
    for phase in Phase::ALL {
        keep("policy", &GatePolicy::recommended(phase).to_json().unwrap());
    }
    keep("policy", &AuditCadence::recommended().to_json().unwrap());
    for crosswalk in [Crosswalk::ssdf_218a(), Crosswalk::draft_iso_5338()] {
        keep("crosswalk", crosswalk.to_tsv().as_bytes());
        keep("crosswalk", &crosswalk.to_json().unwrap());
    }
    for id in [
        "GOVERN 1.1",
        "gv-1.1:",
        "MEASURE.2.13",
        "GV4.3--001",
        "MG-3.2-004",
        "PW.3.2",
    ] {
        keep("id", id.as_bytes());
    }
}
