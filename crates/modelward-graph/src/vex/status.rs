use std::fmt;

/// Says how a product stands to a vulnerability.
///
/// The states of CycloneDX are read so: `exploitable` is affected, `in_triage` is under
/// investigation, `resolved` and `resolved_with_pedigree` are fixed, `not_affected` and
/// `false_positive` are not affected. The better status is the lesser one: where two statements are
/// equally new, the greater counts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "VEX has these four, in every format"
)]
pub enum VexStatus {
    /// It is not affected, for the reason that is given, if any is.
    NotAffected(Option<Justification>),
    /// It was affected and is not any more.
    Fixed,
    /// Nobody knows yet.
    UnderInvestigation,
    /// It is affected.
    Affected,
}

impl VexStatus {
    /// Returns the status in words, such as `not affected`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAffected(_) => "not affected",
            Self::Fixed => "fixed",
            Self::UnderInvestigation => "under investigation",
            Self::Affected => "affected",
        }
    }

    /// Tells whether the statement takes back a hit: the product is fixed or not affected.
    #[must_use]
    pub const fn clears(self) -> bool {
        matches!(self, Self::NotAffected(_) | Self::Fixed)
    }
}

impl fmt::Display for VexStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says why a product is not affected: the five reasons of `OpenVEX` and CSAF, and the nine of
/// CycloneDX, each by its own name. They are not mapped to each other, since no two mean the same.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Justification {
    /// CycloneDX: the code was removed or never was there.
    CodeNotPresent,
    /// CycloneDX: the code is never called.
    CodeNotReachable,
    /// `OpenVEX`, CSAF: the component is not in the product.
    ComponentNotPresent,
    /// `OpenVEX`, CSAF: the product has a protection built in.
    InlineMitigationsAlreadyExist,
    /// CycloneDX: attacks are stopped at the border of the network.
    ProtectedAtPerimeter,
    /// CycloneDX: attacks are stopped at run time.
    ProtectedAtRuntime,
    /// CycloneDX: something that the compiler adds prevents it.
    ProtectedByCompiler,
    /// CycloneDX: a control makes it less likely or less harmful.
    ProtectedByMitigatingControl,
    /// CycloneDX: an option would have to be changed.
    RequiresConfiguration,
    /// CycloneDX: a dependency would have to be there that is not.
    RequiresDependency,
    /// CycloneDX: a certain environment would be needed that is not there.
    RequiresEnvironment,
    /// `OpenVEX`, CSAF: no attacker can control what reaches the code.
    VulnerableCodeCannotBeControlledByAdversary,
    /// `OpenVEX`, CSAF: the code is there and never runs.
    VulnerableCodeNotInExecutePath,
    /// `OpenVEX`, CSAF: the component is there without the code.
    VulnerableCodeNotPresent,
}

impl Justification {
    /// Lists every reason.
    pub const ALL: [Self; 14] = [
        Self::CodeNotPresent,
        Self::CodeNotReachable,
        Self::ComponentNotPresent,
        Self::InlineMitigationsAlreadyExist,
        Self::ProtectedAtPerimeter,
        Self::ProtectedAtRuntime,
        Self::ProtectedByCompiler,
        Self::ProtectedByMitigatingControl,
        Self::RequiresConfiguration,
        Self::RequiresDependency,
        Self::RequiresEnvironment,
        Self::VulnerableCodeCannotBeControlledByAdversary,
        Self::VulnerableCodeNotInExecutePath,
        Self::VulnerableCodeNotPresent,
    ];

    /// Returns the name that the reason has in its format, such as `code_not_reachable`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeNotPresent => "code_not_present",
            Self::CodeNotReachable => "code_not_reachable",
            Self::ComponentNotPresent => "component_not_present",
            Self::InlineMitigationsAlreadyExist => "inline_mitigations_already_exist",
            Self::ProtectedAtPerimeter => "protected_at_perimeter",
            Self::ProtectedAtRuntime => "protected_at_runtime",
            Self::ProtectedByCompiler => "protected_by_compiler",
            Self::ProtectedByMitigatingControl => "protected_by_mitigating_control",
            Self::RequiresConfiguration => "requires_configuration",
            Self::RequiresDependency => "requires_dependency",
            Self::RequiresEnvironment => "requires_environment",
            Self::VulnerableCodeCannotBeControlledByAdversary => {
                "vulnerable_code_cannot_be_controlled_by_adversary"
            }
            Self::VulnerableCodeNotInExecutePath => "vulnerable_code_not_in_execute_path",
            Self::VulnerableCodeNotPresent => "vulnerable_code_not_present",
        }
    }

    /// Tells whether the reason is one of CycloneDX. Else it is one of `OpenVEX` and CSAF.
    #[must_use]
    pub const fn is_of_cyclonedx(self) -> bool {
        !matches!(
            self,
            Self::ComponentNotPresent
                | Self::InlineMitigationsAlreadyExist
                | Self::VulnerableCodeCannotBeControlledByAdversary
                | Self::VulnerableCodeNotInExecutePath
                | Self::VulnerableCodeNotPresent
        )
    }

    /// Finds a reason by its name, in the whole of them: some writers use another format's.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

impl fmt::Display for Justification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
