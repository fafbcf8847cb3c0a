use serde_json::Value;

use crate::model::text::BomRef;
use crate::shape::{objects, words};

words! {
    /// Says how complete a part of the document is.
    Aggregate {
        Complete = "complete" V1_2,
        Incomplete = "incomplete" V1_2,
        IncompleteFirstPartyOnly = "incomplete_first_party_only" V1_2,
        IncompleteFirstPartyOpensourceOnly = "incomplete_first_party_opensource_only" V1_5,
        IncompleteFirstPartyProprietaryOnly = "incomplete_first_party_proprietary_only" V1_5,
        IncompleteThirdPartyOnly = "incomplete_third_party_only" V1_2,
        IncompleteThirdPartyOpensourceOnly = "incomplete_third_party_opensource_only" V1_5,
        IncompleteThirdPartyProprietaryOnly = "incomplete_third_party_proprietary_only" V1_5,
        NotSpecified = "not_specified" V1_2,
        Unknown = "unknown" V1_2,
    }
}

objects! {
    /// Tells how complete a part of the document is.
    Composition = "compositions" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns how complete it is.
        required copy aggregate with_aggregate: Aggregate = "aggregate" V1_2;
        /// Returns the `bom-ref` of each assembly that is judged.
        optional many assemblies with_assemblies: BomRef = "assemblies" V1_2 [unique = true];
        /// Returns the `bom-ref` of each component whose dependencies are judged.
        optional many dependencies with_dependencies: String = "dependencies" V1_2 [unique = true];
        /// Returns the `bom-ref` of each vulnerability that is judged.
        optional many vulnerabilities with_vulnerabilities: String = "vulnerabilities" V1_5 [unique = true];
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_2;
    }
}
