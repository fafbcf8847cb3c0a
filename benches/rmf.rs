//! What an assessment costs: check, gaps, gate and every export.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use modelward::artifact::{Digest, JsonLimits, Timestamp};
use modelward::rmf::crosswalk::Crosswalk;
use modelward::rmf::csv::{self, Dialect};
use modelward::rmf::oscal::{self, OscalOptions};
use modelward::rmf::{
    ActionItem, ActionPlan, Assessment, Checks, Collection, Evidence, EvidenceSource, GapAnalysis,
    GateInputs, GatePolicy, Goal, Method, Party, Phase, Polarity, Priority, Profile, Rated,
    RatingScale, Report, Risk, RiskMatrix, RiskRating, RiskRegister, RiskStatement, Subcategory,
    Subject, Target, Treatment,
};

/// How large the assessment is of which the figures speak.
const EVIDENCE: usize = 200;
const RISKS: usize = 100;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn party() -> Party {
    Party::new("Ada Example").expect("a name")
}

/// The `index`th subcategory, from the first again after the last.
fn subcategory(index: usize) -> Subcategory {
    Subcategory::ALL[index % Subcategory::ALL.len()]
}

fn evidence(index: usize) -> Evidence {
    let title = format!("Report {index} of the test series").parse();
    let title = title.expect("a text");
    let collection = Collection::new(Method::Examine, party(), at("2026-11-20T10:00:00Z"));
    let evidence = Evidence::new(EvidenceSource::Document { title }, collection);
    evidence
        .expect("a document can be examined")
        .with_digest(Digest::sha256(&index.to_le_bytes()))
        .bearing_on(subcategory(index), Polarity::Supports)
}

/// All 72 subcategories rated, with goals and evidence.
fn assessment() -> Assessment {
    let scale = RatingScale::outcome();
    let level = |index: usize| scale.levels()[index % 3].name().as_str();
    let goal = |index| Goal::new("met", Priority::ALL[index % 3]).expect("a level");
    let goals = (0..72).map(|index| (subcategory(index), goal(index)));
    let target = Profile::<Target>::new(scale.clone(), goals).expect("the scale has the level");
    let subject = Subject::new("model").expect("a name");
    let subject = subject.with_digest(Digest::sha256(b"model"));
    let mut builder = Assessment::builder(subject, party(), at("2026-11-23T10:00:00Z"));
    for index in 0..EVIDENCE {
        let id = format!("E-{index}").parse().expect("a key");
        builder = builder.evidence(id, evidence(index));
    }
    for index in 0..72 {
        let why = format!("What was seen of outcome {index} stands in the reports.");
        let mut rated = Rated::new(level(index), &why).expect("a level and a reason");
        for cited in (index..EVIDENCE).step_by(72) {
            rated = rated.citing(format!("E-{cited}").parse().expect("a key"));
        }
        builder = builder.rate(subcategory(index), rated);
    }
    builder.target(target).build().expect("it is whole")
}

fn risk(matrix: &RiskMatrix, index: usize) -> Risk {
    let cause = format!("Data source {index} is not checked.");
    let statement = RiskStatement::new(&cause, "Poisoned samples enter.", "The model misjudges.");
    let name = |levels: usize| index % levels;
    let rating = |likelihood: usize, impact: usize| {
        let likelihood = matrix.likelihood()[likelihood].name().clone();
        RiskRating::new(likelihood, matrix.impact()[impact].name().clone())
    };
    let action = ActionItem::new(format!("A-{index}").parse().expect("a key"), "Check it.");
    let action = action
        .expect("a text")
        .with_due("2027-01-31".parse().expect("a date"));
    let actions = ActionPlan::new([action]).expect("one action");
    Risk::threat(
        format!("R-{index}").parse().expect("a key"),
        statement.expect("texts"),
        rating(name(5), name(4)),
        at("2026-01-01T00:00:00Z"),
    )
    .inherent(rating(4, 4))
    .residual(rating(0, name(3)))
    .owner(party())
    .review_by("2027-03-31".parse().expect("a date"))
    .subcategory(subcategory(index))
    .treatment(Treatment::Mitigate {
        actions,
        remainder: None,
    })
    .build()
    .expect("it is whole")
}

fn register() -> RiskRegister {
    let matrix = RiskMatrix::five_by_five();
    let risks: Vec<_> = (0..RISKS).map(|index| risk(&matrix, index)).collect();
    let register = RiskRegister::builder("Risks".parse().expect("a text"), party(), matrix);
    register.risks(risks).build().expect("it is whole")
}

/// One road through everything, as a tool goes it on each change.
struct Road {
    assessment: Assessment,
    register: RiskRegister,
    now: Timestamp,
}

impl Road {
    fn new() -> Self {
        Self {
            assessment: assessment(),
            register: register(),
            now: at("2026-11-26T10:00:00Z"),
        }
    }

    fn check(&self) -> usize {
        let checks = Checks::new(&self.assessment, self.now);
        checks.with_register(&self.register).run().issues().len()
    }

    fn gap(&self) -> usize {
        let target = self.assessment.target().expect("there are goals");
        let gaps = GapAnalysis::between(self.assessment.current(), target);
        let gaps = gaps.expect("an assessment has one scale");
        gaps.prioritized(Some(&self.register)).len()
    }

    fn gate(&self) -> usize {
        let checks = Checks::new(&self.assessment, self.now);
        let checks = checks.with_register(&self.register).run();
        let inputs = GateInputs::new(self.assessment.subject())
            .with_assessment(&self.assessment)
            .with_register(&self.register)
            .with_checks(&checks);
        let policy = GatePolicy::recommended(Phase::Release);
        policy.evaluate(&inputs, self.now).reasons().count()
    }

    fn report(&self) -> Report<'_> {
        Report::new(&self.assessment, self.now).with_register(&self.register)
    }

    fn tables(&self) -> usize {
        let comma = Dialect::default();
        let assessment = csv::write_determinations(&self.assessment, comma).len()
            + csv::write_evidence(&self.assessment, comma).len();
        let register = csv::write_risks(&self.register, comma).len()
            + csv::write_actions(&self.register, comma).len();
        assessment + register
    }

    /// Every model of OSCAL as its JSON bytes.
    fn oscal(&self) -> usize {
        let options = OscalOptions::new(self.now, "1").expect("a version");
        let register = Some(&self.register);
        let documents = [
            oscal::assessment_results(&self.assessment, register, &options),
            oscal::plan_of_action(&self.assessment, register, &options),
            oscal::mapping_collection(&Crosswalk::draft_eu_ai_act(), &options),
            oscal::catalog(&options),
        ];
        let bytes = documents.map(|it| it.expect("it has a form").to_json().expect("JSON").len());
        bytes.iter().sum()
    }

    fn json(&self) -> usize {
        let assessment = self.assessment.to_json().expect("it has a form");
        let read = Assessment::from_json(&assessment, &JsonLimits::default());
        let register = self.register.to_json().expect("it has a form");
        let again = RiskRegister::from_json(&register, &JsonLimits::default());
        assert_eq!(read.expect("ours").digest(), self.assessment.digest());
        assert_eq!(again.expect("ours").digest(), self.register.digest());
        assessment.len() + register.len()
    }

    /// Check, gaps, gate and every export.
    fn all(&self) -> usize {
        self.check()
            + self.gap()
            + self.gate()
            + self.json()
            + self.tables()
            + self.oscal()
            + self.report().to_markdown().len()
            + self.report().to_html().len()
    }
}

fn rmf(criterion: &mut Criterion) {
    let road = Road::new();
    let mut group = criterion.benchmark_group("rmf");
    group.sample_size(20);
    group.bench_function("check", |b| b.iter(|| black_box(&road).check()));
    group.bench_function("gap", |b| b.iter(|| black_box(&road).gap()));
    group.bench_function("check and gate", |b| b.iter(|| black_box(&road).gate()));
    group.bench_function("json, written and read", |b| {
        b.iter(|| black_box(&road).json());
    });
    group.bench_function("csv", |b| b.iter(|| black_box(&road).tables()));
    group.bench_function("oscal", |b| b.iter(|| black_box(&road).oscal()));
    group.bench_function("markdown", |b| {
        b.iter(|| black_box(&road).report().to_markdown());
    });
    group.bench_function("html", |b| b.iter(|| black_box(&road).report().to_html()));
    group.bench_function("all", |b| b.iter(|| black_box(&road).all()));
    group.finish();
}

criterion_group!(benches, rmf);
criterion_main!(benches);
