use serde_json::Value;

use crate::model::attachment::Attachment;
use crate::model::card::ModelCard;
use crate::model::dataset::ComponentData;
use crate::model::evidence::Evidence;
use crate::model::hash::Hash;
use crate::model::license::LicenseChoice;
use crate::model::number::Integer;
use crate::model::party::{OrganizationalContact, OrganizationalEntity};
use crate::model::pedigree::Pedigree;
use crate::model::property::Property;
use crate::model::reference::ExternalReference;
use crate::model::release::ReleaseNotes;
use crate::model::text::{BomRef, Iri, MediaType, Version, VersionRange};
use crate::shape::{objects, words};

words! {
    /// Says what a component is (`component.type`).
    ComponentKind {
        Application = "application" V1_2,
        Container = "container" V1_2,
        CryptographicAsset = "cryptographic-asset" V1_6,
        Data = "data" V1_5,
        Device = "device" V1_2,
        DeviceDriver = "device-driver" V1_5,
        File = "file" V1_2,
        Firmware = "firmware" V1_2,
        Framework = "framework" V1_2,
        Library = "library" V1_2,
        MachineLearningModel = "machine-learning-model" V1_5,
        OperatingSystem = "operating-system" V1_2,
        Platform = "platform" V1_5,
    }

    /// Says whether a component is needed (`component.scope`).
    Scope {
        Excluded = "excluded" V1_2,
        Optional = "optional" V1_2,
        Required = "required" V1_2,
    }
}

objects! {
    /// Describes one part: a model, a dataset, a file, a library, or a whole system.
    Component = "component" [at_most_one: &[&["version", "versionRange"]]] {
        /// Returns the kind.
        required copy kind with_kind: ComponentKind = "type" V1_2;
        /// Returns the media type.
        optional text media_type with_media_type: MediaType = "mime-type" V1_2;
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_2;
        /// Returns the organization that supplies it.
        optional one supplier with_supplier: OrganizationalEntity = "supplier" V1_2;
        /// Returns the organization that made it.
        optional one manufacturer with_manufacturer: OrganizationalEntity = "manufacturer" V1_6;
        /// Returns the people that made it.
        optional many authors with_authors: OrganizationalContact = "authors" V1_6;
        /// Returns the person that made it, as one text (deprecated since 1.6).
        optional text author with_author: String = "author" V1_2;
        /// Returns who published it.
        optional text publisher with_publisher: String = "publisher" V1_2;
        /// Returns the group, namespace or owner.
        optional text group with_group: String = "group" V1_2;
        /// Returns the name.
        required text name with_name: String = "name" V1_2;
        /// Returns the version.
        fixed text version with_version: Version = "version" V1_2;
        /// Returns the accepted versions of an external component, in vers syntax.
        fixed text version_range with_version_range: VersionRange = "versionRange" V1_7;
        /// Returns whether it is only expected to be there and not part of what is described.
        fixed copy is_external with_is_external: bool = "isExternal" V1_7;
        /// Returns the description.
        optional text description with_description: String = "description" V1_2;
        /// Returns whether it is needed.
        optional copy scope with_scope: Scope = "scope" V1_2;
        /// Returns the digests.
        optional many hashes with_hashes: Hash = "hashes" V1_2;
        /// Returns the licenses.
        optional many licenses with_licenses: LicenseChoice = "licenses" V1_2;
        /// Returns the copyright notice.
        optional text copyright with_copyright: String = "copyright" V1_2;
        /// Returns what is asserted of patents, as it is written.
        optional one patent_assertions with_patent_assertions: Value = "patentAssertions" V1_7;
        /// Returns the name in the Common Platform Enumeration.
        optional text cpe with_cpe: String = "cpe" V1_2;
        /// Returns the package URL.
        optional text purl with_purl: String = "purl" V1_2;
        /// Returns the OmniBOR identifiers.
        optional many omnibor_id with_omnibor_id: String = "omniborId" V1_6;
        /// Returns the Software Heritage identifiers.
        optional many swhid with_swhid: String = "swhid" V1_6;
        /// Returns the software identification tag.
        optional one swid with_swid: Swid = "swid" V1_2;
        /// Returns whether it was changed (deprecated; see the pedigree).
        optional copy modified with_modified: bool = "modified" V1_2;
        /// Returns where it comes from.
        optional one pedigree with_pedigree: Pedigree = "pedigree" V1_2;
        /// Returns what is pointed to outside the document.
        optional many external_references with_external_references: ExternalReference = "externalReferences" V1_2;
        /// Returns the components.
        optional many components with_components: Component = "components" V1_2 [unique = true];
        /// Returns how it is known what it is.
        optional one evidence with_evidence: Evidence = "evidence" V1_2;
        /// Returns what its release brought.
        optional one release_notes with_release_notes: ReleaseNotes = "releaseNotes" V1_2;
        /// Returns the model card; only a machine-learning model may have one.
        optional one model_card with_model_card: ModelCard = "modelCard" V1_5;
        /// Returns the data; only a component of kind `data` may have it.
        optional many data with_data: ComponentData = "data" V1_5;
        /// Returns its cryptographic properties, as they are written.
        optional one crypto_properties with_crypto_properties: Value = "cryptoProperties" V1_6;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_2;
        /// Returns the words by which it is found.
        optional many tags with_tags: String = "tags" V1_6;
        /// Returns the signature inside the document (JSON Signature Format), as it is written: it is not verified.
        optional one signature with_signature: Value = "signature" V1_2;
    }

    /// Identifies a component by a software identification tag (ISO/IEC 19770-2).
    Swid = "swid" {
        /// Returns the identifier of the tag.
        required text tag_id with_tag_id: String = "tagId" V1_2;
        /// Returns the name.
        required text name with_name: String = "name" V1_2;
        /// Returns the version.
        optional text version with_version: String = "version" V1_2;
        /// Returns the version of the tag.
        optional one tag_version with_tag_version: Integer = "tagVersion" V1_2;
        /// Returns whether the tag describes a patch.
        optional copy patch with_patch: bool = "patch" V1_2;
        /// Returns the tag itself.
        optional one text with_text: Attachment = "text" V1_2;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_2;
    }
}

impl Component {
    /// Describes a component by what it is and its name.
    #[must_use]
    pub fn new(kind: ComponentKind, name: impl Into<String>) -> Self {
        Self::bare(kind, name)
    }

    /// States the version.
    #[must_use]
    pub fn with_version(mut self, version: Version) -> Self {
        self.version = Some(version);
        self.version_range = None;
        self
    }

    /// States that the component is only expected to be there, in one of these versions.
    #[must_use]
    pub fn with_external(mut self, versions: VersionRange) -> Self {
        self.version = None;
        self.version_range = Some(versions);
        self.is_external = Some(true);
        self
    }
}
