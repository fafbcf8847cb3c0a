//! Incidents to be written.

use modelward_artifact::{Digest, DigestAlgorithm, Party};
use modelward_incident::log::Context;
use modelward_incident::{
    ActionKind, AffectedAsset, AiSystem, AssetKind, AssetRef, Classification, Compromise,
    Determination, EventKind, Harm, Impact, ImpactKind, Incident, IncidentKind, Link, LinkRelation,
    Moment, NewEvent, Opening, Phase, PostIncidentReview, RecoveryPlan, RecoveryReceipt, Released,
    ResponseAction, ReviewAction, RootCause, Severity, Slug, Stage, Technique, Tlp,
};

use crate::{by, step, text};

/// Records events, each a minute after the other and marked as the last call of `mark` says.
pub(crate) struct Case {
    incident: Incident,
    minute: u32,
    mark: Tlp,
}

impl Case {
    pub(crate) fn new(kind: IncidentKind) -> Self {
        let opening = Opening::new(text("Poisoned scorer"), kind, Severity::High)
            .with_summary(text("Rows of the training data were poisoned."));
        let opening = NewEvent::from(opening).marked(Tlp::Clear);
        let id = "INC-2026-7".parse().unwrap();
        Self {
            incident: Incident::open(id, opening, &by(0)).unwrap(),
            minute: 1,
            mark: Tlp::Clear,
        }
    }

    pub(crate) const fn mark(&mut self, mark: Tlp) {
        self.mark = mark;
    }

    pub(crate) fn add(&mut self, kind: EventKind) {
        self.add_event(NewEvent::new(kind));
    }

    pub(crate) fn add_event(&mut self, event: NewEvent) {
        let at = format!(
            "2026-11-23T{:02}:{:02}:00Z",
            11 + self.minute / 60,
            self.minute % 60
        );
        let now = Context::new(at.parse().unwrap(), Party::new("Jo Example").unwrap());
        self.incident.record(event.marked(self.mark), &now).unwrap();
        self.minute += 1;
    }

    pub(crate) fn asset(&mut self, asset: AffectedAsset) {
        self.add(EventKind::AssetRecorded(asset));
    }

    pub(crate) fn action(&mut self, name: &str, asset: &str, words: &str) {
        let kind = ActionKind::Other;
        let action = ResponseAction::new(slug(name), Stage::Containment, kind, text(words));
        self.add(EventKind::ActionTaken(action.on(slug(asset))));
    }

    /// Plans that an asset goes back to what has the digest of its name, and sees that it did.
    pub(crate) fn restore(&mut self, asset: &str, version: &str) {
        let to = Digest::sha256(version.as_bytes());
        let plan = slug(&format!("plan-{asset}"));
        let from = Digest::sha256(b"before");
        let planned = RecoveryPlan::new(plan.clone(), slug(asset), from, to)
            .with_version(text(version))
            .with_step(text(&format!("Load version {version}.")));
        self.add(EventKind::RecoveryPlanned(planned));
        self.add(EventKind::Restored(RecoveryReceipt::new(plan, to)));
    }

    pub(crate) fn go(&mut self, to: Phase) {
        self.add(step(to));
    }

    pub(crate) fn released(&self, level: Tlp) -> Released {
        self.incident.release(level).unwrap()
    }
}

pub(crate) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub(crate) fn asset(id: &str, kind: AssetKind, compromise: Compromise) -> AffectedAsset {
    AffectedAsset::new(slug(id), kind, text(id)).with_compromise(compromise)
}

pub(crate) fn purl(text: &str) -> AssetRef {
    AssetRef::purl(text).unwrap()
}

fn digest(of: &str) -> AssetRef {
    AssetRef::Digest(Digest::sha256(of.as_bytes()))
}

/// An incident of which everything is known that the formats take, all of it for everybody.
pub(crate) fn whole() -> Case {
    let mut case = Case::new(IncidentKind::AdversarialDataPoisoning);
    judge(&mut case);
    assets(&mut case);
    links(&mut case);
    case.action("stop", "weights", "Taken out of serving.");
    let action = slug("stop");
    let note = text("seen");
    case.add(EventKind::ActionConfirmed { action, note });
    case.action("freeze", "rows", "Frozen.");
    case.restore("weights", "1.1");
    finish(&mut case);
    case
}

fn judge(case: &mut Case) {
    let technique = Technique::new("AML.T0020".parse().unwrap(), text("5.6.0"))
        .with_name(text("Poison Training Data"))
        .with_description(text("Rows were added to an open bucket."));
    let classification = Classification::new(IncidentKind::AdversarialDataPoisoning)
        .with_technique(technique)
        .with_cwe(1039)
        .with_cwe(20);
    case.add(EventKind::Classified(classification));
    case.add(EventKind::Determined {
        to: Determination::Confirmed,
        reason: text("the shard was found"),
    });
    case.add(EventKind::HarmStated {
        to: Harm::Occurred,
        reason: text("scores were wrong"),
        prevented_by: Vec::new(),
    });
    case.add(EventKind::MomentStated {
        moment: Moment::Discovered,
        at: "2026-11-20T09:00:00Z".parse().unwrap(),
    });
    let impact = Impact::new(slug("scores"), ImpactKind::Integrity, text("Wrong scores."))
        .with_affected(text("applicants"))
        .with_count(12);
    case.add(EventKind::ImpactRecorded(impact));
    let system = AiSystem::new(text("Scoring")).with_developer(text("Acme AI"));
    case.add(EventKind::SystemDescribed(system));
}

fn assets(case: &mut Case) {
    let weights = asset("weights", AssetKind::Model, Compromise::Confirmed)
        .with_version(text("1.2"))
        .with_ref(purl("pkg:huggingface/acme/scorer@4f2c"))
        .with_ref(digest("weights"));
    case.asset(weights);
    let other = Digest::of(DigestAlgorithm::Blake3, b"rows");
    let rows = asset("rows", AssetKind::Dataset, Compromise::Suspected)
        .with_version(text("all before 3"))
        .with_ref(AssetRef::bom_ref("the rows").unwrap())
        .with_ref(digest("first shard"))
        .with_ref(digest("second shard"))
        .with_ref(AssetRef::Digest(other));
    case.asset(rows);
    let tokenizer = asset("tokenizer", AssetKind::Tokenizer, Compromise::Cleared)
        .with_ref(purl("pkg:pypi/Tokenizers@0.20"))
        .with_ref(purl("pkg:cargo/tokenizers@0.20.0"));
    case.asset(tokenizer);
    let service = asset("eu/service", AssetKind::Service, Compromise::Unknown)
        .with_version(text("7"))
        .with_ref(purl("pkg:oci/serve@sha256:00ff"));
    case.asset(service);
}

fn links(case: &mut Case) {
    for (relation, target, system) in [
        (LinkRelation::SameAs, "541", Some("AIID")),
        (LinkRelation::Source, "https://example.org/report", None),
        (LinkRelation::CausedBy, "CVE-2026-12345", Some("CVE")),
        (LinkRelation::Related, "INC-2025-3", None),
    ] {
        let link = Link::new(relation, text(target));
        let system = system.map(text);
        let link = match system {
            Some(system) => link.with_system(system),
            None => link,
        };
        case.add(EventKind::Linked(link));
    }
}

fn finish(case: &mut Case) {
    case.go(Phase::Containment);
    case.go(Phase::Eradication);
    let cause = text("An open bucket.");
    case.add(EventKind::RootCauseStated(RootCause::Known { cause }));
    case.go(Phase::Recovery);
    case.go(Phase::PostIncident);
    let owner = Party::new("Jo Example").unwrap();
    let due = "2026-12-24".parse().unwrap();
    let action = ReviewAction::new(slug("close"), text("Close the bucket."), owner, due);
    let review = PostIncidentReview::new(text("Data need an owner."))
        .went_well(text("The canary sang."))
        .with_action(action);
    case.add(EventKind::ReviewHeld(review));
    let text = text("The shard is kept.");
    case.add(EventKind::Noted { text });
}

/// The labels, and the word that everything marked so has in its texts and names.
pub(crate) const WORDS: [(Tlp, &str); 5] = [
    (Tlp::Clear, "qclearq"),
    (Tlp::Green, "qgreenq"),
    (Tlp::Amber, "qamberq"),
    (Tlp::AmberStrict, "qstrictq"),
    (Tlp::Red, "qredq"),
];

/// An incident with everything that texts are in, once for each label.
pub(crate) fn labelled() -> Case {
    let mut case = Case::new(IncidentKind::AdversarialDataPoisoning);
    for (label, word) in WORDS {
        case.mark(label);
        label_facts(&mut case, word);
        label_asset(&mut case, word);
    }
    case.mark(Tlp::Clear);
    let mixed = asset("mixed", AssetKind::Code, Compromise::Confirmed)
        .with_version(text("qredq"))
        .with_ref(purl("pkg:cargo/mixed"));
    let mixed = NewEvent::new(EventKind::AssetRecorded(mixed));
    case.add_event(mixed.field("/version", Tlp::Red).unwrap());
    case.go(Phase::Containment);
    case.go(Phase::Eradication);
    case.go(Phase::Recovery);
    case.go(Phase::PostIncident);
    for (label, word) in WORDS {
        case.mark(label);
        let review = PostIncidentReview::new(text(word));
        case.add(EventKind::ReviewHeld(review));
    }
    case
}

fn label_facts(case: &mut Case, word: &str) {
    let technique = Technique::new("AML.T0020".parse().unwrap(), text("5.6.0"));
    let classification = Classification::new(IncidentKind::AdversarialDataPoisoning)
        .with_technique(technique.with_description(text(word)));
    case.add(EventKind::Classified(classification));
    let cause = text(word);
    case.add(EventKind::RootCauseStated(RootCause::Known { cause }));
    let impact = Impact::new(slug(word), ImpactKind::Integrity, text(word));
    case.add(EventKind::ImpactRecorded(impact.with_affected(text(word))));
    let system = AiSystem::new(text(word)).with_developer(text(word));
    case.add(EventKind::SystemDescribed(system));
    for (relation, target) in [
        (LinkRelation::SameAs, word.to_owned()),
        (LinkRelation::Related, word.to_owned()),
        (LinkRelation::Source, format!("https://example.org/{word}")),
    ] {
        let link = Link::new(relation, text(&target)).with_title(text(word));
        case.add(EventKind::Linked(link.with_system(text(word))));
    }
    let text = text(word);
    case.add(EventKind::Noted { text });
}

fn label_asset(case: &mut Case, word: &str) {
    let secret = asset(word, AssetKind::Model, Compromise::Confirmed)
        .with_version(text(word))
        .with_ref(purl(&format!("pkg:pypi/{word}@{word}")))
        .with_ref(AssetRef::bom_ref(word).unwrap())
        .with_ref(digest(word));
    case.asset(secret);
    case.action(&format!("action-{word}"), word, word);
    case.restore(word, word);
}
