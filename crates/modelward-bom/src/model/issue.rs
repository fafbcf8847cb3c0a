use crate::model::text::Iri;
use crate::shape::{objects, words};

words! {
    /// Says what an issue is (`issue.type`).
    IssueKind {
        Defect = "defect" V1_2,
        Enhancement = "enhancement" V1_2,
        Security = "security" V1_2,
    }
}

objects! {
    /// Describes an issue that a change or a release resolves.
    Issue = "issue" {
        /// Returns the kind.
        required copy kind with_kind: IssueKind = "type" V1_2;
        /// Returns the identifier.
        optional text id with_id: String = "id" V1_2;
        /// Returns the name.
        optional text name with_name: String = "name" V1_2;
        /// Returns the description.
        optional text description with_description: String = "description" V1_2;
        /// Returns where it comes from.
        optional one source with_source: IssueSource = "source" V1_2;
        /// Returns related addresses.
        optional many references with_references: Iri = "references" V1_2;
    }

    /// Names where an issue is kept.
    IssueSource = "issue source" {
        /// Returns the name.
        optional text name with_name: String = "name" V1_2;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_2;
    }
}
