use std::collections::BTreeMap;

use modelward_rmf::Phase;
use serde::{Deserialize, Serialize};

use crate::policy::rule::PolicyRule;
use crate::policy::terms::{
    AdvisoryTerms, BomProfileTerms, BomTerms, IncidentTerms, LicenseTerms, LineageTerms,
    PhaseGateTerms, PickleTerms, QuarantineTerms, ResidualRiskTerms, SignatureTerms,
    SubcategoryTerms, SupplyChainTerms,
};

/// Writes the rules of a phase: which member holds the terms of which rule.
macro_rules! rules {
    ($($member:ident: $terms:ty = $rule:ident,)*) => {
        /// Holds the rules of one phase: one at least.
        ///
        /// Each member has the name of a [`PolicyRule`]. What is `None` is not asked.
        #[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case", try_from = "Read")]
        pub struct PhaseRules {
            $(#[serde(skip_serializing_if = "Option::is_none")]
            pub(super) $member: Option<$terms>,)*
        }

        impl PhaseRules {
            $(#[doc = concat!("Returns what the rule on `", stringify!($member), "` asks.")]
            #[must_use]
            pub const fn $member(&self) -> Option<&$terms> {
                self.$member.as_ref()
            })*

            /// Returns the rules that are asked, in the order in which data flows.
            #[must_use]
            pub fn asked(&self) -> Vec<PolicyRule> {
                let mut asked = Vec::new();
                $(if self.$member.is_some() {
                    asked.push(PolicyRule::$rule);
                })*
                asked
            }
        }

        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        struct Read {
            $(#[serde(default)]
            $member: Option<$terms>,)*
        }

        impl TryFrom<Read> for PhaseRules {
            type Error = &'static str;

            fn try_from(read: Read) -> Result<Self, Self::Error> {
                let rules = Self { $($member: read.$member,)* };
                if rules.asked().is_empty() {
                    return Err("the phase has no rule");
                }
                Ok(rules)
            }
        }
    };
}

rules! {
    signature: SignatureTerms = Signature,
    bom: BomTerms = Bom,
    bom_profile: BomProfileTerms = BomProfile,
    lineage: LineageTerms = Lineage,
    supply_chain: SupplyChainTerms = SupplyChain,
    pickles: PickleTerms = Pickles,
    advisories: AdvisoryTerms = Advisories,
    licenses: LicenseTerms = Licenses,
    subcategories: SubcategoryTerms = Subcategories,
    residual_risk: ResidualRiskTerms = ResidualRisk,
    incidents: IncidentTerms = Incidents,
    quarantine: QuarantineTerms = Quarantine,
    phase_gate: PhaseGateTerms = PhaseGate,
}

/// Holds the phases that have rules: one at least.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "ReadPhases", into = "BTreeMap<Phase, PhaseRules>")]
pub(super) struct Phases {
    of: BTreeMap<Phase, PhaseRules>,
}

impl Phases {
    pub(super) fn iter(&self) -> impl Iterator<Item = (Phase, &PhaseRules)> {
        self.of.iter().map(|(phase, rules)| (*phase, rules))
    }
}

impl From<Phases> for BTreeMap<Phase, PhaseRules> {
    fn from(phases: Phases) -> Self {
        phases.of
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ReadPhases {
    scoping: Option<PhaseRules>,
    engineering: Option<PhaseRules>,
    model_development: Option<PhaseRules>,
    testing: Option<PhaseRules>,
    release: Option<PhaseRules>,
    operation: Option<PhaseRules>,
    decommissioning: Option<PhaseRules>,
}

impl TryFrom<ReadPhases> for Phases {
    type Error = &'static str;

    fn try_from(read: ReadPhases) -> Result<Self, Self::Error> {
        let phases = [
            (Phase::Scoping, read.scoping),
            (Phase::Engineering, read.engineering),
            (Phase::ModelDevelopment, read.model_development),
            (Phase::Testing, read.testing),
            (Phase::Release, read.release),
            (Phase::Operation, read.operation),
            (Phase::Decommissioning, read.decommissioning),
        ];
        let of: BTreeMap<_, _> = phases
            .into_iter()
            .filter_map(|(phase, rules)| rules.map(|rules| (phase, rules)))
            .collect();
        if of.is_empty() {
            return Err("no phase has rules");
        }
        Ok(Self { of })
    }
}
