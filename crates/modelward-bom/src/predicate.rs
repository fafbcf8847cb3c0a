use serde_json::Value;

use crate::MlBom;

impl MlBom {
    /// The type of an in-toto predicate that is a CycloneDX document.
    pub const PREDICATE_TYPE: &'static str = "https://cyclonedx.org/bom";

    /// Returns the document as the predicate of an in-toto statement, of the type
    /// [`MlBom::PREDICATE_TYPE`]: what a signer attests of a model.
    ///
    /// A signature inside the document is left out, since it is not over the statement.
    #[must_use]
    pub fn to_predicate(&self) -> Value {
        let mut document = self.to_value();
        if let Some(members) = document.as_object_mut() {
            members.remove("signature");
        }
        document
    }
}
