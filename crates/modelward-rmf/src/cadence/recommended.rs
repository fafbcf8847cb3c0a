use crate::Trigger::{
    self, BomChanged, ContextChanged, DataChanged, IncidentClosed, IncidentOpened, ModelChanged,
    Released, RiskChanged, RulesChanged,
};
use crate::{AuditCadence, AuditCadenceBuilder, CadenceRule};

/// The age of evidence at which a rating that rests on it is looked at again.
const EVIDENCE_DAYS: u32 = 365;

/// What has another rule than the default: whose, how many days, after what.
const ROWS: [(&str, u32, &[Trigger]); 17] = [
    ("GOVERN", 365, &[RulesChanged]),
    ("MAP", 365, &[ContextChanged, RiskChanged]),
    ("MEASURE", 180, &[DataChanged, ModelChanged, RiskChanged]),
    ("MANAGE", 180, &[IncidentClosed, RiskChanged]),
    // The inventory is wrong as soon as something comes in or goes out.
    ("GOVERN 1.6", 90, &[BomChanged, Released]),
    ("GOVERN 4.3", 180, &[IncidentClosed]),
    ("GOVERN 6", 180, &[BomChanged, RulesChanged]),
    // What a system is made of is mapped by component.
    ("MAP 4", 180, &[BomChanged, ContextChanged, RiskChanged]),
    ("MAP 5", 180, &[ContextChanged, IncidentOpened, RiskChanged]),
    // What watches the running system.
    ("MEASURE 2.4", 90, &[IncidentOpened, ModelChanged, Released]),
    (
        "MEASURE 2.6",
        90,
        &[
            ContextChanged,
            DataChanged,
            IncidentOpened,
            ModelChanged,
            RiskChanged,
        ],
    ),
    (
        "MEASURE 2.7",
        90,
        &[
            BomChanged,
            DataChanged,
            IncidentOpened,
            ModelChanged,
            RiskChanged,
        ],
    ),
    (
        "MEASURE 3.1",
        90,
        &[IncidentOpened, ModelChanged, RiskChanged],
    ),
    // A decision is about one model in one context.
    (
        "MANAGE 1.1",
        180,
        &[ContextChanged, IncidentOpened, ModelChanged, RiskChanged],
    ),
    ("MANAGE 3", 90, &[BomChanged, IncidentClosed, RiskChanged]),
    ("MANAGE 4.1", 90, &[IncidentClosed, Released]),
    ("MANAGE 4.3", 90, &[IncidentClosed, IncidentOpened]),
];

pub(super) fn recommended() -> AuditCadence {
    let id = "modelward.cadence".parse().expect("our ids are keys");
    let version = "1".parse().expect("a digit is a text");
    let builder = AuditCadence::builder(id, version, rule(365, &[ContextChanged]));
    let builder = ROWS.iter().fold(builder, add);
    builder.build().expect("each scope has one row")
}

fn add(
    builder: AuditCadenceBuilder,
    (scope, days, triggers): &(&str, u32, &[Trigger]),
) -> AuditCadenceBuilder {
    let scope = scope.parse().expect("the ids stand in AI RMF 1.0");
    builder.with(scope, rule(*days, triggers))
}

fn rule(days: u32, triggers: &[Trigger]) -> CadenceRule {
    let rule = CadenceRule::max_age_days(days).with_max_evidence_age_days(EVIDENCE_DAYS);
    triggers.iter().copied().fold(rule, CadenceRule::after)
}
