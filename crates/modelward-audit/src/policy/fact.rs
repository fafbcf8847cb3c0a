//! What is known of a model, one type for each rule.

use std::collections::BTreeSet;

use modelward_artifact::{Date, Digest, Finding};
use modelward_bom::profile::Profile;
use modelward_graph::vex::VexStatus;
use modelward_incident::Severity;
use modelward_rmf::{Attainment, GateAnswer, Phase, PhaseDecision, Standing, Subcategory};

/// Writes one type of fact: what every one has is given to `new`, the rest is added.
macro_rules! facts {
    ($($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)*
    })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        impl $name {
            /// States the fact.
            #[must_use]
            pub const fn new($($field: $type),*) -> Self {
                Self { $($field),* }
            }
        }
    )*};
}

/// Says what verifying a signature came to.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum SignatureFact {
    /// It was refused.
    Rejected {
        /// Every reason.
        findings: Vec<Finding>,
    },
    /// A trusted signer signed files.
    Verified {
        /// The root digest of the files.
        root: Digest,
        /// Each name that is proven to be the signer's.
        signer: BTreeSet<String>,
        /// What deserves attention.
        warnings: Vec<Finding>,
    },
}

/// Says what was found, from best to worst, where it is not clear at once.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a scan sees, suspects, convicts or is blind"
)]
pub enum PickleState {
    /// It runs nothing that it should not.
    Safe,
    /// It runs what may be harmless.
    Suspicious,
    /// It was not scanned, or not as a whole.
    NotScanned,
    /// It runs what it must not.
    Unsafe,
}

/// Says how a license stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a license fits, fits with care, does not fit, or nobody can say"
)]
pub enum LicenseState {
    /// It is known, and does not conflict with that of the model.
    Compatible,
    /// Somebody should look at it: it is disputed, or met in another way than by a license.
    Advice,
    /// It is not known, or not whether it conflicts.
    Unknown,
    /// It conflicts with that of the model.
    Conflicting,
}

/// Says what was stated about a subcategory.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "an assessment states one of the three"
)]
pub enum SubcategoryState {
    /// It does not apply.
    NotApplicable,
    /// Nobody has looked.
    NotAssessed,
    /// It was rated.
    Rated(Attainment),
}

/// Says how an incident or an order stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a record is closed, in part unknown, or open"
)]
pub enum IncidentState {
    /// It is over.
    Closed,
    /// It is over as far as is known, and a part of its record is withheld.
    Partial,
    /// It is open.
    Open,
}

/// Says what is wrong with a lineage.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a lineage can be exchanged, lacks something, or is wrong"
)]
pub enum LineageState {
    /// Something can be exchanged under its name.
    Unpinned,
    /// Something is missing.
    Gap,
    /// Of two statements one at least is wrong.
    Contradiction,
}

facts! {
    /// Says how an ML-BOM fits the files of the model.
    BomFact {
        /// The root digest of the files that it is about, as it states it; more than one where it
        /// contradicts itself.
        roots: BTreeSet<String>,
        /// The files whose digest it does not list; `None` where there were no files to compare.
        unlisted: Option<BTreeSet<String>>,
        /// The parts of the model that it describes and that are none of the files.
        foreign: BTreeSet<String>,
        /// What it should say of the model and does not.
        unknown: Vec<Finding>,
    }
    /// Says what is wrong with the lineage.
    LineageFact {
        /// Of what kind it is.
        state: LineageState,
        /// What it is.
        finding: Finding,
    }
    /// Says that something that the model is made of is known to be affected.
    AffectedFact {
        /// The component, or the name of the model.
        component: String,
        /// Why it is affected.
        reason: String,
        /// The chain from the model to the component; `None` for the model itself.
        path: Option<String>,
    }
    /// Says that a component was not looked up among advisories.
    NotEvaluatedFact {
        /// The component.
        component: String,
        /// Why not.
        reason: String,
    }
    /// Says which required elements of a standard an ML-BOM lacks.
    BomProfileFact {
        /// The standard.
        profile: Profile,
        /// What is missing.
        missing: Vec<Finding>,
    }
    /// Says what a scan of one file came to.
    PickleFact {
        /// The file.
        path: String,
        /// What was found.
        state: PickleState,
    }
    /// Says that an advisory matches a component.
    AdvisoryFact {
        /// The advisory.
        id: String,
        /// The component.
        component: String,
        /// How bad it is; `None` where nobody says.
        severity: Option<Severity>,
        /// What VEX says; `None` where it says nothing.
        vex: Option<VexStatus>,
        /// Why it is not certain that the component is affected; `None` where it is.
        doubt: Option<String>,
    }
    /// Says how the license of a component stands.
    LicenseFact {
        /// The component.
        component: String,
        /// The expression, as it is written; `None` where there is none.
        license: Option<String>,
        /// How it stands.
        state: LicenseState,
    }
    /// Says what an assessment states about a subcategory.
    SubcategoryFact {
        /// The subcategory.
        subcategory: Subcategory,
        /// What is stated.
        state: SubcategoryState,
        /// When the newest evidence that still counts was collected.
        evidence: Option<Date>,
        /// The root digest of the files that were assessed; `None` where the assessment names none.
        subject: Option<Digest>,
    }
    /// Says how a risk that remains stands.
    RiskFact {
        /// The risk.
        id: String,
        /// How it stands; `None` where it is not rated.
        standing: Option<Standing>,
        /// The last day on which its acceptance counts.
        accepted_until: Option<Date>,
    }
    /// Says that an incident touches the model.
    IncidentFact {
        /// The incident.
        id: String,
        /// How severe it is.
        severity: Severity,
        /// How it stands.
        state: IncidentState,
        /// What of the model it touches.
        touches: String,
    }
    /// Says that an order of quarantine names a part of the model.
    QuarantineFact {
        /// The order.
        id: String,
        /// What must not be used.
        target: String,
        /// Whether it is in force.
        state: OrderStanding,
    }
    /// Says what the phase gate of an assessment came to.
    PhaseGateFact {
        /// The phase at whose end it stands.
        phase: Phase,
        /// What it decided.
        decision: PhaseDecision,
        /// The policy that it judged by; `None` where that is not known.
        policy: Option<Digest>,
        /// The root digest of the files that were judged; `None` where it names none.
        subject: Option<Digest>,
        /// The digest of the assessment that it judged; `None` where it judged none.
        assessment: Option<Digest>,
        /// Its reasons, each with the answer that it alone would give.
        reasons: Vec<(GateAnswer, Finding)>,
    }
}

/// Says how an order of quarantine stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "an order is over, proposed, in force or not to be seen"
)]
pub enum OrderStanding {
    /// It was lifted, or expired.
    Over,
    /// Nobody has signed it off.
    Proposed,
    /// A part of the record that would tell is withheld.
    Withheld,
    /// It holds.
    InForce,
}
