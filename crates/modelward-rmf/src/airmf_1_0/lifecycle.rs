use crate::Phase::{
    self, Decommissioning, Engineering, ModelDevelopment, Operation, Release, Scoping, Testing,
};
use crate::Subcategory;
use crate::airmf_1_0::lifecycle::Bearer::{Organization, System};

impl Subcategory {
    /// Returns the phases in which the outcome is looked at for one system, in their order.
    ///
    /// The framework assigns no phases: this is our judgement, to start a gate policy from. It names
    /// the phases whose end is too late without the outcome, not every phase that it touches. It is
    /// empty where the outcome is of the organization alone.
    ///
    /// ```
    /// use modelward_rmf::{Phase, Subcategory};
    ///
    /// let decision: Subcategory = "MANAGE 1.1".parse()?;
    /// assert_eq!(decision.phases(), [Phase::ModelDevelopment, Phase::Release]);
    ///
    /// let training: Subcategory = "GOVERN 2.2".parse()?;
    /// assert!(training.phases().is_empty());
    /// assert!(training.is_organizational());
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub const fn phases(self) -> &'static [Phase] {
        ROWS[self.index()].2
    }

    /// Tells whether the outcome is reached by the organization once, and reused for its systems.
    ///
    /// Such an outcome can still come up in a phase of each system: the inventory is one, the entry
    /// of a system in it is another. Our judgement, as with [`phases`](Self::phases).
    #[must_use]
    pub const fn is_organizational(self) -> bool {
        matches!(ROWS[self.index()].1, Organization)
    }
}

/// Says who reaches an outcome.
#[derive(Clone, Copy)]
enum Bearer {
    Organization,
    System,
}

/// Holds our judgement of each subcategory, read row by row against NIST AI 100-1.
static ROWS: [(&str, Bearer, &[Phase]); 72] = [
    ("GOVERN 1.1", Organization, &[]),
    ("GOVERN 1.2", Organization, &[]),
    ("GOVERN 1.3", Organization, &[]),
    ("GOVERN 1.4", Organization, &[]),
    ("GOVERN 1.5", Organization, &[Operation]),
    // A system enters the inventory, each release changes its entry, retirement closes it.
    (
        "GOVERN 1.6",
        Organization,
        &[Scoping, Release, Decommissioning],
    ),
    ("GOVERN 1.7", Organization, &[Decommissioning]),
    ("GOVERN 2.1", Organization, &[]),
    ("GOVERN 2.2", Organization, &[]),
    // Leadership is asked where development starts and where deployment is decided.
    ("GOVERN 2.3", Organization, &[Scoping, Release]),
    ("GOVERN 3.1", Organization, &[]),
    ("GOVERN 3.2", Organization, &[Scoping, Release]),
    ("GOVERN 4.1", Organization, &[]),
    // What leaves the team goes with its documented risks.
    ("GOVERN 4.2", Organization, &[Release]),
    ("GOVERN 4.3", Organization, &[Testing, Operation]),
    ("GOVERN 5.1", Organization, &[Operation]),
    ("GOVERN 5.2", Organization, &[ModelDevelopment, Operation]),
    ("GOVERN 6.1", Organization, &[Engineering, ModelDevelopment]),
    // The contingency has to exist before the system depends on the third party.
    ("GOVERN 6.2", Organization, &[Release, Operation]),
    ("MAP 1.1", System, &[Scoping]),
    ("MAP 1.2", System, &[Scoping]),
    ("MAP 1.3", Organization, &[Scoping]),
    // The statement has existing systems re-evaluated, hence operation.
    ("MAP 1.4", System, &[Scoping, Operation]),
    ("MAP 1.5", Organization, &[Scoping]),
    // Requirements come first, design decisions follow.
    ("MAP 1.6", System, &[Scoping, ModelDevelopment]),
    ("MAP 2.1", System, &[Scoping, ModelDevelopment]),
    ("MAP 2.2", System, &[Scoping, Release]),
    ("MAP 2.3", System, &[Engineering, Testing]),
    ("MAP 3.1", System, &[Scoping]),
    // Realized errors are known in operation only.
    ("MAP 3.2", System, &[Scoping, Operation]),
    ("MAP 3.3", System, &[Scoping]),
    ("MAP 3.4", System, &[Release, Operation]),
    ("MAP 3.5", System, &[Scoping, Release]),
    ("MAP 4.1", System, &[Engineering, ModelDevelopment]),
    ("MAP 4.2", System, &[Engineering, ModelDevelopment, Testing]),
    ("MAP 5.1", System, &[Scoping, Testing]),
    ("MAP 5.2", System, &[Scoping, Operation]),
    ("MEASURE 1.1", System, &[Testing]),
    ("MEASURE 1.2", System, &[Testing, Operation]),
    ("MEASURE 1.3", System, &[Testing, Operation]),
    ("MEASURE 2.1", System, &[Testing]),
    ("MEASURE 2.2", System, &[Testing]),
    ("MEASURE 2.3", System, &[Testing]),
    ("MEASURE 2.4", System, &[Operation]),
    ("MEASURE 2.5", System, &[Testing]),
    ("MEASURE 2.6", System, &[Testing, Operation]),
    ("MEASURE 2.7", System, &[Testing, Operation]),
    ("MEASURE 2.8", System, &[Testing, Release]),
    ("MEASURE 2.9", System, &[Testing, Release]),
    ("MEASURE 2.10", System, &[Engineering, Testing]),
    ("MEASURE 2.11", System, &[Engineering, Testing]),
    ("MEASURE 2.12", System, &[ModelDevelopment, Operation]),
    ("MEASURE 2.13", System, &[Testing, Operation]),
    ("MEASURE 3.1", System, &[Operation]),
    // What MEASURE 1.1 leaves unmeasured is tracked from testing on.
    ("MEASURE 3.2", System, &[Testing, Operation]),
    // The channel has to be open when the first user comes.
    ("MEASURE 3.3", System, &[Release, Operation]),
    ("MEASURE 4.1", System, &[Testing, Operation]),
    ("MEASURE 4.2", System, &[Testing, Operation]),
    ("MEASURE 4.3", System, &[Operation]),
    // Two decisions: development goes on, deployment may begin.
    ("MANAGE 1.1", System, &[ModelDevelopment, Release]),
    ("MANAGE 1.2", Organization, &[Testing, Operation]),
    // MAP finds the risks in scoping, and a response has to be ready for release.
    ("MANAGE 1.3", System, &[Scoping, Release, Operation]),
    ("MANAGE 1.4", System, &[Release, Operation]),
    ("MANAGE 2.1", System, &[Scoping]),
    ("MANAGE 2.2", System, &[Operation]),
    ("MANAGE 2.3", System, &[Operation]),
    // A way to switch off has to exist before there is something to switch off.
    ("MANAGE 2.4", System, &[Release, Operation, Decommissioning]),
    // Controls apply where third-party data and models come in, monitoring follows.
    (
        "MANAGE 3.1",
        System,
        &[Engineering, ModelDevelopment, Operation],
    ),
    ("MANAGE 3.2", System, &[ModelDevelopment, Operation]),
    ("MANAGE 4.1", System, &[Operation]),
    ("MANAGE 4.2", System, &[Operation]),
    ("MANAGE 4.3", System, &[Operation]),
];

#[cfg(test)]
mod tests {
    use super::ROWS;
    use crate::Subcategory;

    #[test]
    fn rows_stand_in_the_order_of_the_document() {
        let ids = Subcategory::ALL.map(|subcategory| subcategory.to_string());
        assert_eq!(ROWS.map(|row| row.0), ids);
    }
}
