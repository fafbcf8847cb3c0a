use modelward_incident::Phase;

/// One row for each phase: to which of all seven, in order, it may go over.
const TABLE: [(Phase, [u8; 7]); 7] = [
    // prepare detect contain eradicate recover review close
    (Phase::Preparation, [0, 0, 0, 0, 0, 0, 0]),
    (Phase::Detection, [0, 0, 1, 0, 0, 0, 1]),
    (Phase::Containment, [0, 1, 0, 1, 1, 0, 0]),
    (Phase::Eradication, [0, 0, 1, 0, 1, 0, 0]),
    (Phase::Recovery, [0, 0, 1, 1, 0, 1, 0]),
    (Phase::PostIncident, [0, 1, 1, 0, 0, 0, 1]),
    (Phase::Closed, [0, 1, 0, 0, 0, 0, 0]),
];

#[test]
fn every_pair_of_phases_is_a_step_or_none() {
    for (from, row) in TABLE {
        for (to, allowed) in Phase::ALL.into_iter().zip(row) {
            assert_eq!(from.may_become(to), allowed == 1, "{from} to {to}");
        }
    }
}
