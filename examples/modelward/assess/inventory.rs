//! From the components of an ML-BOM to what an assessment must not overlook.

use std::path::Path;

use modelward::artifact::read_file;
use modelward::bom::{Component, ComponentKind};
use modelward::rmf::{AssetRef, ComponentRef, InventoryItem, PackageUrl, Text};
use modelward::{Digest, MlBom};

use crate::failure::Failure;
use crate::rmf::{MAX_BYTES, limits};

/// Reads the models and data sets of ML-BOMs in JSON.
pub(super) fn read(files: &[impl AsRef<Path>]) -> Result<Vec<InventoryItem>, Failure> {
    let mut items = Vec::new();
    for path in files {
        let path = path.as_ref();
        let bytes = read_file(path, MAX_BYTES)?;
        let bom = MlBom::read(&bytes, &limits()).map_err(|error| Failure::at(path, error))?;
        let kept = |kind| {
            matches!(
                kind,
                ComponentKind::MachineLearningModel | ComponentKind::Data
            )
        };
        let components = bom.all_components().into_iter();
        for component in components.filter(|component| kept(component.kind())) {
            let item = item(&bom, component).map_err(|error| Failure::at(path, error))?;
            items.push(item);
        }
    }
    Ok(items)
}

/// Names a component in every way in which a risk or evidence may speak of it.
fn item(bom: &MlBom, component: &Component) -> Result<InventoryItem, modelward::Error> {
    let name: Text = component.name().parse()?;
    let mut item = InventoryItem::new(name);
    for digest in component.digests() {
        item = item.known_as(AssetRef::Digest(digest));
    }
    // A model of many files has no hash of its own in CycloneDX. Where `modelward bom` made the
    // document, the model's root digest stands here.
    for root in component.property_values("modelward:manifest:root") {
        if let Ok(digest) = root.parse::<Digest>() {
            item = item.known_as(AssetRef::Digest(digest));
        }
    }
    // A name that is malformed is one name less to be known by, and the schema check tells of it.
    if let Some(Ok(package)) = component.purl().map(PackageUrl::new) {
        item = item.known_as(AssetRef::Package(package));
    }
    if let (Some(serial), Some(reference)) = (bom.serial_number(), component.bom_ref())
        && let Ok(known) = ComponentRef::new(serial, reference)
    {
        item = item.known_as(AssetRef::Component(known));
    }
    Ok(item)
}
