//! What an assessment costs: check, gaps, gate and every export.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use modelward::artifact::{Digest, JsonLimits, Timestamp};
use modelward::rmf::{
    ActionItem, ActionPlan, Assessment, Basis, Checks, Collection, Evidence, EvidenceSource,
    GapAnalysis, Goal, Method, Party, Polarity, Priority, Profile, Rated, RatingScale, Risk,
    RiskMatrix, RiskRating, RiskRegister, RiskStatement, Subcategory, Subject, Target, Treatment,
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
    let action = action.expect("a text").with_due("2027-01-31".parse().expect("a date"));
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
}
