use crate::model::attachment::Attachment;
use crate::model::exchange::{ResourceReference, WorkflowInput, WorkflowOutput};
use crate::model::property::Property;
use crate::model::text::{BomRef, DateTime};
use crate::shape::{objects, words};

words! {
    /// Says what started a task.
    TriggerKind {
        Api = "api" V1_5,
        Manual = "manual" V1_5,
        Scheduled = "scheduled" V1_5,
        Webhook = "webhook" V1_5,
    }
}

objects! {
    /// Describes what started a task.
    Trigger = "trigger" {
        /// Returns the identifier by which the rest of the document refers to this.
        required text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the identifier.
        required text uid with_uid: String = "uid" V1_5;
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns what is used.
        optional many resource_references with_resource_references: ResourceReference = "resourceReferences" V1_5 [unique = true];
        /// Returns the kind.
        required copy kind with_kind: TriggerKind = "type" V1_5;
        /// Returns the event.
        optional one event with_event: TriggerEvent = "event" V1_5;
        /// Returns the conditions.
        optional many conditions with_conditions: Condition = "conditions" V1_5 [unique = true];
        /// Returns when it was triggered.
        optional text time_activated with_time_activated: DateTime = "timeActivated" V1_5;
        /// Returns what it takes.
        optional many inputs with_inputs: WorkflowInput = "inputs" V1_5 [unique = true];
        /// Returns what it makes.
        optional many outputs with_outputs: WorkflowOutput = "outputs" V1_5 [unique = true];
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes the event that started a task.
    TriggerEvent = "event" {
        /// Returns the identifier.
        optional text uid with_uid: String = "uid" V1_5;
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns when it was received.
        optional text time_received with_time_received: DateTime = "timeReceived" V1_5;
        /// Returns the data.
        optional one data with_data: Attachment = "data" V1_5;
        /// Returns where it comes from.
        optional one source with_source: ResourceReference = "source" V1_5;
        /// Returns where it goes.
        optional one target with_target: ResourceReference = "target" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// States a condition under which a task starts.
    Condition = "condition" {
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns the expression.
        optional text expression with_expression: String = "expression" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }
}
