use std::collections::BTreeSet;

use crate::{
    Attainment, CheckCode, EvidenceDemand, GatePolicy, GatePolicyBuilder, Handling, Independence,
    Phase, Requirement, RiskTerms, Standing, Subcategory, SubjectBinding,
};

/// Names what each phase is about, so that its end is too late without it. Our choice.
const CORE: [(Phase, &[&str]); 7] = [
    // The context is known, the risk that may be taken is set, the area of use is drawn.
    (Phase::Scoping, &["MAP 1.1", "MAP 1.5", "MAP 3.3"]),
    // What comes from others is known with its risks.
    (Phase::Engineering, &["MAP 4.1"]),
    // What the model does is defined, and somebody decided to go on.
    (Phase::ModelDevelopment, &["MAP 2.1", "MANAGE 1.1"]),
    // The model performs, is valid, and was attacked.
    (
        Phase::Testing,
        &["MEASURE 2.3", "MEASURE 2.5", "MEASURE 2.7"],
    ),
    // Somebody decided, the gravest risks have a response, and the system can be switched off.
    (Phase::Release, &["MANAGE 1.1", "MANAGE 1.3", "MANAGE 2.4"]),
    // The system is watched, and incidents are dealt with.
    (
        Phase::Operation,
        &["MEASURE 2.4", "MANAGE 4.1", "MANAGE 4.3"],
    ),
    // Processes exist for the end, and the system is really off.
    (Phase::Decommissioning, &["GOVERN 1.7", "MANAGE 2.4"]),
];

/// The findings that no gate of ours lets pass: what was assessed is not what is there.
const FORBIDDEN: [CheckCode; 6] = [
    CheckCode::AssessmentInFuture,
    CheckCode::AssessmentOlderThanBom,
    CheckCode::RatingContradicted,
    CheckCode::EvidenceChanged,
    CheckCode::EvidenceMissing,
    CheckCode::RiskResidualAboveInherent,
];

/// The findings that stand in the way of use.
const FORBIDDEN_IN_USE: [CheckCode; 2] = [CheckCode::InventoryHole, CheckCode::IncidentWithoutRisk];

pub(super) fn recommended(phase: Phase) -> GatePolicy {
    let id = format!("modelward.{phase}");
    let title = format!("Modelward's gate at the end of {phase}");
    let builder = GatePolicy::builder(
        id.parse().expect("our ids are keys"),
        "1".parse().expect("a digit is a text"),
        title.parse().expect("a phase has letters"),
        phase,
    );
    let terms = RiskTerms::within(Standing::WithinTolerance).accepted(Handling::Condition);
    let builder = builder
        .evidence(EvidenceDemand::NoOlderThan { days: 365 })
        .max_assessment_age_days(max_age(phase))
        .risks(match phase {
            // Risks are found there, and what is done about them is decided later.
            Phase::Scoping => terms.undecided(Handling::Condition),
            _ => terms,
        });
    let builder = forbidding(bound(builder, phase), phase);
    let required = required(phase).into_iter();
    let builder = required.fold(builder, GatePolicyBuilder::require);
    builder.build().expect("each minimum is required once")
}

const fn max_age(phase: Phase) -> u32 {
    match phase {
        Phase::Scoping | Phase::Engineering | Phase::ModelDevelopment => 365,
        Phase::Testing | Phase::Operation | Phase::Decommissioning => 180,
        Phase::Release => 90,
    }
}

const fn bound(builder: GatePolicyBuilder, phase: Phase) -> GatePolicyBuilder {
    match phase {
        // There is no model whose bytes could be compared.
        Phase::Scoping | Phase::Engineering => builder.subject(SubjectBinding::Name),
        Phase::Release | Phase::Operation => builder.min_independence(Independence::Internal),
        Phase::ModelDevelopment | Phase::Testing | Phase::Decommissioning => builder,
    }
}

fn forbidding(builder: GatePolicyBuilder, phase: Phase) -> GatePolicyBuilder {
    let in_use = matches!(phase, Phase::Release | Phase::Operation);
    let in_use = FORBIDDEN_IN_USE.iter().filter(|_| in_use);
    FORBIDDEN
        .iter()
        .chain(in_use)
        .fold(builder, |builder, code| {
            builder.forbid(code.code().parse().expect("our codes are keys"))
        })
}

fn required(phase: Phase) -> Vec<Requirement> {
    let core = core(phase);
    let met = Attainment::Met;
    let mut required: Vec<_> = core
        .iter()
        .map(|subcategory| Requirement::attainment(*subcategory, met))
        .collect();
    let others = Subcategory::ALL.into_iter();
    let others = others.filter(|it| it.phases().contains(&phase) && !core.contains(it));
    for subcategory in others {
        let in_part = Requirement::attainment(subcategory, Attainment::PartiallyMet);
        if subcategory.is_organizational() {
            required.push(in_part.as_condition());
        } else {
            required.push(in_part);
            required.push(Requirement::attainment(subcategory, met).as_condition());
        }
    }
    required
}

/// Returns what the phase and those before it are about, sorted. The end of the system's life is
/// not held up by what was not reached before.
fn core(phase: Phase) -> BTreeSet<Subcategory> {
    let counts = |other: Phase| match phase {
        Phase::Decommissioning => other == phase,
        _ => other <= phase,
    };
    let phases = CORE.iter().filter(|(other, _)| counts(*other));
    phases
        .flat_map(|(_, ids)| ids.iter())
        .map(|id| id.parse().expect("the ids stand in AI RMF 1.0"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::CORE;
    use crate::{Phase, Subcategory};

    #[test]
    fn what_a_phase_is_about_is_looked_at_in_it() {
        assert_eq!(CORE.map(|(phase, _)| phase), Phase::ALL);
        for (phase, ids) in CORE {
            for id in ids {
                let subcategory: Subcategory = id.parse().expect("the id exists");
                assert!(subcategory.phases().contains(&phase), "{id} in {phase}");
            }
        }
    }
}
