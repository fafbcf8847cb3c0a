use serde_json::Number;

use crate::model::party::OrganizationalEntity;
use crate::model::property::Property;
use crate::model::reference::ExternalReference;
use crate::model::text::BomRef;
use crate::shape::{objects, words};

words! {
    /// Names an activity in the life of a model that takes energy.
    Activity {
        Design = "design" V1_6,
        DataCollection = "data-collection" V1_6,
        DataPreparation = "data-preparation" V1_6,
        Training = "training" V1_6,
        FineTuning = "fine-tuning" V1_6,
        Validation = "validation" V1_6,
        Deployment = "deployment" V1_6,
        Inference = "inference" V1_6,
        Other = "other" V1_6,
    }

    /// Names what energy is made from.
    EnergySource {
        Biofuel = "biofuel" V1_6,
        Coal = "coal" V1_6,
        Geothermal = "geothermal" V1_6,
        Hydropower = "hydropower" V1_6,
        NaturalGas = "natural-gas" V1_6,
        Nuclear = "nuclear" V1_6,
        Oil = "oil" V1_6,
        Other = "other" V1_6,
        Solar = "solar" V1_6,
        Unknown = "unknown" V1_6,
        Wind = "wind" V1_6,
    }

    /// Names the unit of energy.
    EnergyUnit {
        KilowattHour = "kWh" V1_6,
    }

    /// Names the unit of carbon dioxide.
    Co2Unit {
        TonneCo2Equivalent = "tCO2eq" V1_6,
    }
}

objects! {
    /// Tells what a model costs the environment.
    EnvironmentalConsiderations = "environmentalConsiderations" {
        /// Returns what each activity consumed.
        optional many energy_consumptions with_energy_consumptions: EnergyConsumption = "energyConsumptions" V1_6;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_6;
    }

    /// States what an activity consumed.
    EnergyConsumption = "energyConsumption" {
        /// Returns the activity.
        required copy activity with_activity: Activity = "activity" V1_6;
        /// Returns where the energy came from.
        required many energy_providers with_energy_providers: EnergyProvider = "energyProviders" V1_6;
        /// Returns the energy of the activity.
        required one activity_energy_cost with_activity_energy_cost: EnergyMeasure = "activityEnergyCost" V1_6;
        /// Returns the carbon dioxide that was emitted.
        optional one co2_cost_equivalent with_co2_cost_equivalent: Co2Measure = "co2CostEquivalent" V1_6;
        /// Returns the carbon dioxide that was offset.
        optional one co2_cost_offset with_co2_cost_offset: Co2Measure = "co2CostOffset" V1_6;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_6;
    }

    /// Tells where energy came from.
    EnergyProvider = "energyProvider" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the description.
        optional text description with_description: String = "description" V1_6;
        /// Returns the organization.
        required one organization with_organization: OrganizationalEntity = "organization" V1_6;
        /// Returns what the energy is made from.
        required copy energy_source with_energy_source: EnergySource = "energySource" V1_6;
        /// Returns how much energy was provided.
        required one energy_provided with_energy_provided: EnergyMeasure = "energyProvided" V1_6;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_6;
    }

    /// States an amount of energy in kilowatt-hours.
    EnergyMeasure = "energyMeasure" {
        /// Returns the value.
        required one value with_value: Number = "value" V1_6;
        /// Returns the unit.
        required copy unit with_unit: EnergyUnit = "unit" V1_6;
    }

    /// States an amount of carbon dioxide in tonnes of equivalent.
    Co2Measure = "co2Measure" {
        /// Returns the value.
        required one value with_value: Number = "value" V1_6;
        /// Returns the unit.
        required copy unit with_unit: Co2Unit = "unit" V1_6;
    }
}
