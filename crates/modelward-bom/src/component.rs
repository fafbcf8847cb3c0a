use std::fmt;

use modelward_artifact::Digest;
use semver::Version;
use serde_json::{Map, Value};

use crate::hash::read_hash;

/// Says what a component is (CycloneDX 1.6, `component.type`).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum ComponentKind {
    /// `application`
    Application,
    /// `container`
    Container,
    /// `cryptographic-asset`
    CryptographicAsset,
    /// `data`
    Data,
    /// `device`
    Device,
    /// `device-driver`
    DeviceDriver,
    /// `file`
    File,
    /// `firmware`
    Firmware,
    /// `framework`
    Framework,
    /// `library`
    Library,
    /// `machine-learning-model`
    MachineLearningModel,
    /// `operating-system`
    OperatingSystem,
    /// `platform`
    Platform,
}

impl ComponentKind {
    /// Lists every kind of CycloneDX 1.6.
    pub const ALL: [Self; 13] = [
        Self::Application,
        Self::Container,
        Self::CryptographicAsset,
        Self::Data,
        Self::Device,
        Self::DeviceDriver,
        Self::File,
        Self::Firmware,
        Self::Framework,
        Self::Library,
        Self::MachineLearningModel,
        Self::OperatingSystem,
        Self::Platform,
    ];

    /// Returns the standard's own word, such as `machine-learning-model`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Container => "container",
            Self::CryptographicAsset => "cryptographic-asset",
            Self::Data => "data",
            Self::Device => "device",
            Self::DeviceDriver => "device-driver",
            Self::File => "file",
            Self::Firmware => "firmware",
            Self::Framework => "framework",
            Self::Library => "library",
            Self::MachineLearningModel => "machine-learning-model",
            Self::OperatingSystem => "operating-system",
            Self::Platform => "platform",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for ComponentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Shows one component of an ML-BOM: a model, a dataset, a file, a library.
#[derive(Clone, Copy, Debug)]
pub struct Component<'a> {
    members: &'a Map<String, Value>,
    kind: ComponentKind,
    name: &'a str,
    bom_ref: &'a str,
}

impl<'a> Component<'a> {
    /// Looks at a component, or returns the member that is missing or malformed.
    pub(crate) fn of(value: &'a Value) -> Result<Self, &'static str> {
        let members = value.as_object().ok_or("component")?;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let kind = text("type")
            .and_then(ComponentKind::from_name)
            .ok_or("type")?;
        let name = text("name").filter(|name| !name.is_empty()).ok_or("name")?;
        let component = Self {
            members,
            kind,
            name,
            bom_ref: text("bom-ref").unwrap_or_default(),
        };
        component.read_hashes().map_err(|()| "hashes")?;
        Ok(component)
    }

    /// Returns what the component is.
    #[must_use]
    pub const fn kind(&self) -> ComponentKind {
        self.kind
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Returns the identifier within the document, if the component has one.
    #[must_use]
    pub fn bom_ref(&self) -> Option<&'a str> {
        (!self.bom_ref.is_empty()).then_some(self.bom_ref)
    }

    /// Returns the version as it is written.
    #[must_use]
    pub fn version(&self) -> Option<&'a str> {
        self.text("version")
    }

    /// Returns the version, if it is one of Semantic Versioning 2.0.
    #[must_use]
    pub fn semantic_version(&self) -> Option<Version> {
        self.version()?.parse().ok()
    }

    /// Returns the package URL as it is written.
    #[must_use]
    pub fn purl(&self) -> Option<&'a str> {
        self.text("purl")
    }

    /// Returns the digests of the algorithms that this build knows.
    #[must_use]
    pub fn hashes(&self) -> Vec<Digest> {
        self.read_hashes().unwrap_or_default()
    }

    /// Returns the licenses as they are written: identifiers, names or expressions.
    #[must_use]
    pub fn licenses(&self) -> Vec<&'a str> {
        let written = |choice: &'a Value| {
            let license = choice.get("license");
            let named = license.and_then(|license| license.get("id").or(license.get("name")));
            named.or(choice.get("expression")).and_then(Value::as_str)
        };
        self.list("licenses").iter().filter_map(written).collect()
    }

    /// Returns the value of the first property of this name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&'a str> {
        self.list("properties")
            .iter()
            .find(|property| property.get("name").and_then(Value::as_str) == Some(name))?
            .get("value")?
            .as_str()
    }

    /// Returns any member as it is written.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    pub(crate) fn list(&self, name: &str) -> &'a [Value] {
        let list = self.members.get(name).and_then(Value::as_array);
        list.map_or(&[], Vec::as_slice)
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.members
            .get(name)?
            .as_str()
            .filter(|text| !text.is_empty())
    }

    fn read_hashes(&self) -> Result<Vec<Digest>, ()> {
        self.list("hashes").iter().filter_map(read_hash).collect()
    }
}
