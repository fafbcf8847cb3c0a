use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Digest;
use modelward_rmf::{Collection, Evidence, EvidenceId, Party, Polarity, Subcategory};

use super::origin::shortened;
use crate::{EvidenceCoverage, Observation, Strength};

/// The longest description, in characters.
const MAX_DESCRIPTION: usize = 4096;

impl EvidenceCoverage {
    /// Returns the observations as evidence that an assessment can hold, one item for each document,
    /// record or run, by the time of the observation and with the digest of what is behind it.
    ///
    /// - Where one thing both supports and contradicts an outcome, it contradicts.
    /// - An id is derived from what is behind the item: the same observations have the same ids.
    /// - Add them to an [`AssessmentBuilder`](modelward_rmf::AssessmentBuilder), and cite by id those
    ///   that a rating rests on.
    ///
    /// ```
    /// use modelward_artifact::Digest;
    /// use modelward_audit::{EvidenceCoverage, ModelEvidence};
    /// use modelward_rmf::{Assessment, Party, Polarity, RiskMatrix, RiskRegister, Subject};
    ///
    /// let now = "2026-11-26T10:00:00Z".parse()?;
    /// let owner = Party::new("Jo Example")?;
    /// let matrix = RiskMatrix::five_by_five();
    /// let register = RiskRegister::builder("Risks".parse()?, owner.clone(), matrix).build()?;
    /// let evidence = ModelEvidence::new("my-model", Digest::sha256(b"files"));
    /// let coverage = EvidenceCoverage::of(&evidence.with_register(&register), now);
    ///
    /// let mut assessment = Assessment::builder(Subject::new("my-model")?, owner.clone(), now);
    /// for (id, evidence) in coverage.to_evidence(&owner) {
    ///     assert_eq!(evidence.polarity("MAP 1.5".parse()?), Some(Polarity::Supports));
    ///     assessment = assessment.evidence(id, evidence);
    /// }
    /// assert_eq!(assessment.build()?.evidence().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Never: what an assessment refuses of evidence, an observation does not have.
    #[must_use]
    pub fn to_evidence(&self, collector: &Party) -> Vec<(EvidenceId, Evidence)> {
        let mut items: BTreeMap<String, Vec<(Subcategory, &Observation)>> = BTreeMap::new();
        for row in self.rows() {
            for observation in row.observations() {
                let item = items.entry(key(observation)).or_default();
                item.push((row.subcategory(), observation));
            }
        }
        let items = items.into_iter();
        items
            .map(|(key, observations)| {
                (id(&key, &observations), self.item(&observations, collector))
            })
            .collect()
    }

    fn item(&self, observations: &[(Subcategory, &Observation)], collector: &Party) -> Evidence {
        let (_, first) = observations[0];
        let collection = Collection::new(first.method, collector.clone(), self.observed_at());
        let evidence = Evidence::new(first.source.clone(), collection)
            .expect("an observation is no interview")
            .with_digest(first.digest)
            .with_description(&description(observations))
            .expect("the description was made a text");
        let mut sorted = observations.to_vec();
        // The last word holds, and that is the one that contradicts.
        sorted.sort_by_key(|(_, it)| it.polarity == Polarity::Contradicts);
        sorted.into_iter().fold(evidence, |evidence, (id, it)| {
            evidence.bearing_on(id, it.polarity)
        })
    }
}

/// Tells apart what is behind observations.
fn key(observation: &Observation) -> String {
    let source = observation.source.describe();
    format!(
        "{}\n{source}\n{}",
        observation.source.kind(),
        observation.digest
    )
}

fn id(key: &str, observations: &[(Subcategory, &Observation)]) -> EvidenceId {
    let digest = Digest::sha256(key.as_bytes()).to_hex();
    let kind = observations[0].1.source.kind();
    let id = format!("modelward.{kind}.{}", &digest[..16]);
    id.parse().expect("kinds and hexadecimal digits make a key")
}

/// Says what was observed, and how far it bears on what.
fn description(observations: &[(Subcategory, &Observation)]) -> String {
    let mut seen = BTreeSet::new();
    let messages = observations.iter().map(|(_, it)| it.message.as_str());
    let messages: Vec<_> = messages.filter(|it| seen.insert(*it)).collect();
    let of = |strength| {
        let ids = observations
            .iter()
            .filter(move |(_, it)| it.strength == strength);
        let ids: BTreeSet<_> = ids.map(|(id, _)| *id).collect();
        let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
        match ids.as_slice() {
            [] => String::new(),
            _ => format!("; {} for {}", strength.name(), ids.join(", ")),
        }
    };
    let bearing = format!("{}{}", of(Strength::Direct), of(Strength::Supporting));
    let said = shortened(&messages.join("; "), MAX_DESCRIPTION);
    format!("{said}{bearing}")
}
