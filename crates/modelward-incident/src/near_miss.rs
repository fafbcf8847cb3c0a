use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{AtlasTechnique, Text};

use crate::{Harm, Incident, IncidentId, IncidentKind};

/// Holds near misses that are alike: of one kind, by one technique.
///
/// The GPAI code of practice asks for such patterns in reports (measure 9.2), and the AI RMF for
/// incidents and errors to be tracked (MANAGE 4.3).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct NearMissPattern {
    /// The kind.
    pub kind: IncidentKind,
    /// The technique; `None` where none was stated.
    pub technique: Option<AtlasTechnique>,
    /// The near misses.
    pub incidents: BTreeSet<IncidentId>,
    /// Everything that prevented harm in one of them.
    pub prevented_by: BTreeSet<Text>,
}

/// Groups near misses by kind and technique. The largest group comes first, then by kind.
///
/// An incident of several kinds or techniques is in several groups. Groups of fewer than `at_least`
/// near misses are left out.
#[must_use]
pub fn near_miss_patterns<'a>(
    incidents: impl IntoIterator<Item = &'a Incident>,
    at_least: usize,
) -> Vec<NearMissPattern> {
    let mut groups: BTreeMap<_, (BTreeSet<IncidentId>, BTreeSet<Text>)> = BTreeMap::new();
    let near = incidents
        .into_iter()
        .filter(|incident| incident.harm() == Harm::NearMiss);
    for incident in near {
        for key in keys(incident) {
            let (ids, prevented_by) = groups.entry(key).or_default();
            ids.insert(incident.id().clone());
            prevented_by.extend(incident.prevented_by().iter().cloned());
        }
    }
    let mut patterns: Vec<_> = groups
        .into_iter()
        .filter(|(_, (ids, _))| ids.len() >= at_least)
        .map(
            |((kind, technique), (incidents, prevented_by))| NearMissPattern {
                kind,
                technique,
                incidents,
                prevented_by,
            },
        )
        .collect();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.incidents.len()));
    patterns
}

fn keys(incident: &Incident) -> Vec<(IncidentKind, Option<AtlasTechnique>)> {
    let mut techniques: Vec<_> = incident.techniques().iter().map(|it| Some(it.id)).collect();
    if techniques.is_empty() {
        techniques.push(None);
    }
    let kinds = incident.kinds().iter();
    kinds
        .flat_map(|kind| techniques.iter().map(|technique| (*kind, *technique)))
        .collect()
}
