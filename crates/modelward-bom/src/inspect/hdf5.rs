mod attribute;
mod datatype;
mod header;
mod keras;
mod link;
mod source;
mod walk;

use std::collections::BTreeSet;

use modelward_artifact::Finding;

use self::keras::Keras;
use self::walk::Walk;
use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

/// The groups in which Keras saves the state of the optimizer, which is no part of the model.
const OPTIMIZER: [&str; 2] = ["/optimizer/", "/optimizer_weights/"];

/// What an HDF5 file says: its datasets, and what Keras wrote of the model. The data themselves are
/// not read.
///
/// The format: HDF5 File Format Specification, version 3.0, with superblocks 0 to 3. Groups and
/// attributes that a large file keeps in fractal heaps are passed over, which a finding tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Hdf5 {
    version: u8,
    version_at: u64,
    datasets: Vec<Hdf5Dataset>,
    keras: Keras,
    external: BTreeSet<(String, u64)>,
    outside: u64,
    unread: u64,
}

/// One dataset of an HDF5 file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hdf5Dataset {
    name: String,
    element_type: &'static str,
    shape: Vec<u64>,
    elements: u64,
    is_number: bool,
}

impl Hdf5Dataset {
    /// Returns the path from the root, such as `/model_weights/dense/kernel:0`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the type of the elements: of numbers its name in `NumPy`, such as `float32`, else the
    /// class of the datatype, such as `compound`.
    #[must_use]
    pub const fn element_type(&self) -> &str {
        self.element_type
    }

    /// Returns the sizes of the dimensions, the outermost first.
    #[must_use]
    pub fn shape(&self) -> &[u64] {
        &self.shape
    }

    /// Returns the number of elements.
    #[must_use]
    pub const fn elements(&self) -> u64 {
        self.elements
    }

    /// Tells whether this is a tensor of the model: numbers that are no state of an optimizer.
    fn is_weight(&self) -> bool {
        let of_optimizer = OPTIMIZER.iter().any(|group| self.name.starts_with(group));
        self.is_number && !of_optimizer
    }
}

impl Hdf5 {
    /// Reads the structure of the file. However its parts refer to each other, no more is read than
    /// [`max_header`](crate::inspect::InspectLimits::max_header) and no more items than
    /// [`max_items`](crate::inspect::InspectLimits::max_items).
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no HDF5, a part is malformed or of an unknown version, or
    /// a limit is passed.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let json = input.limits().json();
        let (walk, superblock) = Walk::of(input)?;
        Ok(Self {
            version: superblock.version,
            version_at: superblock.at.saturating_add(8),
            keras: Keras::of(&walk.attributes, &json),
            datasets: walk.datasets,
            external: walk.external,
            outside: walk.outside,
            unread: walk.unread,
        })
    }

    /// Returns the datasets in the order in which they are found.
    #[must_use]
    pub fn datasets(&self) -> &[Hdf5Dataset] {
        &self.datasets
    }

    /// Returns the version of Keras that wrote the file.
    #[must_use]
    pub fn keras_version(&self) -> Option<&str> {
        self.keras.version()
    }

    /// Returns the names of the layers that have weights in the file.
    #[must_use]
    pub fn layer_names(&self) -> &[String] {
        self.keras.layer_names()
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let at = Location::Byte(self.version_at);
        let version = self.version.to_string();
        let mut facts = vec![Fact::observed(Aspect::FormatVersion, version, at)];
        facts.extend_from_slice(self.keras.facts());
        let weights: Vec<&Hdf5Dataset> = self
            .datasets
            .iter()
            .filter(|dataset| dataset.is_weight())
            .collect();
        let elements = weights.iter().map(|dataset| u128::from(dataset.elements));
        let whole = |aspect, value| Fact::observed(aspect, value, Location::Whole);
        facts.push(whole(Aspect::TensorCount, weights.len().to_string()));
        let parameters = elements.sum::<u128>().to_string();
        facts.push(whole(Aspect::ParameterCount, parameters));
        let types: BTreeSet<&str> = weights.iter().map(|dataset| dataset.element_type).collect();
        let types = types.into_iter();
        facts.extend(types.map(|name| whole(Aspect::ElementType, name.to_owned())));
        facts.extend(
            self.external
                .iter()
                .map(|(file, at)| Fact::observed(Aspect::ExternalFile, file, Location::Byte(*at))),
        );
        facts
    }

    /// Returns what deserves attention: layers that are code, data of other files, and parts that
    /// were not read.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.keras.findings().to_vec();
        if self.outside > 0 {
            let message = format!(
                "{} links or datasets lead to other files, which a reader would open",
                self.outside
            );
            findings.push(Finding::new("bom.inspect.hdf5.external", message));
        }
        if self.unread > 0 {
            let message = format!(
                "{} groups, attributes or datatypes are kept in a form that is not read; the \
                 counts are without them",
                self.unread
            );
            findings.push(Finding::new("bom.inspect.hdf5.unknown", message));
        }
        findings
    }
}
