use std::fmt;

/// Says why a product is not affected, in the words that CSAF and `OpenVEX` share.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the minimum requirements for VEX of CISA fix the five"
)]
pub enum VexJustification {
    /// The component is not in the product.
    ComponentNotPresent,
    /// A protection is built in.
    InlineMitigationsAlreadyExist,
    /// No attacker controls what reaches it.
    VulnerableCodeCannotBeControlledByAdversary,
    /// It is there and never runs.
    VulnerableCodeNotInExecutePath,
    /// The component is there without what makes it vulnerable.
    VulnerableCodeNotPresent,
}

impl VexJustification {
    /// Lists every reason.
    pub const ALL: [Self; 5] = [
        Self::ComponentNotPresent,
        Self::InlineMitigationsAlreadyExist,
        Self::VulnerableCodeCannotBeControlledByAdversary,
        Self::VulnerableCodeNotInExecutePath,
        Self::VulnerableCodeNotPresent,
    ];

    /// Returns the label, such as `component_not_present`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ComponentNotPresent => "component_not_present",
            Self::InlineMitigationsAlreadyExist => "inline_mitigations_already_exist",
            Self::VulnerableCodeCannotBeControlledByAdversary => {
                "vulnerable_code_cannot_be_controlled_by_adversary"
            }
            Self::VulnerableCodeNotInExecutePath => "vulnerable_code_not_in_execute_path",
            Self::VulnerableCodeNotPresent => "vulnerable_code_not_present",
        }
    }
}

impl fmt::Display for VexJustification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
