//! Takes the facts out of a released record.

use std::str::FromStr as _;

use modelward_artifact::Timestamp;
use packageurl::PackageUrl;

use super::facts::{FactLink, FactNote, VexFacts};
use super::product::{Product, Rollback, Standing};
use crate::{
    ActionState, AffectedAsset, AssetKind, AssetRef, Compromise, Determination, EventKind, Impact,
    Incident, Link, LinkRelation, Moment, PostIncidentReview, RecoveryState, Released, RootCause,
    Slug, Technique,
};

impl VexFacts {
    /// Takes what the incident says at the level of its release.
    pub(crate) fn of(released: &Released) -> Self {
        let incident = released.incident();
        let review = incident.review().map(|state| review(state.review()));
        let assets = incident.assets().values();
        let (detected_by, detected) = detected(incident);
        Self {
            id: incident.id().to_string(),
            level: released.level(),
            title: incident.title().to_string(),
            summary: incident.summary().map(ToString::to_string),
            opened: incident.opened_at(),
            changed: incident.last_change(),
            detected,
            detected_by,
            is_open: incident.is_open(),
            phase: incident.phase().name(),
            severity: incident.severity().name(),
            determination: incident.determination().name(),
            harm: incident.harm().name(),
            is_false_positive: incident.determination() == Determination::FalsePositive,
            kinds: incident.kinds().iter().map(ToString::to_string).collect(),
            techniques: incident.techniques().iter().map(technique).collect(),
            // CWE counts from 1, and so does the schema of CycloneDX.
            cwes: incident
                .cwes()
                .iter()
                .copied()
                .filter(|id| *id != 0)
                .collect(),
            impacts: incident.impacts().values().map(impact).collect(),
            root_cause: incident.root_cause().map(root_cause),
            review,
            links: incident.links().iter().map(link).collect(),
            notes: notes(incident),
            vendor: vendor(incident),
            products: assets.map(|asset| product(incident, asset)).collect(),
            unplaced: unplaced(incident),
        }
    }
}

/// Returns when it was discovered: as stated, or else at the first detection, and which that is.
fn detected(incident: &Incident) -> (Option<usize>, Option<Timestamp>) {
    let stated = incident.facts().time(Moment::Discovered);
    if stated.is_some() {
        return (None, stated);
    }
    let events = incident.timeline().iter();
    let detections = events.filter(|event| matches!(event.kind(), EventKind::Detected(_)));
    let times = detections.map(|event| event.time().at()).enumerate();
    times
        .min_by_key(|(_, at)| *at)
        .map(|(index, at)| (Some(index), Some(at)))
        .unwrap_or_default()
}

fn technique(technique: &Technique) -> String {
    let mut text = technique.id.to_string();
    for part in [&technique.name, &technique.tactic].into_iter().flatten() {
        text = text + ", " + part.as_str();
    }
    text = format!("{text} (ATLAS {})", technique.atlas_version);
    match &technique.description {
        Some(description) => format!("{text}: {description}"),
        None => text,
    }
}

fn impact(impact: &Impact) -> String {
    let mut text = format!("{}: {}", impact.kind.name(), impact.description);
    if !impact.affected.is_empty() {
        text = format!("{text}\nAffected: {}", joined(&impact.affected));
    }
    match impact.count {
        Some(count) => format!("{text}\nCount: {count}"),
        None => text,
    }
}

fn joined(texts: &[crate::Text]) -> String {
    let texts: Vec<_> = texts.iter().map(crate::Text::as_str).collect();
    texts.join(", ")
}

fn root_cause(cause: &RootCause) -> String {
    match cause {
        RootCause::Known { cause } => cause.to_string(),
        RootCause::Unknown { why } => format!("Not found out: {why}"),
    }
}

fn review(review: &PostIncidentReview) -> String {
    let mut lines = vec![review.summary.to_string()];
    let lists = [
        ("Went well", &review.went_well),
        ("Went badly", &review.went_badly),
    ];
    for (head, texts) in lists {
        lines.extend(texts.iter().map(|text| format!("{head}: {text}")));
    }
    let actions = review.actions.iter();
    lines.extend(actions.map(|action| format!("Action: {}", action.text)));
    lines.join("\n")
}

fn link(link: &Link) -> FactLink {
    FactLink {
        is_same: link.relation == LinkRelation::SameAs,
        relation: sentence(link.relation.name()),
        title: link.title.as_ref().map(ToString::to_string),
        system: link.system.as_ref().map(ToString::to_string),
        target: link.target.to_string(),
    }
}

/// Writes a name such as `caused-by` as the beginning of a sentence.
fn sentence(name: &str) -> String {
    let mut letters = name.chars().map(|c| if c == '-' { ' ' } else { c });
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn notes(incident: &Incident) -> Vec<FactNote> {
    let events = incident.timeline().iter();
    let notes = events.filter_map(|event| {
        let EventKind::Noted { text } = event.kind() else {
            return None;
        };
        Some(FactNote {
            at: event.time().at(),
            actor: event.actor().to_string(),
            text: text.to_string(),
        })
    });
    notes.collect()
}

fn vendor(incident: &Incident) -> Option<String> {
    let [system] = incident.systems() else {
        return None;
    };
    let [developer] = system.developers.as_slice() else {
        return None;
    };
    Some(developer.to_string())
}

fn product(incident: &Incident, asset: &AffectedAsset) -> Product {
    let recovery = incident.recoveries().get(&asset.id);
    let concerned = incident.actions().values().filter(|state| {
        let assets = &state.action().assets;
        assets.is_empty() || assets.contains(&asset.id)
    });
    let mut product = Product {
        asset: asset.id.clone(),
        kind: asset.kind.name(),
        component_type: component_type(asset.kind),
        name: asset.name.to_string(),
        version: asset.version.as_ref().map(ToString::to_string),
        purls: Vec::new(),
        has_bad_purl: false,
        bom_refs: Vec::new(),
        digests: Vec::new(),
        standing: match asset.compromise {
            Compromise::Cleared => Standing::Cleared,
            Compromise::Confirmed => Standing::Affected,
            Compromise::Suspected => Standing::Suspected,
            Compromise::Unknown => Standing::Unknown,
        },
        actions: concerned.map(action).collect(),
        rollback: recovery.map(rollback),
    };
    for name in &asset.refs {
        match name {
            AssetRef::BomRef(name) => product.bom_refs.push(name.as_str().to_owned()),
            AssetRef::Digest(digest) => product.digests.push(*digest),
            AssetRef::Purl(purl) => match canonical(purl.as_str()) {
                Some(purl) => product.purls.push(purl),
                None => product.has_bad_purl = true,
            },
        }
    }
    product.sort();
    product
}

/// Returns a package URL in canonical form, if it is one of a type that CSAF takes too.
fn canonical(text: &str) -> Option<String> {
    // Once more, since an empty segment is left where the parser took `.` out of a namespace.
    let purl = PackageUrl::from_str(text).ok()?.to_string();
    let purl = PackageUrl::from_str(&purl).ok()?;
    let mut letters = purl.ty().chars();
    let is_first = letters.next().is_some_and(|c| c.is_ascii_lowercase());
    let is_rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    (is_first && letters.all(is_rest)).then(|| purl.to_string())
}

fn action(state: &ActionState) -> String {
    let action = state.action();
    let stage = sentence(action.stage.name());
    match state.confirmed() {
        Some(_) => format!("{stage}, done: {}", action.description),
        None => format!("{stage}, ordered: {}", action.description),
    }
}

fn rollback(state: &RecoveryState) -> Rollback {
    let plan = state.plan();
    Rollback {
        to: plan.to,
        version: plan.to_version.as_ref().map(ToString::to_string),
        steps: plan.steps.iter().map(ToString::to_string).collect(),
        is_done: state.is_restored(),
    }
}

/// Returns the type that a component of CycloneDX has, the nearest that there is.
const fn component_type(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Adapter | AssetKind::Model => "machine-learning-model",
        AssetKind::Code => "library",
        AssetKind::Config | AssetKind::Tokenizer => "file",
        AssetKind::Dataset | AssetKind::Memory | AssetKind::Prompt | AssetKind::VectorStore => {
            "data"
        }
        AssetKind::Key => "cryptographic-asset",
        AssetKind::Pipeline | AssetKind::Service | AssetKind::Tool => "application",
    }
}

/// Names what is about assets alone that are cleared or not told: no remedy is written for those.
fn unplaced(incident: &Incident) -> Vec<String> {
    let assets = incident.assets();
    let is_told = |asset: &Slug| {
        let asset = assets.get(asset);
        asset.is_some_and(|asset| asset.compromise != Compromise::Cleared)
    };
    let actions = incident.actions().iter().filter(|(_, state)| {
        let named = &state.action().assets;
        match named.is_empty() {
            true => !assets.keys().any(is_told),
            false => !named.iter().any(is_told),
        }
    });
    let actions = actions.map(|(id, _)| format!("actions/{id}"));
    let plans = incident.recoveries().keys();
    let plans = plans.filter(|asset| !assets.contains_key(*asset));
    let plans = plans.map(|asset| format!("recoveries/{asset}"));
    plans.chain(actions).collect()
}
