//! What sort of incident it is, as far as categories and techniques say it.

use std::collections::BTreeSet;

use modelward_artifact::{AtlasTechnique, Text};

use super::options::AvidImportOptions;
use crate::format::avid::{AtlasStep, AvidRecord, AvidTaxonomy, Cwe, SepCategory, Term};
use crate::import::rows::Rows;
use crate::{Classification, IncidentKind, Technique};

/// Holds what the taxonomies of a document say.
#[derive(Debug)]
pub(super) struct Classes {
    kinds: BTreeSet<IncidentKind>,
    techniques: Vec<Technique>,
    cwes: BTreeSet<u32>,
}

impl Classes {
    pub(super) fn of(record: &AvidRecord, options: &AvidImportOptions, rows: &mut Rows) -> Self {
        let mut classes = Self {
            kinds: BTreeSet::new(),
            techniques: Vec::new(),
            cwes: BTreeSet::new(),
        };
        let Some(impact) = record.impact() else {
            rows.unmapped(
                "/impact",
                "there is none, so the incident is opened as `other`",
            );
            return classes;
        };
        for (index, step) in impact.atlas().iter().enumerate() {
            classes.step(&format!("/impact/atlas/{index}"), step, options, rows);
        }
        for (index, cwe) in impact.cwe().iter().enumerate() {
            classes.cwe(&format!("/impact/cwe/{index}"), cwe, rows);
        }
        if let Some(avid) = impact.avid() {
            classes.avid(avid, rows);
        }
        if classes.kinds.is_empty() {
            let why = "no kind follows from it, so the incident is opened as `other`";
            rows.unmapped("/impact/avid/sep_view", why);
        }
        if let Some(cvss) = impact.cvss() {
            let why = format!("severity is not made of a score: {}", cvss.vector());
            rows.unmapped("/impact/cvss", why);
        }
        if impact.odin().is_some() {
            rows.unmapped("/impact/odin", "the record has no such taxonomy");
        }
        classes
    }

    /// Returns the kind to open with.
    pub(super) fn first(&self) -> IncidentKind {
        let first = self.kinds.first().copied();
        first.unwrap_or(IncidentKind::Other)
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = IncidentKind> {
        self.kinds.iter().copied()
    }

    /// Returns what there is to say beside the kinds, if anything.
    pub(super) fn classification(&self) -> Option<Classification> {
        if self.techniques.is_empty() && self.cwes.is_empty() {
            return None;
        }
        let mut classification = Classification::new(self.first());
        classification.kinds.extend(self.kinds());
        classification.techniques.clone_from(&self.techniques);
        classification.cwes.clone_from(&self.cwes);
        Some(classification)
    }

    fn step(&mut self, at: &str, step: &AtlasStep, options: &AvidImportOptions, rows: &mut Rows) {
        let text = step.technique().unwrap_or_default();
        let (id, name) = text.split_once(':').unwrap_or((text, ""));
        let (version, is_stated) = options.atlas_version();
        let (Ok(id), Some(version)) = (id.trim().parse::<AtlasTechnique>(), version) else {
            rows.unmapped(at, "it names no technique by an id of MITRE ATLAS");
            return;
        };
        let mut technique = Technique::new(id, version);
        let parts = [
            ("tactic", step.tactic(), &mut technique.tactic),
            (
                "description",
                step.description(),
                &mut technique.description,
            ),
        ];
        for (member, found, place) in parts {
            *place = found.and_then(|it| it.parse::<Text>().ok());
            if place.is_none() && found.is_some_and(|it| !it.is_empty()) {
                rows.unmapped(format!("{at}/{member}"), "it is none that a record takes");
            }
        }
        technique.name = name.trim().parse().ok();
        if is_stated {
            rows.direct(at, "techniques");
        } else {
            rows.approximate(at, "techniques, of a version of ATLAS that is not stated");
        }
        self.techniques.push(technique);
    }

    fn cwe(&mut self, at: &str, cwe: &Cwe, rows: &mut Rows) {
        let number = cwe.id().strip_prefix("CWE-").and_then(|it| it.parse().ok());
        let Some(number) = number else {
            rows.unmapped(at, "it is no weakness by its number");
            return;
        };
        self.cwes.insert(number);
        if cwe.description().is_some() {
            rows.partial(at, "cwes, without the description");
        } else {
            rows.direct(at, "cwes");
        }
    }

    fn avid(&mut self, avid: &AvidTaxonomy, rows: &mut Rows) {
        const AT: &str = "/impact/avid";
        for (index, term) in avid.sep_view().iter().enumerate() {
            self.category(&format!("{AT}/sep_view/{index}"), term, rows);
        }
        if !avid.risk_domain().is_empty() {
            let why = "the record has kinds, from which the domains follow";
            rows.unmapped(format!("{AT}/risk_domain"), why);
        }
        if !avid.lifecycle_view().is_empty() {
            let why = "the record has no stages";
            rows.unmapped(format!("{AT}/lifecycle_view"), why);
        }
        let why = "the record has no such version";
        rows.unmapped(format!("{AT}/taxonomy_version"), why);
    }

    /// Adds the kind that a category can only mean, among those that the techniques allow.
    fn category(&mut self, at: &str, term: &Term<SepCategory>, rows: &mut Rows) {
        let code = term.as_str().split(':').next().unwrap_or_default();
        let all = IncidentKind::ALL.iter().copied();
        let mut kinds: Vec<_> = all
            .filter(|kind| kind.mapping().avid.contains(&code))
            .collect();
        if kinds.len() > 1 {
            let narrowed: Vec<_> = kinds
                .iter()
                .copied()
                .filter(|kind| self.shows(*kind))
                .collect();
            if !narrowed.is_empty() {
                kinds = narrowed;
            }
        }
        match kinds.as_slice() {
            [] => rows.unmapped(at, "the record has no kind for it"),
            [kind] => {
                rows.approximate(at, format!("kinds: {kind}"));
                self.kinds.insert(*kind);
            }
            several => {
                let names: Vec<_> = several.iter().map(|kind| kind.name()).collect();
                let why = format!("a person has to say which it is: {}", names.join(", "));
                rows.unmapped(at, why);
            }
        }
    }

    /// Tells whether a technique of the document is one of a kind.
    fn shows(&self, kind: IncidentKind) -> bool {
        let techniques = kind.mapping().atlas.iter();
        let mut known = techniques.filter_map(|it| it.parse::<AtlasTechnique>().ok());
        known.any(|known| self.techniques.iter().any(|it| known.includes(it.id)))
    }
}
