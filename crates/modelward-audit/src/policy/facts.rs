use std::collections::BTreeSet;

use modelward_artifact::Digest;

use crate::policy::fact::{
    AdvisoryFact, AffectedFact, BomFact, BomProfileFact, IncidentFact, LicenseFact, LineageFact,
    NotEvaluatedFact, PhaseGateFact, PickleFact, QuarantineFact, RiskFact, SignatureFact,
    SubcategoryFact,
};

/// Writes the facts: for each member one function that adds to it.
macro_rules! facts {
    ($($(#[doc = $doc:literal])* $with:ident $member:ident: $type:ty,)*) => {
        /// Gathers what is known of a model. What is not given counts as not known, never as good.
        ///
        /// Each function adds to what was given before. An empty list says that there is none: to
        /// give no list and to give an empty one are different things. The order does not matter.
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub struct ReleaseFacts {
            pub(super) model: String,
            pub(super) root: Digest,
            /// The digests of the assessments that were given.
            pub(super) assessments: BTreeSet<Digest>,
            /// Whether records of incidents were compared with the files alone.
            pub(super) incidents_of_files_only: bool,
            $(pub(super) $member: Option<Vec<$type>>,)*
        }

        impl ReleaseFacts {
            /// Starts with the model's name and the root digest of its files, and no fact.
            #[must_use]
            pub fn new(model: &str, root: Digest) -> Self {
                Self {
                    model: model.to_owned(),
                    root,
                    assessments: BTreeSet::new(),
                    incidents_of_files_only: false,
                    $($member: None,)*
                }
            }

            /// Returns the model's name.
            #[must_use]
            pub fn model(&self) -> &str {
                &self.model
            }

            /// Returns the root digest of the model's files.
            #[must_use]
            pub const fn root(&self) -> &Digest {
                &self.root
            }

            $($(#[doc = $doc])*
            #[must_use]
            pub fn $with(mut self, facts: impl IntoIterator<Item = $type>) -> Self {
                self.$member.get_or_insert_default().extend(facts);
                self
            })*
        }
    };
}

facts! {
    /// Gives what verifying signatures came to. Each of them counts.
    with_signatures signatures: SignatureFact,
    /// Gives how the ML-BOM fits the files.
    with_bom boms: BomFact,
    /// Gives what the ML-BOM lacks of standards.
    with_bom_profiles bom_profiles: BomProfileFact,
    /// Gives the gaps and contradictions in the lineage.
    with_lineage lineage: LineageFact,
    /// Gives everything that the model is made of and that is known to be affected.
    with_supply_chain supply_chain: AffectedFact,
    /// Gives what scans of pickles came to, for each pickle.
    with_pickles pickles: PickleFact,
    /// Gives every advisory that matches a component.
    with_advisories advisories: AdvisoryFact,
    /// Gives every component that was not looked up among advisories.
    with_not_evaluated not_evaluated: NotEvaluatedFact,
    /// Gives the license of each component.
    with_licenses licenses: LicenseFact,
    /// Gives what an assessment states.
    with_subcategories subcategories: SubcategoryFact,
    /// Gives every risk that remains.
    with_risks risks: RiskFact,
    /// Gives every incident that touches the model or its parts.
    with_incidents incidents: IncidentFact,
    /// Gives every order of quarantine that names the model or its parts.
    with_quarantine quarantine: QuarantineFact,
    /// Gives what the phase gate came to.
    with_phase_gate phase_gate: PhaseGateFact,
}
