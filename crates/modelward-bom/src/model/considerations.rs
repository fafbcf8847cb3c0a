use crate::model::energy::EnvironmentalConsiderations;
use crate::shape::objects;

objects! {
    /// Tells who should use a model for what, and what to mind.
    Considerations = "considerations" {
        /// Returns who is meant to use the model.
        optional many users with_users: String = "users" V1_5;
        /// Returns what the model is meant for.
        optional many use_cases with_use_cases: String = "useCases" V1_5;
        /// Returns what the model cannot do.
        optional many technical_limitations with_technical_limitations: String = "technicalLimitations" V1_5;
        /// Returns what better results would cost.
        optional many performance_tradeoffs with_performance_tradeoffs: String = "performanceTradeoffs" V1_5;
        /// Returns ethical risks.
        optional many ethical_considerations with_ethical_considerations: EthicalConsideration = "ethicalConsiderations" V1_5;
        /// Returns what the model costs the environment.
        optional one environmental_considerations with_environmental_considerations: EnvironmentalConsiderations = "environmentalConsiderations" V1_6;
        /// Returns what the model means for groups of people.
        optional many fairness_assessments with_fairness_assessments: FairnessAssessment = "fairnessAssessments" V1_5;
    }

    /// Names an ethical risk.
    EthicalConsideration = "risk" {
        /// Returns the risk.
        optional text name with_name: String = "name" V1_5;
        /// Returns what is done about it.
        optional text mitigation_strategy with_mitigation_strategy: String = "mitigationStrategy" V1_5;
    }

    /// Judges what a model means for a group of people.
    FairnessAssessment = "fairnessAssessment" {
        /// Returns the group at risk.
        optional text group_at_risk with_group_at_risk: String = "groupAtRisk" V1_5;
        /// Returns what the group gains.
        optional text benefits with_benefits: String = "benefits" V1_5;
        /// Returns what the group may suffer.
        optional text harms with_harms: String = "harms" V1_5;
        /// Returns what is done about it.
        optional text mitigation_strategy with_mitigation_strategy: String = "mitigationStrategy" V1_5;
    }
}
