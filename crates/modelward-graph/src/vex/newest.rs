use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::vex::subject::Identity;
use crate::vex::{VersionScope, VexStatement, VexSubject};

/// Picks the newest statement for each product, subcomponent and vulnerability, whatever the order
/// in which they are given.
///
/// Products are the same if all that names them is, and vulnerabilities if their main ids are: what
/// is not certain to be the same stays side by side. A statement without a time is older than each
/// that has one. Of two that are equally new the worse status counts, so that a doubt stays a hit.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_graph::vex::{VexDocument, VexStatus, newest};
///
/// let read = |time: &str, status: &str| {
///     let text = format!(
///         r#"{{"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "{time}",
///             "statements": [{{"vulnerability": {{"name": "CVE-2024-0001"}},
///             "products": [{{"@id": "pkg:pypi/a"}}], "status": "{status}"}}]}}"#
///     );
///     VexDocument::read(text.as_bytes(), &JsonLimits::default())
/// };
/// let found = read("2026-01-01T00:00:00Z", "affected")?;
/// let mended = read("2026-02-01T00:00:00Z", "fixed")?;
/// let both = newest(mended.statements().iter().chain(found.statements()));
/// assert_eq!((both.len(), both[0].status()), (1, VexStatus::Fixed));
/// # Ok::<(), modelward_graph::vex::ReadVexError>(())
/// ```
#[must_use]
pub fn newest<'a>(statements: impl IntoIterator<Item = &'a VexStatement>) -> Vec<&'a VexStatement> {
    let statements: Vec<_> = statements.into_iter().collect();
    let subjects = || {
        let parts = statements.iter();
        parts.flat_map(|one| [Some(&one.product), one.subcomponent.as_ref()])
    };
    let ranks = ranks(subjects().flatten());
    let key = |subject: &'a VexSubject| (ranks[&subject.address()], subject.versions());
    let mut newest: BTreeMap<Key<'a>, &'a VexStatement> = BTreeMap::new();
    for statement in &statements {
        let place = (
            key(&statement.product),
            statement.subcomponent.as_ref().map(key),
            statement.vulnerability(),
        );
        let kept = newest.entry(place).or_insert(statement);
        if order(statement, kept) == Ordering::Greater {
            *kept = statement;
        }
    }
    newest.into_values().collect()
}

/// The place of an identity among all, and the versions.
type SubjectKey<'a> = (usize, &'a [VersionScope]);

type Key<'a> = (SubjectKey<'a>, Option<SubjectKey<'a>>, &'a str);

/// Numbers the identities in their order. Each is looked at once, however many statements share it.
fn ranks<'a>(subjects: impl Iterator<Item = &'a VexSubject>) -> HashMap<usize, usize> {
    let identities: HashMap<usize, &Identity> = subjects
        .map(|subject| (subject.address(), subject.identity()))
        .collect();
    let mut sorted: Vec<_> = identities.into_iter().collect();
    sorted.sort_by(|one, other| one.1.cmp(other.1));
    let mut rank = 0;
    let mut ranks = HashMap::with_capacity(sorted.len());
    for (at, (address, identity)) in sorted.iter().enumerate() {
        if at > 0 && sorted[at - 1].1 != *identity {
            rank = at;
        }
        ranks.insert(*address, rank);
    }
    ranks
}

/// Compares two statements about one thing: the newer is the greater, then the worse. What follows
/// only sees to it that the answer does not depend on the order in which they come.
fn order(one: &VexStatement, other: &VexStatement) -> Ordering {
    let key = |statement: &VexStatement| (statement.timestamp, statement.status);
    key(one)
        .cmp(&key(other))
        .then_with(|| one.detail.cmp(&other.detail))
        .then_with(|| one.pointer.cmp(&other.pointer))
        .then_with(|| one.vulnerability.cmp(&other.vulnerability))
}
