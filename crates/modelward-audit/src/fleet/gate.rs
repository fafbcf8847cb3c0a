use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{Finding, Timestamp};
use modelward_graph::license::LicensePolicy;
use modelward_graph::{Direction, NodeId, NodeRef, Relation, RelationSet, Trace};
use modelward_incident::{AssetRef, Incident};
use modelward_rmf::Phase;

use super::Fleet;
use super::finding::{FleetFinding, Weight};
use super::report::{FleetReport, FleetRow};
use crate::inventory::{Inventory, InventoryEntry, MaterialRole};
use crate::policy::fact::{AffectedFact, LicenseState, LineageFact, LineageState};
use crate::policy::recorded::judged;
use crate::{AffectedAssets, ReleaseFacts, ReleasePolicy};

/// The relations that say of what a model was made.
const ORIGIN: RelationSet = RelationSet::DERIVED_FROM.union(RelationSet::of(&[
    Relation::BuiltBy,
    Relation::ProducedBy,
    Relation::TrainedOn,
]));

/// Judges all models of an inventory by one policy.
///
/// An entry gives what it records of signature and licenses. The fleet gives, for all models at once,
/// contradictions in the lineage, affected assets and incidents, each with the chain that leads there:
/// a base model's dataset counts for whatever is derived from it.
///
/// What only the evidence of one model tells (its ML-BOM, scans, an assessment, an anew verified
/// signature) comes with [`judge_with`](Self::judge_with). What nobody gives, no rule passes.
#[derive(Clone, Debug)]
pub struct FleetGate<'a> {
    inventory: &'a Inventory,
    fleet: &'a Fleet,
    affected: Option<&'a AffectedAssets>,
    incidents: Option<&'a [Incident]>,
    licenses: LicensePolicy,
}

impl<'a> FleetGate<'a> {
    /// Takes the inventory, and the fleet in which documents go by the ids of their entries.
    #[must_use]
    pub fn new(inventory: &'a Inventory, fleet: &'a Fleet) -> Self {
        Self {
            inventory,
            fleet,
            affected: None,
            incidents: None,
            licenses: LicensePolicy::default(),
        }
    }

    /// Gives the assets that are known to be affected.
    #[must_use]
    pub const fn with_affected(mut self, affected: &'a AffectedAssets) -> Self {
        self.affected = Some(affected);
        self
    }

    /// Gives every incident record there is.
    #[must_use]
    pub const fn with_incidents(mut self, incidents: &'a [Incident]) -> Self {
        self.incidents = Some(incidents);
        self
    }

    /// Replaces by what licenses are judged.
    #[must_use]
    pub fn with_licenses(mut self, licenses: LicensePolicy) -> Self {
        self.licenses = licenses;
        self
    }

    /// Judges every entry that is not retired, by what inventory and fleet tell.
    pub fn judge(&self, policy: &ReleasePolicy, phase: Phase, now: Timestamp) -> FleetReport {
        self.judge_with(policy, (phase, now), |_| None)
    }

    /// Judges every entry that is not retired, with facts that the caller has of one of them, such as
    /// those of [`ReleaseFacts::of`]. The inventory and the fleet only add what these do not tell.
    ///
    /// Facts of other files than an entry is about do not count: they are facts of another model.
    pub fn judge_with(
        &self,
        policy: &ReleasePolicy,
        (phase, now): (Phase, Timestamp),
        mut facts: impl FnMut(&InventoryEntry) -> Option<ReleaseFacts>,
    ) -> FleetReport {
        let shared = Shared::of(self);
        let mut licenses = Licenses::default();
        let rows = self.inventory.in_use().map(|entry| {
            let Some(root) = entry.root() else {
                return FleetRow::without_root(entry);
            };
            let given = facts(entry).filter(|facts| facts.root() == root);
            let given = given.unwrap_or_else(|| ReleaseFacts::new(entry.name().as_str(), *root));
            let facts = given.with_record(entry);
            let facts = licenses.add(facts, entry, &self.licenses);
            let facts = shared.add(facts, entry, now);
            FleetRow::of(entry, &policy.evaluate(phase, &facts, now))
        });
        let rows = rows.collect();
        FleetReport::new(policy, (phase, now), rows)
    }
}

/// What licenses came to, since many models have the same: by role, license, and own licenses.
#[derive(Default)]
struct Licenses(BTreeMap<(MaterialRole, String, Vec<String>), LicenseState>);

impl Licenses {
    fn add(
        &mut self,
        facts: ReleaseFacts,
        entry: &InventoryEntry,
        policy: &LicensePolicy,
    ) -> ReleaseFacts {
        facts.with_recorded_licenses(entry, &mut |material, license| {
            let own = entry.licenses().to_vec();
            let key = (material.role, license.to_owned(), own);
            let judge = || judged(entry, material, license, policy);
            *self.0.entry(key).or_insert_with(judge)
        })
    }
}

/// What is asked of the graph once for all models.
struct Shared<'a> {
    fleet: &'a Fleet,
    findings: BTreeMap<&'a str, Vec<&'a FleetFinding>>,
    affected: Option<BTreeMap<&'a str, Vec<AffectedFact>>>,
    incidents: Option<Vec<Touching<'a>>>,
}

/// Which models an incident and its orders touch, by document.
struct Touching<'a> {
    incident: &'a Incident,
    touches: BTreeMap<&'a str, String>,
    targets: BTreeMap<&'a AssetRef, BTreeSet<&'a str>>,
}

impl<'a> Shared<'a> {
    fn of(gate: &FleetGate<'a>) -> Self {
        let fleet = gate.fleet;
        let mut findings: BTreeMap<&str, Vec<&FleetFinding>> = BTreeMap::new();
        for finding in fleet.findings() {
            for document in finding.documents() {
                findings.entry(document).or_default().push(finding);
            }
        }
        Self {
            fleet,
            findings,
            affected: gate.affected.map(|it| affected(fleet, it)),
            incidents: gate
                .incidents
                .map(|all| all.iter().map(|it| Touching::of(fleet, it)).collect()),
        }
    }

    fn add(&self, facts: ReleaseFacts, entry: &InventoryEntry, now: Timestamp) -> ReleaseFacts {
        let document = entry.id().as_str();
        let Some(model) = self.fleet.model(document) else {
            return facts;
        };
        let mut facts = facts;
        if facts.lacks_lineage() {
            facts = facts.with_lineage(self.lineage(document, model));
        }
        if let Some(affected) = self
            .affected
            .as_ref()
            .filter(|_| facts.lacks_supply_chain())
        {
            let own = affected.get(document).cloned();
            facts = facts.with_supply_chain(own.unwrap_or_default());
        }
        match &self.incidents {
            Some(incidents) if facts.lacks_incidents() => {
                with_incidents(facts, incidents, document, now)
            }
            _ => facts,
        }
    }

    /// Returns what is wrong with the lineage of a model.
    fn lineage(&self, document: &str, model: NodeRef<'_>) -> Vec<LineageFact> {
        let found = self.findings.get(document).into_iter().flatten();
        let found = found.map(|finding| {
            let state = match finding.conflict().weight() {
                Weight::Contradiction => LineageState::Contradiction,
                Weight::Gap => LineageState::Gap,
            };
            LineageFact::new(state, finding.to_finding())
        });
        let mut facts: Vec<_> = found.collect();
        let edges = self
            .fleet
            .graph()
            .direct(model.id(), Direction::Dependencies);
        let edges = edges.unwrap_or_default();
        if !edges.iter().any(|it| ORIGIN.contains(it.relation())) {
            let message = "nothing says what the model was made from";
            let finding = Finding::new("policy.lineage.no_material", message);
            facts.push(LineageFact::new(
                LineageState::Gap,
                finding.about(model.id()),
            ));
        }
        facts
    }
}

fn with_incidents(
    facts: ReleaseFacts,
    incidents: &[Touching<'_>],
    document: &str,
    now: Timestamp,
) -> ReleaseFacts {
    let root = *facts.root();
    let mut facts = facts;
    for touching in incidents {
        let touches = touching.touches.get(document).cloned();
        let is_ours = |asset: &AssetRef| {
            let of_asset = touching.targets.get(asset);
            *asset == AssetRef::Digest(root) || of_asset.is_some_and(|it| it.contains(document))
        };
        facts = facts.with_incident(touching.incident, touches, &is_ours, now);
    }
    facts.with_incidents([]).with_quarantine([])
}

impl<'a> Touching<'a> {
    fn of(fleet: &'a Fleet, incident: &'a Incident) -> Self {
        let mut touches = BTreeMap::new();
        if let Some((nodes, trace)) = reached(fleet, incident.refs()) {
            for (document, model) in fleet.models() {
                if nodes.contains(&model.to_id()) {
                    touches.insert(document, "the model itself".to_owned());
                } else if let Some(path) = trace.path(model.id()) {
                    touches.insert(document, path.to_string());
                }
            }
        }
        let orders = incident.orders().values();
        let targets = orders.flat_map(|order| &order.order().targets);
        let targets = targets.map(|target| {
            let documents = reached(fleet, [target]).map(|(_, trace)| {
                let models = fleet.models();
                let hit = models.filter(|(_, model)| trace.path(model.id()).is_some());
                hit.map(|(document, _)| document).collect()
            });
            (target, documents.unwrap_or_default())
        });
        Self {
            incident,
            touches,
            targets: targets.collect(),
        }
    }
}

/// Returns which models each affected asset reaches, by document.
fn affected<'a>(
    fleet: &'a Fleet,
    affected: &AffectedAssets,
) -> BTreeMap<&'a str, Vec<AffectedFact>> {
    let mut facts: BTreeMap<&str, Vec<AffectedFact>> = BTreeMap::new();
    for (asset, reason) in affected.iter() {
        let Some((nodes, trace)) = reached(fleet, [asset]) else {
            continue;
        };
        for (document, model) in fleet.models() {
            let Some(path) = trace.path(model.id()) else {
                continue;
            };
            let is_own = nodes.contains(&model.to_id());
            let component = path.end().to_string();
            let path = (!is_own).then(|| path.to_string());
            let fact = AffectedFact::new(component, reason.to_owned(), path);
            facts.entry(document).or_default().push(fact);
        }
    }
    facts
}

/// Returns the nodes that assets are, and the ways to them; `None` where no document names them.
fn reached<'g, 'r>(
    fleet: &'g Fleet,
    assets: impl IntoIterator<Item = &'r AssetRef>,
) -> Option<(BTreeSet<NodeId>, Trace<'g>)> {
    let nodes = assets.into_iter().flat_map(|asset| fleet.matching(asset));
    let nodes: BTreeSet<_> = nodes.map(NodeRef::to_id).collect();
    if nodes.is_empty() {
        return None;
    }
    let query = fleet.graph().query(Direction::Dependents, &nodes);
    Some((nodes, query.ok()?.trace()))
}
