use serde_json::Value;

use crate::model::license::LicenseChoice;
use crate::model::number::{Count, Integer, Score};
use crate::model::text::BomRef;
use crate::shape::{Kind, Wire, objects, words};

words! {
    /// Names an identifying member of a component.
    IdentityField {
        Cpe = "cpe" V1_5,
        Group = "group" V1_5,
        Hash = "hash" V1_5,
        Name = "name" V1_5,
        OmniborId = "omniborId" V1_6,
        Purl = "purl" V1_5,
        Swhid = "swhid" V1_6,
        Swid = "swid" V1_5,
        Version = "version" V1_5,
    }

    /// Names a technique of analysis.
    Technique {
        AstFingerprint = "ast-fingerprint" V1_5,
        Attestation = "attestation" V1_5,
        BinaryAnalysis = "binary-analysis" V1_5,
        DynamicAnalysis = "dynamic-analysis" V1_5,
        Filename = "filename" V1_5,
        HashComparison = "hash-comparison" V1_5,
        Instrumentation = "instrumentation" V1_5,
        ManifestAnalysis = "manifest-analysis" V1_5,
        Other = "other" V1_5,
        SourceCodeAnalysis = "source-code-analysis" V1_5,
    }
}

objects! {
    /// Tells how it is known what a component is.
    Evidence = "componentEvidence" {
        /// Returns how each identifying value was found.
        optional one identity with_identity: Identities = "identity" V1_5;
        /// Returns where it was found.
        optional many occurrences with_occurrences: Occurrence = "occurrences" V1_5;
        /// Returns the calls that led to it.
        optional one callstack with_callstack: Callstack = "callstack" V1_5;
        /// Returns the licenses.
        optional many licenses with_licenses: LicenseChoice = "licenses" V1_2;
        /// Returns the copyright notices that were found.
        optional many copyright with_copyright: Copyright = "copyright" V1_2;
    }

    /// Tells how one identifying value was found.
    IdentityEvidence = "componentIdentityEvidence" {
        /// Returns the member that the evidence is about.
        required copy field with_field: IdentityField = "field" V1_5;
        /// Returns how sure this is, from 0 to 1.
        optional one confidence with_confidence: Score = "confidence" V1_5;
        /// Returns the value that was concluded.
        optional text concluded_value with_concluded_value: String = "concludedValue" V1_6;
        /// Returns the techniques.
        optional many methods with_methods: IdentityMethod = "methods" V1_5;
        /// Returns the tools that were used.
        optional many tools with_tools: BomRef = "tools" V1_5 [unique = true];
    }

    /// Describes one technique by which a value was found.
    IdentityMethod = "componentIdentityEvidence method" {
        /// Returns the technique.
        required copy technique with_technique: Technique = "technique" V1_5;
        /// Returns how sure this is, from 0 to 1.
        required one confidence with_confidence: Score = "confidence" V1_5;
        /// Returns the value.
        optional text value with_value: String = "value" V1_5;
    }

    /// Names a place where a component was found.
    Occurrence = "occurrence" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the place.
        required text location with_location: String = "location" V1_5;
        /// Returns the line.
        optional one line with_line: Count = "line" V1_6;
        /// Returns the offset.
        optional one offset with_offset: Count = "offset" V1_6;
        /// Returns the symbol.
        optional text symbol with_symbol: String = "symbol" V1_6;
        /// Returns what else tells of the place.
        optional text additional_context with_additional_context: String = "additionalContext" V1_6;
    }

    /// Holds the calls that led to a component.
    Callstack = "callstack" {
        /// Returns the calls.
        optional many frames with_frames: Frame = "frames" V1_5;
    }

    /// Describes one call of a stack.
    Frame = "frame" {
        /// Returns the package.
        optional text package with_package: String = "package" V1_5;
        /// Returns the module.
        required text module with_module: String = "module" V1_5;
        /// Returns the function.
        optional text function with_function: String = "function" V1_5;
        /// Returns the parameters.
        optional many parameters with_parameters: String = "parameters" V1_5;
        /// Returns the line.
        optional one line with_line: Integer = "line" V1_5;
        /// Returns the column.
        optional one column with_column: Integer = "column" V1_5;
        /// Returns the name of the file.
        optional text full_filename with_full_filename: String = "fullFilename" V1_5;
    }

    /// Holds a copyright notice as it was found.
    Copyright = "copyright" {
        /// Returns the text.
        required text text with_text: String = "text" V1_2;
    }
}

/// Holds what is known of a component's identity: one finding (CycloneDX 1.5) or several.
#[derive(Clone, Debug, PartialEq)]
pub struct Identities {
    evidence: Vec<IdentityEvidence>,
    is_list: bool,
}

impl Identities {
    /// Returns the findings.
    #[must_use]
    pub fn as_slice(&self) -> &[IdentityEvidence] {
        &self.evidence
    }
}

impl From<Vec<IdentityEvidence>> for Identities {
    fn from(evidence: Vec<IdentityEvidence>) -> Self {
        Self {
            evidence,
            is_list: true,
        }
    }
}

impl Wire for Identities {
    const KIND: Kind = Kind::Either(&[Vec::<IdentityEvidence>::KIND, IdentityEvidence::KIND]);

    fn from_value(value: Value) -> Option<Self> {
        let is_list = value.is_array();
        let evidence = if is_list {
            Vec::from_value(value)?
        } else {
            vec![IdentityEvidence::from_value(value)?]
        };
        Some(Self { evidence, is_list })
    }

    fn to_value(&self) -> Value {
        match self.evidence.as_slice() {
            [one] if !self.is_list => one.to_value(),
            _ => self.evidence.to_value(),
        }
    }
}
