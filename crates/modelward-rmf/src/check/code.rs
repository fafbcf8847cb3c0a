use std::fmt;

use serde::{Serialize, Serializer};

/// Says how much an [`Issue`](crate::Issue) weighs. Worse is greater.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "three steps are what people tell apart"
)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Somebody should look at it.
    Warning,
    /// What is stated cannot stand as it is.
    Error,
}

impl Severity {
    /// Lists the severities from lesser to worse.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// Returns the name that documents use, such as `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Writes the enum and its tables from one list: code, severity, what it says.
macro_rules! codes {
    ($($variant:ident, $code:literal, $severity:ident, $says:literal;)*) => {
        /// Names what [`Checks`](crate::Checks) can find.
        ///
        /// That something is not applicable without a reason, or accepted without an approver, a
        /// reason and an end, is not among them: such a thing cannot be made.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum CheckCode {
            $(#[doc = $says] $variant,)*
        }

        impl CheckCode {
            /// Lists every code in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the stable code, such as `rmf.check.rating_unsupported`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("rmf.check.", $code),)*
                }
            }

            /// Returns how much it weighs.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                }
            }

            /// Returns what it says, for legends.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self {
                    $(Self::$variant => $says,)*
                }
            }
        }
    };
}

codes! {
    AssessmentInFuture, "assessment_in_future", Error, "The assessment is dated after the time of the check.";
    AssessmentOlderThanBom, "assessment_older_than_bom", Error, "The ML-BOM that the assessment cites was made after it.";
    AssessorIsOwner, "assessor_is_owner", Warning, "The assessor answers for the system (compare MEASURE 1.3).";
    IndependenceUnknown, "independence_unknown", Note, "Nobody says how independent the assessor is.";
    SubjectUnbound, "subject_unbound", Note, "No digest binds the assessment to the bytes of a model.";
    RatingUnsupported, "rating_unsupported", Error, "A rating above the lowest level cites no evidence that counts.";
    RatingContradicted, "rating_contradicted", Error, "Evidence speaks against a rating above the lowest level, which does not cite it.";
    RatingByInterviewAlone, "rating_by_interview_alone", Warning, "The highest level rests on interviews alone.";
    MeasuredWithoutMap, "measured_without_map", Warning, "A measurement rests on what MAP identifies, and nothing of MAP is rated.";
    TargetMissing, "target_missing", Note, "There is no target profile to compare with.";
    GoalMissing, "goal_missing", Note, "A rated subcategory has no goal, though others have.";
    GoalOverdue, "goal_overdue", Warning, "A goal is past its day and not reached.";
    EvidenceChanged, "evidence_changed", Error, "The evidence is not what the assessor saw: its digest differs.";
    EvidenceMissing, "evidence_missing", Error, "The evidence is not where it is kept.";
    EvidenceUnresolved, "evidence_unresolved", Warning, "The evidence could not be looked up.";
    EvidenceExpired, "evidence_expired", Warning, "The evidence has expired.";
    EvidenceExpiring, "evidence_expiring", Note, "The evidence expires soon.";
    EvidenceInFuture, "evidence_in_future", Warning, "The evidence was collected after the assessment that has it.";
    EvidenceOffTopic, "evidence_off_topic", Warning, "A rating cites evidence that does not say to bear on it.";
    EvidenceUnused, "evidence_unused", Note, "No rating cites the evidence.";
    EvidenceWithoutDigest, "evidence_without_digest", Note, "Nothing tells whether the evidence changes: it has no digest.";
    RiskAcceptanceExpired, "risk_acceptance_expired", Error, "The acceptance of a risk has expired.";
    RiskAcceptanceExpiring, "risk_acceptance_expiring", Note, "The acceptance of a risk expires soon.";
    RiskAcceptanceRevoked, "risk_acceptance_revoked", Error, "The acceptance of a risk was revoked, and nothing took its place.";
    RiskAcceptedByOwner, "risk_accepted_by_owner", Warning, "The owner of a risk accepted it themselves.";
    RiskAboveTolerance, "risk_above_tolerance", Error, "What remains of a risk is above tolerance, and nobody validly accepts it.";
    RiskUndecided, "risk_undecided", Warning, "A risk above appetite has no decided treatment.";
    RiskOwnerMissing, "risk_owner_missing", Warning, "A risk has no owner.";
    RiskReviewMissing, "risk_review_missing", Note, "A risk has no day of review.";
    RiskReviewOverdue, "risk_review_overdue", Warning, "The review of a risk is overdue.";
    RiskResidualAboveInherent, "risk_residual_above_inherent", Error, "More of a risk remains after treatment than there was before it.";
    RiskCurrentAboveInherent, "risk_current_above_inherent", Warning, "A risk is now rated higher than with nothing done.";
    RiskActionOverdue, "risk_action_overdue", Warning, "An action against a risk is overdue.";
    RiskActionNotCompleted, "risk_action_not_completed", Warning, "What remains of a risk counts on an action that is not completed.";
    RiskClosedWithOpenActions, "risk_closed_with_open_actions", Warning, "A risk is closed while actions are open.";
    InventoryHole, "inventory_hole", Warning, "No risk and no evidence concerns a component of the inventory (compare GOVERN 1.6).";
    IncidentWithoutRisk, "incident_without_risk", Warning, "No risk names an open incident (compare MANAGE 4.3).";
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for CheckCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
