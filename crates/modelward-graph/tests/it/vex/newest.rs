use modelward_graph::vex::{VexDocument, VexStatus, newest};
use serde_json::json;

use super::{cyclonedx_about, openvex, statement};

#[test]
fn the_newest_statement_counts_and_of_two_the_worse() {
    let not_affected = VexStatus::NotAffected(None);
    for (one, other, expected) in [
        ((Some(1), "affected"), (Some(2), "fixed"), VexStatus::Fixed),
        (
            (Some(1), "not_affected"),
            (Some(2), "affected"),
            VexStatus::Affected,
        ),
        ((Some(1), "not_affected"), (None, "affected"), not_affected),
        (
            (None, "not_affected"),
            (None, "affected"),
            VexStatus::Affected,
        ),
        (
            (Some(1), "under_investigation"),
            (Some(1), "affected"),
            VexStatus::Affected,
        ),
        (
            (Some(1), "under_investigation"),
            (Some(1), "fixed"),
            VexStatus::UnderInvestigation,
        ),
        (
            (Some(1), "not_affected"),
            (Some(1), "fixed"),
            VexStatus::Fixed,
        ),
    ] {
        let [one, other] = [one, other].map(|(day, status)| statement(day, status));
        for pair in [[&one, &other], [&other, &one]] {
            let found = newest(pair.into_iter().flat_map(VexDocument::statements));
            assert_eq!(
                found.iter().map(|one| one.status()).collect::<Vec<_>>(),
                [expected]
            );
        }
    }
}

#[test]
fn what_differs_stays_side_by_side() {
    let document = openvex(&json!([
        {"vulnerability": {"name": "CVE-1"}, "status": "fixed", "products": [{"@id": "pkg:pypi/a"},
            {"@id": "pkg:pypi/a@1"}, {"@id": "pkg:pypi/a", "subcomponents": [{"@id": "pkg:pypi/b"}]},
            {"@id": "pkg:pypi/A"}]},
        {"vulnerability": {"name": "CVE-2"}, "status": "fixed", "products": [{"@id": "pkg:pypi/a"}]},
    ]));
    assert_eq!(
        (
            document.statements().len(),
            newest(document.statements()).len()
        ),
        (5, 4)
    );
    let versions = |version: &str| {
        cyclonedx_about(
            &json!([]),
            &json!({"ref": "pkg:pypi/a", "versions": [{"version": version}]}),
        )
    };
    let [one, other] = [versions("1"), versions("2")];
    assert_eq!(
        newest(one.statements().iter().chain(other.statements())).len(),
        2
    );
}
