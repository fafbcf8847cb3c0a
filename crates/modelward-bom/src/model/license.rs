use serde_json::Value;

use crate::model::attachment::Attachment;
use crate::model::expression::Expression;
use crate::model::property::Property;
use crate::model::text::InvalidText;
use crate::model::text::{BomRef, Iri, SpdxId};
use crate::shape::{objects, words};

words! {
    /// Says whether a license was declared by the author or concluded by others.
    Acknowledgement {
        Concluded = "concluded" V1_6,
        Declared = "declared" V1_6,
    }
}

objects! {
    /// Describes one license, by its SPDX identifier or by its name.
    License = "license" [exactly_one: &[&["id", "name"]]] {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the SPDX identifier.
        fixed text id with_id: SpdxId = "id" V1_2;
        /// Returns the name of a license that SPDX does not list.
        fixed text name with_name: String = "name" V1_2;
        /// Returns whether it was declared or concluded.
        optional copy acknowledgement with_acknowledgement: Acknowledgement = "acknowledgement" V1_6;
        /// Returns the text of the license.
        optional one text with_text: Attachment = "text" V1_2;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_2;
        /// Returns the terms of purchase, as they are written.
        optional one licensing with_licensing: Value = "licensing" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// States a license, or an SPDX expression of several.
    LicenseChoice = "licenseChoice" [exactly_one: &[&["license", "expression"]]] {
        /// Returns the license.
        fixed one license with_license: License = "license" V1_2;
        /// Returns the SPDX expression.
        fixed text expression with_expression: String = "expression" V1_2;
        /// Returns texts for the parts of the expression, as they are written.
        optional many expression_details with_expression_details: Value = "expressionDetails" V1_7;
        /// Returns whether it was declared or concluded.
        optional copy acknowledgement with_acknowledgement: Acknowledgement = "acknowledgement" V1_6;
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the terms of purchase, as they are written.
        optional one licensing with_licensing: Value = "licensing" V1_7;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_7;
    }
}

impl License {
    /// Describes a license of the SPDX license list.
    #[must_use]
    pub fn of_id(id: SpdxId) -> Self {
        let mut license = Self::bare();
        license.id = Some(id);
        license
    }

    /// Describes a license that the SPDX license list does not have.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        let mut license = Self::bare();
        license.name = Some(name.into());
        license
    }
}

impl LicenseChoice {
    /// States one license.
    #[must_use]
    pub fn of_license(license: License) -> Self {
        let mut choice = Self::bare();
        choice.license = Some(Box::new(license));
        choice
    }

    /// States an SPDX expression, such as `Apache-2.0 OR MIT`.
    ///
    /// # Errors
    ///
    /// [`InvalidText`] for what is no valid expression of the SPDX specification, annex D.
    pub fn of_expression(expression: impl Into<String>) -> Result<Self, InvalidText> {
        let expression = Expression::new(expression)?;
        let mut choice = Self::bare();
        choice.expression = Some(expression.into());
        Ok(choice)
    }

    /// Returns the identifier, the expression or the name: what a list of licenses shows.
    #[must_use]
    pub fn label(&self) -> &str {
        let license = self.license();
        let named = license.and_then(|license| license.id().or(license.name()));
        self.expression().or(named).unwrap_or_default()
    }
}
