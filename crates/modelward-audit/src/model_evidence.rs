use modelward_artifact::{Digest, Manifest, Verdict};
use modelward_bom::MlBom;
use modelward_graph::exposure::Exposures;
use modelward_graph::triage::Triage;
use modelward_incident::Incident;
use modelward_rmf::{Assessment, PhaseGateReport, RiskRegister};
use modelward_sign::VerifiedModel;

use crate::{AffectedAssets, Lineage, PickleFact};

/// Gathers what is known of one model, from every crate: what a release gate, a table of coverage and
/// a dossier are made of.
///
/// What is not given counts as not known, never as good. To give no list and to give an empty one are
/// different things: an empty list says that there is nothing.
#[derive(Clone, Copy, Debug)]
pub struct ModelEvidence<'a> {
    name: &'a str,
    root: Digest,
    manifest: Option<&'a Manifest>,
    verification: Option<&'a Verdict<VerifiedModel>>,
    bundle: Option<Digest>,
    bom: Option<&'a MlBom>,
    lineage: Option<&'a Lineage>,
    affected: Option<&'a AffectedAssets>,
    pickles: Option<&'a [PickleFact]>,
    advisories: Option<&'a Triage<'a>>,
    exposures: Option<&'a Exposures<'a>>,
    assessment: Option<&'a Assessment>,
    register: Option<&'a RiskRegister>,
    phase_gate: Option<&'a PhaseGateReport>,
    incidents: Option<&'a [Incident]>,
}

/// Writes for each member the function that gives it and the one that returns it.
macro_rules! members {
    ($($(#[doc = $doc:literal])* $with:ident $member:ident: $type:ty,)*) => {
        impl<'a> ModelEvidence<'a> {
            $($(#[doc = $doc])*
            #[must_use]
            pub const fn $with(mut self, $member: $type) -> Self {
                self.$member = Some($member);
                self
            }

            #[doc = concat!("Returns what was given with [`", stringify!($with), "`](Self::", stringify!($with), ").")]
            #[must_use]
            pub const fn $member(&self) -> Option<$type> {
                self.$member
            })*
        }
    };
}

members! {
    /// Gives what verifying the model's signature came to.
    with_verification verification: &'a Verdict<VerifiedModel>,
    /// Gives the SHA-256 digest of the signature's bundle, as it was read.
    with_bundle bundle: Digest,
    /// Gives the model's ML-BOM.
    with_bom bom: &'a MlBom,
    /// Gives the supply chain.
    with_lineage lineage: &'a Lineage,
    /// Gives the assets that are known to be affected: compromised, poisoned, vulnerable, recalled.
    with_affected affected: &'a AffectedAssets,
    /// Gives what scans of every pickle of the model came to.
    with_pickles pickles: &'a [PickleFact],
    /// Gives what advisories say of the supply chain, with what VEX says of them.
    with_advisories advisories: &'a Triage<'a>,
    /// Gives what was looked up among advisories: it tells what was not.
    with_exposures exposures: &'a Exposures<'a>,
    /// Gives the assessment against the AI RMF.
    with_assessment assessment: &'a Assessment,
    /// Gives the risk register.
    with_register register: &'a RiskRegister,
    /// Gives what the phase gate of the assessment came to.
    with_phase_gate phase_gate: &'a PhaseGateReport,
    /// Gives every incident record there is, open and closed, on whatever asset.
    with_incidents incidents: &'a [Incident],
}

impl<'a> ModelEvidence<'a> {
    /// Begins with the model's name and the root digest of its files, where these are not at hand.
    #[must_use]
    pub const fn new(name: &'a str, root: Digest) -> Self {
        Self {
            name,
            root,
            manifest: None,
            verification: None,
            bundle: None,
            bom: None,
            lineage: None,
            affected: None,
            pickles: None,
            advisories: None,
            exposures: None,
            assessment: None,
            register: None,
            phase_gate: None,
            incidents: None,
        }
    }

    /// Begins with the files of a model, as they were hashed.
    #[must_use]
    pub fn of(manifest: &'a Manifest) -> Self {
        let mut evidence = Self::new(manifest.name(), manifest.root());
        evidence.manifest = Some(manifest);
        evidence
    }

    /// Returns the model's name.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Returns the root digest of the model's files.
    #[must_use]
    pub const fn root(&self) -> Digest {
        self.root
    }

    /// Returns the files, where they are at hand.
    #[must_use]
    pub const fn manifest(&self) -> Option<&'a Manifest> {
        self.manifest
    }
}
