use std::collections::BTreeMap;

use modelward_artifact::{Digest, Finding, Timestamp};
use modelward_incident::{AssetRef, Incident, IncidentId};

/// Knows which digests must not be used, by the orders of quarantine that are in force at an instant.
///
/// It is made to be asked whenever a model is loaded:
///
/// ```
/// use modelward_artifact::{Digest, Finding, HashOptions, Manifest, NoControl, Timestamp, Verdict};
/// use modelward_audit::Quarantine;
/// use modelward_incident::Incident;
/// use modelward_sign::{LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign};
///
/// let key = SigningKey::generate();
/// let model = tempfile::tempdir()?;
/// std::fs::write(model.path().join("weights.bin"), b"weights")?;
/// let manifest = Manifest::hash(model.path(), &HashOptions::default(), &NoControl)?;
/// let bundle = sign(&manifest, &key)?;
///
/// let incidents: Vec<Incident> = Vec::new();
/// let now: Timestamp = "2026-03-01T12:00:00Z".parse()?;
/// let quarantine = Quarantine::of(&incidents, now);
/// if let Some(finding) = quarantine.undecided().first() {
///     return Err(finding.to_string().into());
/// }
/// let refusal = |digest: &Digest| quarantine.refuses(digest);
/// let options =
///     LoadOptions::new(VerifyPolicy::key(key.public_key().clone())).with_refusal(&refusal);
/// let verdict = VerifiedModel::open(model.path(), &bundle, &options, &NoControl)?;
/// assert!(matches!(verdict, Verdict::Verified(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// - An order names an asset. One that names it by digest is honored: of a file, of a shard, of the
///   whole model (its root), or of whatever else is asked about.
/// - Of a record of which parts are withheld, every digest that it names is refused, whether an order
///   on it can be seen or not: it may be among what is withheld, as may be what lifted it. An asset
///   that the record clears is no exception.
/// - What cannot be compared with digests is in [`undecided`](Self::undecided): whoever goes on though
///   there is something does so without an answer.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Quarantine {
    refused: BTreeMap<Digest, Finding>,
    undecided: Vec<Finding>,
}

impl Quarantine {
    /// Collects the orders of all records.
    pub fn of(incidents: &[Incident], now: Timestamp) -> Self {
        let mut quarantine = Self::default();
        for incident in incidents {
            quarantine.take(incident, now);
        }
        quarantine
    }

    /// Returns why something with this digest must not be used, or `None` where no order says so.
    ///
    /// The codes are `audit.quarantine.ordered` and `audit.quarantine.withheld`.
    #[must_use]
    pub fn refuses(&self, digest: &Digest) -> Option<Finding> {
        self.refused.get(digest).cloned()
    }

    /// Returns what no digest can be compared with: orders in force that name something by package URL
    /// or by a reference of an ML-BOM (`audit.quarantine.not_by_digest`), and records of which parts are
    /// withheld (`audit.quarantine.withheld`).
    #[must_use]
    pub fn undecided(&self) -> &[Finding] {
        &self.undecided
    }

    fn take(&mut self, incident: &Incident, now: Timestamp) {
        let id = incident.id();
        for target in incident.quarantined(now) {
            match target {
                AssetRef::Digest(digest) => {
                    let text = format!("quarantined by {id}");
                    let finding = Finding::new("audit.quarantine.ordered", text);
                    self.refused.insert(*digest, finding);
                }
                named => self.undecided.push(not_by_digest(id, named)),
            }
        }
        if incident.is_partial() {
            self.take_partial(incident);
        }
    }

    /// An order could stand in what is withheld.
    fn take_partial(&mut self, incident: &Incident) {
        let text = format!("{}: parts are withheld, and orders may be", incident.id());
        let finding = Finding::new("audit.quarantine.withheld", text);
        let assets = incident.assets().values().flat_map(|asset| &asset.refs);
        let orders = incident.orders().values();
        let targets = orders.flat_map(|order| &order.order().targets);
        for named in assets.chain(targets) {
            if let AssetRef::Digest(digest) = named {
                self.refused
                    .entry(*digest)
                    .or_insert_with(|| finding.clone());
            }
        }
        self.undecided.push(finding);
    }
}

fn not_by_digest(id: &IncidentId, asset: &AssetRef) -> Finding {
    let text = format!("{id} quarantines something that it does not name by digest");
    Finding::new("audit.quarantine.not_by_digest", text).about(asset.to_string())
}
