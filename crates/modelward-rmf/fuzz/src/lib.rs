//! What the fuzz targets do with their bytes: read them, ask everything, and hold what always holds.

use modelward_artifact::{JsonLimits, Timestamp};
use modelward_rmf::crosswalk::{Crosswalk, KnownIds};
use modelward_rmf::csv::{self, CsvOptions, Dialect};
use modelward_rmf::{
    Assessment, AuditCadence, AuditInputs, Basis, Checks, GapAnalysis, GateInputs, GatePolicy,
    GenAiAction, Party, Phase, Profile, RatingScale, Report, RiskMatrix, RiskRegister, SsdfTask,
    Subcategory, Subject, Target, oscal,
};

/// The time of every question.
fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().expect("it is a time")
}

/// Reads an assessment and takes it through everything that makes something of it.
pub fn assessment(bytes: &[u8]) {
    let Ok(assessment) = Assessment::from_json(bytes, &JsonLimits::default()) else {
        return;
    };
    let written = assessment.to_json().expect("it was read of JSON");
    let again = Assessment::from_json(&written, &JsonLimits::default());
    assert_eq!(again.expect("what we wrote is read"), assessment);
    assert!(assessment.changes_since(&assessment).is_empty());
    assert_eq!(assessment.coverage().total(), 72);
    let checks = Checks::new(&assessment, now()).run();
    if let Some(target) = assessment.target() {
        let gaps = GapAnalysis::between(assessment.current(), target);
        let gaps = gaps.expect("an assessment has one scale");
        assert_eq!(gaps.prioritized(None).len(), gaps.open().count());
    }
    for phase in Phase::ALL {
        let inputs = GateInputs::new(assessment.subject()).with_assessment(&assessment);
        let _ = GatePolicy::recommended(phase).evaluate(&inputs, now());
    }
    let page = Report::new(&assessment, now())
        .with_checks(&checks)
        .to_html();
    assert!(!page.contains("<script"), "no text makes an element");
    let _ = Report::new(&assessment, now()).to_markdown();
    let options = oscal::OscalOptions::new(now(), "1").expect("a version");
    if let Ok(results) = oscal::assessment_results(&assessment, None, &options) {
        assert_eq!(oscal::check(results.value()), []);
    }
    tables(&assessment);
}

/// Writes an assessment as tables and reads the same again.
fn tables(assessment: &Assessment) {
    let determinations = csv::write_determinations(assessment, Dialect::default());
    let evidence = csv::write_evidence(assessment, Dialect::default());
    let read = csv::read_assessment(
        determinations.as_bytes(),
        Some(evidence.as_bytes()),
        assessment.scale(),
        &CsvOptions::default(),
    );
    let read = read.expect("what we wrote is read");
    let builder = Assessment::builder(
        assessment.subject().clone(),
        assessment.assessor().clone(),
        assessment.assessed_at(),
    );
    let again = read.add_to(builder).build().expect("it is whole");
    assert_eq!(again.current(), assessment.current());
}

/// Reads a register and asks it everything.
pub fn register(bytes: &[u8]) {
    let Ok(register) = RiskRegister::from_json(bytes, &JsonLimits::default()) else {
        return;
    };
    let written = register.to_json().expect("it was read of JSON");
    let again = RiskRegister::from_json(&written, &JsonLimits::default());
    assert_eq!(again.expect("what we wrote is read"), register);
    for basis in Basis::ALL {
        assert_eq!(register.aggregate(basis).total(), register.risks().len());
        let above = register.above_tolerance(basis).count();
        assert!(above <= register.above_appetite(basis).count());
    }
    let all = register.due(now(), u32::MAX);
    let overdue = all.iter().filter(|due| due.is_overdue()).count();
    assert!(overdue <= all.len());
    let subject = Subject::new("model").expect("a name");
    let party = Party::new("Ada").expect("a name");
    let empty = Assessment::builder(subject, party, now());
    let empty = empty.build().expect("nothing is stated");
    let _ = Checks::new(&empty, now()).with_register(&register).run();
    let page = Report::new(&empty, now())
        .with_register(&register)
        .to_html();
    assert!(!page.contains("<script"), "no text makes an element");
    let options = oscal::OscalOptions::new(now(), "1").expect("a version");
    if let Ok(results) = oscal::assessment_results(&empty, Some(&register), &options) {
        assert_eq!(oscal::check(results.value()), []);
    }
    let risks = csv::write_risks(&register, Dialect::default());
    let actions = csv::write_actions(&register, Dialect::default());
    let read = csv::read_risks(
        risks.as_bytes(),
        Some(actions.as_bytes()),
        register.matrix(),
        &CsvOptions::default(),
    );
    assert_eq!(
        read.expect("what we wrote is read").len(),
        register.risks().len()
    );
}

/// Reads the tables that an assessor brings.
pub fn sheet(bytes: &[u8]) {
    let options = CsvOptions::default();
    let scale = RatingScale::outcome();
    let _ = csv::read_assessment(bytes, None, &scale, &options);
    let _ = csv::read_assessment(bytes, Some(bytes), &scale, &options);
    let _ = csv::read_risks(bytes, Some(bytes), &RiskMatrix::five_by_five(), &options);
}

/// Reads the policies by which an organization decides and audits.
pub fn policy(bytes: &[u8]) {
    let limits = JsonLimits::default();
    if let Ok(policy) = GatePolicy::from_json(bytes, &limits) {
        let written = policy.to_json().expect("it was read of JSON");
        assert_eq!(
            GatePolicy::from_json(&written, &limits).expect("ours"),
            policy
        );
    }
    if let Ok(cadence) = AuditCadence::from_json(bytes, &limits) {
        let subject = Subject::new("model").expect("a name");
        let party = Party::new("Ada").expect("a name");
        let empty = Assessment::builder(subject, party, now()).build();
        let _ = cadence.due(&AuditInputs::new(&empty.expect("nothing is stated")), now());
        let written = cadence.to_json().expect("it was read of JSON");
        assert_eq!(
            AuditCadence::from_json(&written, &limits).expect("ours"),
            cadence
        );
    }
    if let Ok(target) = Profile::<Target>::from_json(bytes, &limits) {
        let written = target.to_json().expect("it was read of JSON");
        assert_eq!(
            Profile::<Target>::from_json(&written, &limits).expect("ours"),
            target
        );
    }
}

/// Reads a crosswalk in both forms, inverts it, composes it and looks for faults.
pub fn crosswalk(bytes: &[u8]) {
    let read = [
        Crosswalk::from_json(bytes, &JsonLimits::default()).ok(),
        Crosswalk::from_tsv(bytes).ok(),
    ];
    if let Err(error) = KnownIds::from_tsv(bytes) {
        assert_eq!(error.to_string().lines().count(), 1, "it is one line");
    }
    for crosswalk in read.into_iter().flatten() {
        let table = Crosswalk::from_tsv(crosswalk.to_tsv().as_bytes());
        assert_eq!(table.expect("what we wrote is read"), crosswalk);
        let inverted = crosswalk.invert();
        assert_eq!(inverted.rows().len(), crosswalk.rows().len());
        let _ = crosswalk.compose(&inverted);
        let _ = crosswalk.lint(&KnownIds::shipped());
    }
}

/// Reads the ratings of OSCAL assessment results, which make an assessment.
pub fn oscal(bytes: &[u8]) {
    let (limits, scale) = (JsonLimits::default(), RatingScale::outcome());
    let options = oscal::OscalOptions::new(now(), "1").expect("a version");
    let read = || oscal::read_assessment_results(bytes, &limits, &scale, options.namespace());
    match (read(), read()) {
        (Ok(profile), Ok(again)) => assert_eq!(profile, again),
        (Err(error), Err(again)) => {
            assert_eq!(error.to_string(), again.to_string());
            assert_eq!(error.to_string().lines().count(), 1, "it is one line");
        }
        (one, other) => panic!("{one:?} and then {other:?}"),
    }
}

/// Reads a text as every kind of id.
pub fn id(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(id) = text.parse::<Subcategory>() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    if let Ok(action) = text.parse::<GenAiAction>() {
        assert_eq!(action.to_string().parse(), Ok(action));
    }
    if let Ok(task) = text.parse::<SsdfTask>() {
        assert_eq!(task.to_string().parse(), Ok(task));
    }
}
