use crate::model::text::{BomRef, DateTime, Version, VersionRange};
use crate::shape::{objects, words};

words! {
    /// Says what became of a vulnerability here.
    AnalysisState {
        Exploitable = "exploitable" V1_2,
        FalsePositive = "false_positive" V1_2,
        InTriage = "in_triage" V1_2,
        NotAffected = "not_affected" V1_2,
        Resolved = "resolved" V1_2,
        ResolvedWithPedigree = "resolved_with_pedigree" V1_2,
    }

    /// Says why a vulnerability does no harm here.
    Justification {
        CodeNotPresent = "code_not_present" V1_2,
        CodeNotReachable = "code_not_reachable" V1_2,
        ProtectedAtPerimeter = "protected_at_perimeter" V1_2,
        ProtectedAtRuntime = "protected_at_runtime" V1_2,
        ProtectedByCompiler = "protected_by_compiler" V1_2,
        ProtectedByMitigatingControl = "protected_by_mitigating_control" V1_2,
        RequiresConfiguration = "requires_configuration" V1_2,
        RequiresDependency = "requires_dependency" V1_2,
        RequiresEnvironment = "requires_environment" V1_2,
    }

    /// Says what is done about a vulnerability.
    Response {
        CanNotFix = "can_not_fix" V1_2,
        Rollback = "rollback" V1_2,
        Update = "update" V1_2,
        WillNotFix = "will_not_fix" V1_2,
        WorkaroundAvailable = "workaround_available" V1_2,
    }

    /// Says whether versions are affected.
    AffectedStatus {
        Affected = "affected" V1_2,
        Unaffected = "unaffected" V1_2,
        Unknown = "unknown" V1_2,
    }
}

objects! {
    /// States what a vulnerability means here (VEX).
    Analysis = "analysis" {
        /// Returns the state.
        optional copy state with_state: AnalysisState = "state" V1_2;
        /// Returns the reason.
        optional copy justification with_justification: Justification = "justification" V1_2;
        /// Returns what is done about it.
        optional many response with_response: Response = "response" V1_2;
        /// Returns the details.
        optional text detail with_detail: String = "detail" V1_2;
        /// Returns when it was first stated.
        optional text first_issued with_first_issued: DateTime = "firstIssued" V1_5;
        /// Returns when it was stated last.
        optional text last_updated with_last_updated: DateTime = "lastUpdated" V1_5;
    }

    /// Names a component that a vulnerability concerns.
    Affected = "affects" {
        /// Returns the `bom-ref` of the component.
        required text component with_component: BomRef = "ref" V1_2;
        /// Returns the versions.
        optional many versions with_versions: AffectedVersions = "versions" V1_2;
    }

    /// Names versions and whether they are affected.
    AffectedVersions = "affected versions" [exactly_one: &[&["version", "range"]]] {
        /// Returns the version.
        fixed text version with_version: Version = "version" V1_2;
        /// Returns a range of versions, in vers syntax.
        fixed text range with_range: VersionRange = "range" V1_2;
        /// Returns whether they are affected.
        optional copy status with_status: AffectedStatus = "status" V1_2;
    }
}

impl AffectedVersions {
    /// Names one version.
    #[must_use]
    pub fn of_version(version: Version) -> Self {
        let mut versions = Self::bare();
        versions.version = Some(version);
        versions
    }

    /// Names a range of versions.
    #[must_use]
    pub fn of_range(range: VersionRange) -> Self {
        let mut versions = Self::bare();
        versions.range = Some(range);
        versions
    }
}
