use serde_json::Value;

use crate::model::text::{BomRef, DateTime};
use crate::shape::objects;

objects! {
    /// Tells where values of the document come from.
    Citation = "citation" [exactly_one: &[&["pointers", "expressions"]], at_least_one: &[&["attributedTo", "process"]]] {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_7;
        /// Returns the JSON pointers of the values.
        fixed many pointers with_pointers: String = "pointers" V1_7 [least = 1];
        /// Returns JSONPath expressions of the values.
        fixed many expressions with_expressions: String = "expressions" V1_7 [least = 1];
        /// Returns when it was.
        required text timestamp with_timestamp: DateTime = "timestamp" V1_7;
        /// Returns the `bom-ref` of who or what states the values.
        fixed text attributed_to with_attributed_to: BomRef = "attributedTo" V1_7;
        /// Returns the `bom-ref` of the process that made the values.
        fixed text process with_process: BomRef = "process" V1_7;
        /// Returns a note.
        optional text note with_note: String = "note" V1_7;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_7;
    }
}

impl Citation {
    /// States that values, given by JSON pointers, come from someone or something; `None` without a
    /// value.
    #[must_use]
    pub fn of_pointers(
        timestamp: DateTime,
        attributed_to: BomRef,
        pointers: impl IntoIterator<Item = impl Into<String>>,
    ) -> Option<Self> {
        let pointers: Vec<String> = pointers.into_iter().map(Into::into).collect();
        if pointers.is_empty() {
            return None;
        }
        let mut citation = Self::bare(timestamp);
        citation.pointers = Some(pointers);
        citation.attributed_to = Some(attributed_to);
        Some(citation)
    }
}
