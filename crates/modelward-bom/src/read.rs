use modelward_artifact::{Findings, JsonLimits, Verdict, json};
use serde_json::Value;

use crate::check::{check, check_document};
use crate::shape::Wire as _;
use crate::{MlBom, ReadBomError, SpecVersion};

impl MlBom {
    /// Reads a CycloneDX document: JSON of version 1.2 to 1.7.
    ///
    /// Nothing is lost: members that CycloneDX does not have are kept where they stand. That the
    /// document keeps to its version is another question: see [`MlBom::validate`].
    ///
    /// ```
    /// use modelward_artifact::JsonLimits;
    /// use modelward_bom::MlBom;
    ///
    /// let text = br#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}"#;
    /// let bom = MlBom::read(text, &JsonLimits::default())?;
    /// assert_eq!(bom.spec_version().name(), "1.6");
    ///
    /// let text = br#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": {}}"#;
    /// let error = MlBom::read(text, &JsonLimits::default()).unwrap_err();
    /// assert_eq!(error.to_string(), "not a cyclonedx document: #/components: expected a list [bom.schema.form]");
    /// # Ok::<(), modelward_bom::ReadBomError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadBomError`] where the text is not strict JSON, is of another format or version, or a
    /// member has a value that no version of CycloneDX allows.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadBomError> {
        let mut items = Self::new(SpecVersion::V1_7);
        let mut is_odd = false;
        let frame = json::read_items(bytes, limits, &mut |list, _, item| {
            let Some(list) = Self::list(list) else {
                return Some(item);
            };
            is_odd = is_odd
                || !check(&item, list.item, None).is_empty()
                || items.push(list.name, item).is_none();
            None
        })?;
        if is_odd {
            // What is wrong is told with its place in the whole.
            return Self::from_value(json::read(bytes, limits)?);
        }
        let mut bom = Self::from_value(frame)?;
        bom.append(items);
        Ok(bom)
    }

    /// Takes a document that was read elsewhere.
    ///
    /// # Errors
    ///
    /// As of [`MlBom::read`], but for what concerns the text.
    pub fn from_value(document: Value) -> Result<Self, ReadBomError> {
        expect_format(&document)?;
        if let Some(findings) = Findings::new(check(&document, Self::KIND, None)) {
            return Err(ReadBomError::Schema { findings });
        }
        // Whatever passes the check has the types that are taken; the error is for a fault of ours.
        <Self as crate::shape::Wire>::from_value(document).ok_or(ReadBomError::Format {
            member: "document",
            expected: "a document of known shape",
            found: String::new(),
        })
    }

    /// Judges the document by the schema of its own version: members and words that the version
    /// does not have, items that stand twice, members that exclude each other.
    ///
    /// Signatures, patents and properties of cryptography are carried and not judged. Before 1.5
    /// the judgment is by what later schemas say of the members that are old.
    pub fn validate(&self) -> Verdict<()> {
        Findings::new(check_document(self)).map_or(Verdict::Verified(()), Verdict::Rejected)
    }

    /// Returns the document as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        <Self as crate::shape::Wire>::to_value(self)
    }

    /// Writes the document: members sorted, the same bytes for the same document.
    ///
    /// # Panics
    ///
    /// Never: the document is JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty_sorted(self).expect("the document is JSON")
    }
}

fn expect_format(document: &Value) -> Result<(), ReadBomError> {
    let text = |member| document.get(member).and_then(Value::as_str);
    let error = |member, expected| ReadBomError::Format {
        member,
        expected,
        found: text(member).unwrap_or_default().to_owned(),
    };
    if text("bomFormat") != Some("CycloneDX") {
        return Err(error("bomFormat", "CycloneDX"));
    }
    let version = text("specVersion").and_then(|name| name.parse::<SpecVersion>().ok());
    version.map_or(Err(error("specVersion", "1.2 to 1.7")), |_| Ok(()))
}
