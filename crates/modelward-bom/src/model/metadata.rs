use crate::model::component::Component;
use crate::model::license::LicenseChoice;
use crate::model::party::{OrganizationalContact, OrganizationalEntity};
use crate::model::property::Property;
use crate::model::text::DateTime;
use crate::model::tool::Tools;
use crate::shape::{objects, words};

words! {
    /// Names a phase of a life cycle that CycloneDX knows.
    Phase {
        Design = "design" V1_5,
        PreBuild = "pre-build" V1_5,
        Build = "build" V1_5,
        PostBuild = "post-build" V1_5,
        Operations = "operations" V1_5,
        Discovery = "discovery" V1_5,
        Decommission = "decommission" V1_5,
    }

    /// Limits sharing by the Traffic Light Protocol 2.0.
    TrafficLight {
        Amber = "AMBER" V1_7,
        AmberAndStrict = "AMBER_AND_STRICT" V1_7,
        Clear = "CLEAR" V1_7,
        Green = "GREEN" V1_7,
        Red = "RED" V1_7,
    }
}

objects! {
    /// Describes the document and what it is about.
    Metadata = "metadata" {
        /// Returns when the document was made.
        optional text timestamp with_timestamp: DateTime = "timestamp" V1_2;
        /// Returns the phases of life in which the document was made.
        optional many lifecycles with_lifecycles: Lifecycle = "lifecycles" V1_5;
        /// Returns the tools that were used.
        optional one tools with_tools: Tools = "tools" V1_2;
        /// Returns the organization that made the document.
        optional one manufacturer with_manufacturer: OrganizationalEntity = "manufacturer" V1_6;
        /// Returns the people that made the document.
        optional many authors with_authors: OrganizationalContact = "authors" V1_2;
        /// Returns what the document is about.
        optional one component with_component: Component = "component" V1_2;
        /// Returns the organization that made the component (deprecated since 1.6).
        optional one manufacture with_manufacture: OrganizationalEntity = "manufacture" V1_2;
        /// Returns the organization that supplies what the document is about.
        optional one supplier with_supplier: OrganizationalEntity = "supplier" V1_2;
        /// Returns the licenses of the document itself.
        optional many licenses with_licenses: LicenseChoice = "licenses" V1_2;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_2;
        /// Returns who may be given the document.
        optional one distribution_constraints with_distribution_constraints: DistributionConstraints = "distributionConstraints" V1_7;
    }

    /// Names a phase of the life of what is described.
    Lifecycle = "Lifecycle" [exactly_one: &[&["phase", "name"]]] {
        /// Returns the phase, where CycloneDX knows it.
        fixed copy phase with_phase: Phase = "phase" V1_5;
        /// Returns the name of any other phase.
        fixed text name with_name: String = "name" V1_5;
        /// Returns the description.
        fixed text description with_description: String = "description" V1_5;
    }

    /// Limits who may be given the document.
    DistributionConstraints = "distributionConstraints" {
        /// Returns the label of the Traffic Light Protocol.
        optional copy tlp with_tlp: TrafficLight = "tlp" V1_7;
    }
}

impl Lifecycle {
    /// Names a phase that CycloneDX knows.
    #[must_use]
    pub fn of_phase(phase: Phase) -> Self {
        let mut lifecycle = Self::bare();
        lifecycle.phase = Some(phase);
        lifecycle
    }

    /// Names any other phase.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        let mut lifecycle = Self::bare();
        lifecycle.name = Some(name.into());
        lifecycle
    }
}
