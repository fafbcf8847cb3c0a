use crate::model::considerations::Considerations;
use crate::model::dataset::DatasetChoice;
use crate::model::graphics::GraphicsCollection;
use crate::model::property::Property;
use crate::model::text::BomRef;
use crate::shape::{objects, words};

words! {
    /// Says how a model learns (`approach.type`).
    ApproachKind {
        ReinforcementLearning = "reinforcement-learning" V1_5,
        SelfSupervised = "self-supervised" V1_5,
        SemiSupervised = "semi-supervised" V1_5,
        Supervised = "supervised" V1_5,
        Unsupervised = "unsupervised" V1_5,
    }
}

objects! {
    /// Describes a model: what it is, how well it works, what to consider.
    ModelCard = "modelCard" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns how the model is built.
        optional one model_parameters with_model_parameters: ModelParameters = "modelParameters" V1_5;
        /// Returns what was measured.
        optional one quantitative_analysis with_quantitative_analysis: QuantitativeAnalysis = "quantitativeAnalysis" V1_5;
        /// Returns what to consider.
        optional one considerations with_considerations: Considerations = "considerations" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes how a model is built.
    ModelParameters = "modelParameters" {
        /// Returns how the model learns.
        optional one approach with_approach: ModelApproach = "approach" V1_5;
        /// Returns the task, such as `text-classification`.
        optional text task with_task: String = "task" V1_5;
        /// Returns the family of architectures, such as `transformer`.
        optional text architecture_family with_architecture_family: String = "architectureFamily" V1_5;
        /// Returns the architecture, such as `BertForSequenceClassification`.
        optional text model_architecture with_model_architecture: String = "modelArchitecture" V1_5;
        /// Returns the data of training, evaluation and use.
        optional many datasets with_datasets: DatasetChoice = "datasets" V1_5;
        /// Returns what goes in.
        optional many inputs with_inputs: ModelInterface = "inputs" V1_5;
        /// Returns what comes out.
        optional many outputs with_outputs: ModelInterface = "outputs" V1_5;
    }

    /// States how a model learns.
    ModelApproach = "approach" {
        /// Returns the kind.
        optional copy kind with_kind: ApproachKind = "type" V1_5;
    }

    /// Describes an input or an output of a model.
    ModelInterface = "inputOutputMLParameters" {
        /// Returns the format, such as `float32[1, 256]` or `text`.
        optional text format with_format: String = "format" V1_5;
    }

    /// Holds what was measured of a model.
    QuantitativeAnalysis = "quantitativeAnalysis" {
        /// Returns the measured values.
        optional many performance_metrics with_performance_metrics: PerformanceMetric = "performanceMetrics" V1_5;
        /// Returns graphics.
        optional one graphics with_graphics: GraphicsCollection = "graphics" V1_5;
    }

    /// States one measured value.
    PerformanceMetric = "performanceMetric" {
        /// Returns what was measured, such as `accuracy`.
        optional text kind with_kind: String = "type" V1_5;
        /// Returns the value.
        optional text value with_value: String = "value" V1_5;
        /// Returns the data that it was measured on.
        optional text slice with_slice: String = "slice" V1_5;
        /// Returns the bounds of the value.
        optional one confidence_interval with_confidence_interval: ConfidenceInterval = "confidenceInterval" V1_5;
    }

    /// Bounds a measured value.
    ConfidenceInterval = "confidenceInterval" {
        /// Returns the lower bound.
        optional text lower_bound with_lower_bound: String = "lowerBound" V1_5;
        /// Returns the upper bound.
        optional text upper_bound with_upper_bound: String = "upperBound" V1_5;
    }
}
