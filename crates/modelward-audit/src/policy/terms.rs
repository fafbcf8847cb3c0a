//! What each rule of a policy asks. What a document does not say is strict.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, Text};
use modelward_bom::profile::Profile;
use modelward_incident::Severity;
use modelward_rmf::{Attainment, Handling, Standing, Subcategory};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes one type of terms: each member has a default, and one that is unknown is refused.
macro_rules! terms {
    ($($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $member_doc:literal])* $member:ident: $type:ty = $default:expr,)*
    })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[doc = $member_doc])* pub $member: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($member: $default,)* }
            }
        }
    )*};
}

terms! {
    /// Asks for a signature.
    SignatureTerms {
        /// Names of signers, such as the digest of a key. Where there is none, whoever the
        /// verification trusts will do.
        signers: BTreeSet<Text> = BTreeSet::new(),
        /// What follows from a warning of the verification.
        warnings: Handling = Handling::Condition,
    }
    /// Asks for an ML-BOM that describes exactly these files.
    BomTerms {
        /// What follows from a part in the ML-BOM that is none of the files.
        foreign: Handling = Handling::Block,
        /// What follows where the ML-BOM does not say of which files it is.
        unbound: Handling = Handling::Condition,
        /// What follows from what the ML-BOM should say of the model and does not.
        unknown: Handling = Handling::Condition,
    }
    /// Asks for a lineage.
    LineageTerms {
        /// What follows from statements of which one at least is wrong.
        contradictions: Handling = Handling::Block,
        /// What follows from a gap, such as a component whose origin nobody states.
        gaps: Handling = Handling::Block,
        /// What follows from a component that can be exchanged under its name.
        unpinned: Handling = Handling::Condition,
    }
    /// Asks about assets that are known to be affected.
    SupplyChainTerms {
        /// What follows where the model is such an asset, or is made of one.
        affected: Handling = Handling::Block,
    }
    /// Asks for scans of pickles.
    PickleTerms {
        /// What follows from a pickle that is suspicious and not shown to be unsafe.
        suspicious: Handling = Handling::Block,
    }
    /// Asks about advisories.
    AdvisoryTerms {
        /// Up to which severity an open advisory is a condition; `None` where none is let through.
        max_severity: Option<Severity> = None,
        /// What follows from a component that was not looked up, or among no advisory that could
        /// be about it.
        not_evaluated: Handling = Handling::Condition,
        /// What follows where VEX says that the component is not affected or fixed.
        vex: Handling = Handling::Accept,
    }
    /// Asks about licenses.
    LicenseTerms {
        /// What follows from a point that somebody should look at and that breaks no license.
        advice: Handling = Handling::Condition,
        /// Expressions that are not allowed, as they are written in the ML-BOM.
        deny: BTreeSet<Text> = BTreeSet::new(),
        /// What follows from a license that conflicts with that of the model.
        conflicts: Handling = Handling::Block,
        /// What follows from a component without a license; `None` where nobody can tell.
        unlicensed: Option<Handling> = None,
    }
    /// Asks about risks.
    ResidualRiskTerms {
        /// The worst standing that passes.
        max: Standing = Standing::WithinTolerance,
        /// What follows from a worse one that is validly accepted.
        accepted: Handling = Handling::Condition,
    }
    /// Asks about incidents.
    IncidentTerms {
        /// Up to which severity an open incident is a condition; `None` where none is let through.
        max_severity: Option<Severity> = None,
    }
    /// Asks about orders of quarantine.
    QuarantineTerms {
        /// What follows from an order that nobody has signed off.
        proposed: Handling = Handling::Condition,
    }
    /// Asks about the phase gate of the assessment.
    PhaseGateTerms {
        /// The digest of the policy that it has to have judged by; `None` where any will do.
        policy: Option<Digest> = None,
        /// What follows where it opened with conditions.
        conditions: Handling = Handling::Condition,
    }
}

/// Asks for the elements of standards: of one at least.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BomProfileTerms {
    #[serde(deserialize_with = "some_profiles", serialize_with = "profile_names")]
    profiles: BTreeSet<Profile>,
    #[serde(default = "block")]
    missing: Handling,
}

impl BomProfileTerms {
    /// Returns the standards.
    #[must_use]
    pub fn profiles(&self) -> impl ExactSizeIterator<Item = Profile> {
        self.profiles.iter().copied()
    }

    /// Returns what follows from a required element that is missing.
    #[must_use]
    pub const fn missing(&self) -> Handling {
        self.missing
    }
}

/// Asks for subcategories of AI RMF 1.0: for one at least, and for each once.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SubcategoryTerms {
    #[serde(deserialize_with = "some_required")]
    require: Vec<RequiredSubcategory>,
    #[serde(default = "block")]
    in_part: Handling,
    #[serde(default)]
    max_evidence_age_days: Option<u32>,
}

impl SubcategoryTerms {
    /// Returns what is required, in the order of the framework.
    #[must_use]
    pub fn required(&self) -> &[RequiredSubcategory] {
        &self.require
    }

    /// Returns what follows from one that is met in part and has to be met.
    #[must_use]
    pub const fn in_part(&self) -> Handling {
        self.in_part
    }

    /// Returns how many days old the newest evidence may be; `None` where no evidence is asked for.
    #[must_use]
    pub const fn max_evidence_age_days(&self) -> Option<u32> {
        self.max_evidence_age_days
    }
}

/// Asks for one subcategory.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RequiredSubcategory {
    subcategory: Subcategory,
    #[serde(default = "met")]
    at_least: Attainment,
}

impl RequiredSubcategory {
    /// Returns the subcategory.
    #[must_use]
    pub const fn subcategory(&self) -> Subcategory {
        self.subcategory
    }

    /// Returns the rating that will do.
    #[must_use]
    pub const fn at_least(&self) -> Attainment {
        self.at_least
    }
}

const fn block() -> Handling {
    Handling::Block
}

const fn met() -> Attainment {
    Attainment::Met
}

fn some_profiles<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<Profile>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    if names.is_empty() {
        return Err(D::Error::custom("no profile is named"));
    }
    let profiles = names.iter().map(|name| name.parse());
    profiles.collect::<Result<_, _>>().map_err(D::Error::custom)
}

fn profile_names<S: Serializer>(profiles: &BTreeSet<Profile>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(profiles.iter().map(|profile| profile.name()))
}

fn some_required<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<RequiredSubcategory>, D::Error> {
    let mut required = Vec::<RequiredSubcategory>::deserialize(from)?;
    required.sort_unstable();
    if required.is_empty() {
        return Err(D::Error::custom("no subcategory is required"));
    }
    match required
        .windows(2)
        .find(|pair| pair[0].subcategory == pair[1].subcategory)
    {
        None => Ok(required),
        Some(pair) => {
            let message = format!("{} is required twice", pair[0].subcategory);
            Err(D::Error::custom(message))
        }
    }
}
