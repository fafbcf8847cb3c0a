use crate::model::component::Component;
use crate::model::dependency::Dependency;
use crate::model::exchange::{ResourceReference, WorkflowInput, WorkflowOutput};
use crate::model::property::Property;
use crate::model::service::Service;
use crate::model::text::{BomRef, DateTime};
use crate::model::trigger::Trigger;
use crate::model::workspace::Workspace;
use crate::shape::{objects, words};

words! {
    /// Says what a task does.
    TaskKind {
        Build = "build" V1_5,
        Clean = "clean" V1_5,
        Clone = "clone" V1_5,
        Copy = "copy" V1_5,
        Deliver = "deliver" V1_5,
        Deploy = "deploy" V1_5,
        Lint = "lint" V1_5,
        Merge = "merge" V1_5,
        Other = "other" V1_5,
        Release = "release" V1_5,
        Scan = "scan" V1_5,
        Test = "test" V1_5,
    }
}

objects! {
    /// Describes how something was made: trained, built, deployed.
    Formula = "formula" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the components.
        optional many components with_components: Component = "components" V1_5 [unique = true];
        /// Returns the services.
        optional many services with_services: Service = "services" V1_5 [unique = true];
        /// Returns the workflows.
        optional many workflows with_workflows: Workflow = "workflows" V1_5 [unique = true];
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes a sequence of tasks.
    Workflow = "workflow" {
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
        /// Returns the tasks.
        optional many tasks with_tasks: Task = "tasks" V1_5 [unique = true];
        /// Returns which tasks need others.
        optional many task_dependencies with_task_dependencies: Dependency = "taskDependencies" V1_5 [unique = true];
        /// Returns what is done.
        required many task_types with_task_types: TaskKind = "taskTypes" V1_5;
        /// Returns what started it.
        optional one trigger with_trigger: Trigger = "trigger" V1_5;
        /// Returns the steps.
        optional many steps with_steps: Step = "steps" V1_5 [unique = true];
        /// Returns what it takes.
        optional many inputs with_inputs: WorkflowInput = "inputs" V1_5 [unique = true];
        /// Returns what it makes.
        optional many outputs with_outputs: WorkflowOutput = "outputs" V1_5 [unique = true];
        /// Returns when it began.
        optional text time_start with_time_start: DateTime = "timeStart" V1_5;
        /// Returns when it ended.
        optional text time_end with_time_end: DateTime = "timeEnd" V1_5;
        /// Returns where it runs.
        optional many workspaces with_workspaces: Workspace = "workspaces" V1_5 [unique = true];
        /// Returns which components need others at run time.
        optional many runtime_topology with_runtime_topology: Dependency = "runtimeTopology" V1_5 [unique = true];
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes one task of a workflow.
    Task = "task" {
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
        /// Returns what is done.
        required many task_types with_task_types: TaskKind = "taskTypes" V1_5;
        /// Returns what started it.
        optional one trigger with_trigger: Trigger = "trigger" V1_5;
        /// Returns the steps.
        optional many steps with_steps: Step = "steps" V1_5 [unique = true];
        /// Returns what it takes.
        optional many inputs with_inputs: WorkflowInput = "inputs" V1_5 [unique = true];
        /// Returns what it makes.
        optional many outputs with_outputs: WorkflowOutput = "outputs" V1_5 [unique = true];
        /// Returns when it began.
        optional text time_start with_time_start: DateTime = "timeStart" V1_5;
        /// Returns when it ended.
        optional text time_end with_time_end: DateTime = "timeEnd" V1_5;
        /// Returns where it runs.
        optional many workspaces with_workspaces: Workspace = "workspaces" V1_5 [unique = true];
        /// Returns which components need others at run time.
        optional many runtime_topology with_runtime_topology: Dependency = "runtimeTopology" V1_5 [unique = true];
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes one step of a task.
    Step = "step" {
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns the commands.
        optional many commands with_commands: Command = "commands" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Holds a command that was run.
    Command = "command" {
        /// Returns the command line.
        optional text executed with_executed: String = "executed" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }
}
