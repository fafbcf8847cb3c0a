use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::{Assessment, EvidenceId, Profile, Subcategory};

/// Says what became of one entry between two assessments.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "between two states of an entry there is nothing else"
)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
}

impl ChangeKind {
    /// Returns the name that documents use, such as `added`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// Lists what differs between two assessments, the earlier and the later one.
///
/// Text is that of a difference in lines: one for each entry, with what stood before and what stands
/// now.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Members of the whole, such as `assessor`, with what became of each.
    members: BTreeMap<&'static str, ChangeKind>,
    current: BTreeMap<Subcategory, LevelChange>,
    target: BTreeMap<Subcategory, LevelChange>,
    evidence: BTreeMap<EvidenceId, ChangeKind>,
}

/// Says what became of a subcategory's entry in a profile.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LevelChange {
    change: ChangeKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<String>,
}

impl LevelChange {
    /// Returns what became of it. Where the level is the same, something else of the entry changed.
    #[must_use]
    pub const fn change(&self) -> ChangeKind {
        self.change
    }

    /// Returns the level before, or `not-applicable`; `None` where there was none.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// Returns the level now, or `not-applicable`; `None` where there is none.
    #[must_use]
    pub fn now(&self) -> Option<&str> {
        self.now.as_deref()
    }
}

impl Assessment {
    /// Lists what differs from an earlier assessment.
    ///
    /// Both may be rated on different scales; then `scale` is among the members that changed.
    #[must_use]
    pub fn changes_since(&self, earlier: &Self) -> Changes {
        let mut changes = Changes {
            current: entries(earlier, self, current),
            target: entries(earlier, self, target),
            evidence: evidence(earlier, self),
            ..Changes::default()
        };
        let members = [
            ("subject", earlier.subject() != self.subject()),
            ("assessor", earlier.assessor() != self.assessor()),
            (
                "independence",
                earlier.independence() != self.independence(),
            ),
            ("assessedAt", earlier.assessed_at() != self.assessed_at()),
            ("scale", earlier.scale() != self.scale()),
            ("supersedes", earlier.supersedes() != self.supersedes()),
            ("unknown", earlier.unknown() != self.unknown()),
        ];
        let differing = members.into_iter().filter(|(_, differs)| *differs);
        changes.members = differing
            .map(|(member, _)| (member, ChangeKind::Changed))
            .collect();
        changes
    }
}

impl Changes {
    /// Tells whether nothing differs, which is so exactly where the digests are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
            && self.current.is_empty()
            && self.target.is_empty()
            && self.evidence.is_empty()
    }

    /// Returns the members of the whole that differ, such as `assessor`.
    pub fn members(&self) -> impl Iterator<Item = &'static str> {
        self.members.keys().copied()
    }

    /// Returns what became of the current profile, in the order of the framework.
    #[must_use]
    pub const fn current(&self) -> &BTreeMap<Subcategory, LevelChange> {
        &self.current
    }

    /// Returns what became of the target profile, in the order of the framework.
    #[must_use]
    pub const fn target(&self) -> &BTreeMap<Subcategory, LevelChange> {
        &self.target
    }

    /// Returns what became of the evidence, sorted by id.
    #[must_use]
    pub const fn evidence(&self) -> &BTreeMap<EvidenceId, ChangeKind> {
        &self.evidence
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (member, change) in &self.members {
            writeln!(f, "{} {member}", sign(*change))?;
        }
        for (name, profile) in [("current", &self.current), ("target", &self.target)] {
            for (subcategory, entry) in profile {
                let [before, now] =
                    [&entry.before, &entry.now].map(|level| level.as_deref().unwrap_or("none"));
                let sign = sign(entry.change);
                writeln!(f, "{sign} {name} {subcategory}: {before} -> {now}")?;
            }
        }
        for (id, change) in &self.evidence {
            writeln!(f, "{} evidence {id}", sign(*change))?;
        }
        Ok(())
    }
}

const fn sign(change: ChangeKind) -> char {
    match change {
        ChangeKind::Added => '+',
        ChangeKind::Changed => '~',
        ChangeKind::Removed => '-',
    }
}

/// What an entry says, and the level by which people know it.
type Entry = (serde_json::Value, String);

fn current(assessment: &Assessment) -> BTreeMap<Subcategory, Entry> {
    let profile = assessment.current();
    let entries = profile.entries().map(|(subcategory, entry)| {
        let level = entry.rated().map(|rated| rated.level().to_string());
        let level = level.unwrap_or_else(|| "not-applicable".to_owned());
        (subcategory, (serde_json::json!(entry), level))
    });
    entries.collect()
}

fn target(assessment: &Assessment) -> BTreeMap<Subcategory, Entry> {
    let entries = assessment.target().into_iter().flat_map(Profile::entries);
    let entries = entries.map(|(subcategory, goal)| {
        let entry = (serde_json::json!(goal), goal.level().to_string());
        (subcategory, entry)
    });
    entries.collect()
}

fn entries(
    earlier: &Assessment,
    later: &Assessment,
    of: impl Fn(&Assessment) -> BTreeMap<Subcategory, Entry>,
) -> BTreeMap<Subcategory, LevelChange> {
    let [before, now] = [of(earlier), of(later)];
    let ids: BTreeSet<_> = before.keys().chain(now.keys()).copied().collect();
    let changes = ids.into_iter().filter_map(|id| {
        let [before, now] = [before.get(&id), now.get(&id)];
        let level = |entry: Option<&Entry>| entry.map(|(_, level)| level.clone());
        Some((
            id,
            LevelChange {
                change: change(before, now)?,
                before: level(before),
                now: level(now),
            },
        ))
    });
    changes.collect()
}

fn evidence(earlier: &Assessment, later: &Assessment) -> BTreeMap<EvidenceId, ChangeKind> {
    let ids: BTreeSet<_> = earlier
        .evidence()
        .chain(later.evidence())
        .map(|(id, _)| id)
        .collect();
    let changes = ids.into_iter().filter_map(|id| {
        let change = change(earlier.evidence_of(id), later.evidence_of(id))?;
        Some((id.clone(), change))
    });
    changes.collect()
}

fn change<T: PartialEq>(before: Option<&T>, now: Option<&T>) -> Option<ChangeKind> {
    match (before, now) {
        (None, None) => None,
        (None, Some(_)) => Some(ChangeKind::Added),
        (Some(_), None) => Some(ChangeKind::Removed),
        (Some(before), Some(now)) => (before != now).then_some(ChangeKind::Changed),
    }
}
