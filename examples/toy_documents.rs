//! What the maker of the small model states about it: data, assessment, risks, the gate of its phase.

use modelward::artifact::{Date, Digest, Manifest, Timestamp};
use modelward::bom::model::{
    Hash, HashAlgorithm, HashContent, LicenseChoice, OrganizationalContact, OrganizationalEntity,
    Version,
};
use modelward::bom::{Component, ComponentKind, GenerateOptions, MlBom};
use modelward::rmf::{
    Acceptance, Assessment, Attainment, Collection, Evidence, EvidenceSource, GateInputs,
    GatePolicy, Method, Party, Phase, PhaseGateReport, Polarity, Rated, Requirement, Risk,
    RiskMatrix, RiskRating, RiskRegister, RiskStatement, Subject, Treatment,
};

use crate::failure::Failure;
use crate::toy_model::Classifier;

/// The version of the model and of each of its parts.
const VERSION: &str = "1.0.0";

/// Who made the model and answers for it.
const MAKER: &str = "modelward examples";

/// Each rating with the evidence that it cites.
const RATINGS: [(&str, &str, &str); 5] = [
    (
        "MAP 1.1",
        "card",
        "It shows what modelward does; it is not meant to be used for anything else.",
    ),
    (
        "MAP 4.1",
        "card",
        "Weights, data and code were made by this program; no third party has a part.",
    ),
    (
        "MEASURE 2.3",
        "accuracy",
        "Accuracy on unseen points was measured and stands in the model card.",
    ),
    (
        "MEASURE 2.7",
        "files",
        "The files hold numbers only, no code; the signature guards them.",
    ),
    (
        "MANAGE 1.1",
        "card",
        "The example may be released, since nothing depends on its answers.",
    ),
];

/// Says which model it is.
pub(crate) fn identify(options: GenerateOptions) -> GenerateOptions {
    options
        .with_version(VERSION)
        .with_supplier(MAKER)
        .with_purl(format!("pkg:generic/two-moons-classifier@{VERSION}"))
}

/// Adds to the ML-BOM what only the maker knows: who wrote it, from whom each part is, and what the
/// data is and under which license.
pub(crate) fn complete(bom: MlBom) -> Result<MlBom, Failure> {
    let data = Digest::sha256(&Classifier::training_data());
    let hash = Hash::new(HashAlgorithm::Sha256, HashContent::new(data.to_hex())?);
    let version = Version::new(VERSION)?;
    let license = LicenseChoice::of_expression("MIT")?;
    let describe = |part: &Component| {
        let supplier = OrganizationalEntity::new().with_name(MAKER);
        let part = part
            .clone()
            .with_version(version.clone())
            .with_supplier(supplier);
        match part.kind() {
            ComponentKind::Data => part
                .with_hashes([hash.clone()])
                .with_licenses([license.clone()]),
            _ => part,
        }
    };
    let parts: Vec<Component> = bom.components().iter().map(describe).collect();
    let mut metadata = bom.metadata().cloned().unwrap_or_default();
    if let Some(model) = metadata.component().cloned() {
        let files: Vec<Component> = model.components().iter().map(describe).collect();
        metadata = metadata.with_component(model.with_components(files));
    }
    let author = OrganizationalContact::new().with_name(MAKER);
    let metadata = metadata.with_authors([author]);
    Ok(bom.with_components(parts).with_metadata(metadata))
}

/// Rates the model as its maker, each rating by evidence that was collected just now.
pub(crate) fn assess(manifest: &Manifest, now: Timestamp) -> Result<Assessment, Failure> {
    let maker = Party::new(MAKER)?;
    let subject = Subject::new(manifest.name())?.with_digest(manifest.root());
    let mut builder = Assessment::builder(subject, maker.clone(), now);
    let sources = [
        ("card", Method::Examine, document("the model card")?),
        ("files", Method::Examine, document("the manifest")?),
        ("accuracy", Method::Test, test_run()?),
    ];
    for (id, method, source) in sources {
        let collection = Collection::new(method, maker.clone(), now);
        let mut evidence = Evidence::new(source, collection)?.with_digest(manifest.root());
        for (subcategory, _, _) in RATINGS.iter().filter(|(_, cited, _)| *cited == id) {
            evidence = evidence.bearing_on(subcategory.parse()?, Polarity::Supports);
        }
        builder = builder.evidence(id.parse()?, evidence);
    }
    for (subcategory, cited, why) in RATINGS {
        let rated = Rated::new("met", why)?.citing(cited.parse()?);
        builder = builder.rate(subcategory.parse()?, rated);
    }
    Ok(builder.build()?)
}

/// Registers what can go wrong with the model.
pub(crate) fn register(now: Timestamp) -> Result<RiskRegister, Failure> {
    let maker = Party::new(MAKER)?;
    let statement = RiskStatement::new(
        "The model looks like one that was made for use.",
        "Somebody decides by its answers.",
        "They decide by a toy.",
    )?;
    let why = "Its card says what it is for.";
    let rating = RiskRating::new("rare".parse()?, "minor".parse()?);
    let accepted = Acceptance::new(maker.clone(), now.date(), why, next_year(now)?)?;
    let risk = Risk::threat("R-1".parse()?, statement, rating.clone(), now)
        .residual(rating)
        .treatment(Treatment::Accept(accepted))
        .owner(maker.clone())
        .build()?;
    let title = "Risks of the example".parse()?;
    let register = RiskRegister::builder(title, maker, RiskMatrix::five_by_five());
    Ok(register.risk(risk).build()?)
}

/// Judges assessment and register at the end of the release, by a policy that asks for what the
/// baseline of modelward asks for.
pub(crate) fn judge(
    manifest: &Manifest,
    assessment: &Assessment,
    register: Option<&RiskRegister>,
    now: Timestamp,
) -> Result<PhaseGateReport, Failure> {
    let (id, title) = ("example.release".parse()?, "What the example asks".parse()?);
    let mut policy = GatePolicy::builder(id, "1".parse()?, title, Phase::Release);
    for (subcategory, _, _) in RATINGS {
        let met = Requirement::attainment(subcategory.parse()?, Attainment::Met);
        policy = policy.require(met);
    }
    let subject = Subject::new(manifest.name())?.with_digest(manifest.root());
    let mut inputs = GateInputs::new(&subject).with_assessment(assessment);
    if let Some(register) = register {
        inputs = inputs.with_register(register);
    }
    Ok(policy.build()?.evaluate(&inputs, now))
}

fn document(title: &str) -> Result<EvidenceSource, Failure> {
    let title = title.parse()?;
    Ok(EvidenceSource::Document { title })
}

fn test_run() -> Result<EvidenceSource, Failure> {
    let (tool, run) = (
        "the release_gate example".parse()?,
        "unseen points".parse()?,
    );
    Ok(EvidenceSource::TestRun { tool, run })
}

fn next_year(now: Timestamp) -> Result<Date, Failure> {
    const YEAR: i64 = 365 * 24 * 60 * 60;
    Ok(Timestamp::from_unix_seconds(now.unix_seconds() + YEAR)?.date())
}
