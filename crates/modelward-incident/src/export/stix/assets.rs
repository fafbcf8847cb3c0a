use std::collections::BTreeMap;

use modelward_artifact::{Digest, Text};
use serde_json::{Value, json};

use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::stix::builder::File;
use crate::export::stix::hashes;
use crate::export::stix::writer::Writer;
use crate::{AffectedAsset, AssetOrigin, AssetRef, Slug};

/// Adds the assets and returns the id of each by the asset's own.
///
/// An asset is an `infrastructure`, which has a window and references, and consists of a file for
/// each digest and of software for its name and version.
pub(super) fn add(writer: &mut Writer<'_>) -> BTreeMap<Slug, String> {
    let assets = writer.incident.assets();
    let ids: BTreeMap<_, _> = assets
        .iter()
        .map(|(slug, asset)| (slug.clone(), one(writer, slug, asset)))
        .collect();
    for (slug, asset) in assets {
        if let Some(AssetOrigin::Propagated { from, .. }) = &asset.origin
            && let (Some(source), Some(target)) = (ids.get(slug), ids.get(from))
        {
            writer.builder.relate(source, "derived-from", target);
        }
    }
    ids
}

fn one(writer: &mut Writer<'_>, slug: &Slug, asset: &AffectedAsset) -> String {
    let object = writer
        .builder
        .object("infrastructure", &format!("asset/{slug}"))
        .with("name", asset.name.as_str())
        .with("labels", labels(asset))
        .with("external_references", references(slug, asset));
    let object = match &asset.window {
        Some(window) => {
            let object = object.at("first_seen", window.from.at());
            match window.until {
                Some(until) => object.at("last_seen", until.at()),
                None => object,
            }
        }
        None => object,
    };
    let id = writer.builder.push(object);
    let incident = writer.id.clone();
    writer.builder.relate(&incident, "impacts", &id);
    parts(writer, asset, &id);
    lost(writer, &format!("assets/{slug}"), asset);
    id
}

/// The observables that the asset consists of.
fn parts(writer: &mut Writer<'_>, asset: &AffectedAsset, id: &str) {
    let version = asset.version.as_ref().map(Text::as_str);
    let software = writer.builder.software(asset.name.as_str(), None, version);
    writer.builder.relate(id, "consists-of", &software);
    for reference in &asset.refs {
        if let AssetRef::Digest(digest) = reference {
            let file = file(writer, digest);
            writer.builder.relate(id, "consists-of", &file);
        }
    }
}

/// Adds the file that has a digest.
pub(super) fn file(writer: &mut Writer<'_>, digest: &Digest) -> String {
    writer.builder.file(File {
        hashes: hashes::of([digest]),
        ..File::default()
    })
}

fn labels(asset: &AffectedAsset) -> Vec<String> {
    let mut labels = vec![
        format!("asset:{}", asset.kind.name()),
        format!("compromise:{}", asset.compromise.name()),
    ];
    match asset.in_production {
        Some(true) => labels.push("in-production".to_owned()),
        Some(false) => labels.push("not-in-production".to_owned()),
        None => {}
    }
    labels
}

fn references(slug: &Slug, asset: &AffectedAsset) -> Vec<Value> {
    let mut references = vec![json!({
        "source_name": "modelward-incident-asset",
        "external_id": slug.as_str(),
    })];
    for reference in &asset.refs {
        let (source, id) = match reference {
            AssetRef::Purl(purl) => ("package-url", purl.as_str()),
            AssetRef::BomRef(bom_ref) => ("cyclonedx-bom-ref", bom_ref.as_str()),
            _ => continue,
        };
        references.push(json!({ "source_name": source, "external_id": id }));
    }
    references
}

fn lost(writer: &mut Writer<'_>, field: &str, asset: &AffectedAsset) {
    let origin = match &asset.origin {
        Some(AssetOrigin::Propagated { .. }) => {
            (Partial, "a relationship derived-from, without the path")
        }
        _ => (Direct, "no relationship derived-from"),
    };
    let label = (Partial, "a label of the infrastructure");
    let refs = "external references, and a file for each digest, which may be a manifest's";
    let window = "infrastructure/first_seen and last_seen, without how exactly they are known";
    for (member, (status, note)) in [
        ("name", (Direct, "infrastructure/name and software/name")),
        ("version", (Direct, "software/version")),
        ("kind", label),
        ("compromise", label),
        ("inProduction", label),
        ("refs", (Approximate, refs)),
        ("window", (Partial, window)),
        ("origin", origin),
    ] {
        writer.lost(&format!("{field}/{member}"), status, note);
    }
}

/// Adds the systems: software, and its developers as the vendor.
pub(super) fn systems(writer: &mut Writer<'_>) {
    for (index, system) in writer.incident.systems().iter().enumerate() {
        let developers: Vec<_> = system.developers.iter().map(Text::as_str).collect();
        let vendor = (!developers.is_empty()).then(|| developers.join(", "));
        let version = system.version.as_ref().map(Text::as_str);
        let name = system.name.as_str();
        let id = writer.builder.software(name, vendor.as_deref(), version);
        let incident = writer.id.clone();
        writer.builder.relate(&incident, "related-to", &id);
        lost_of_system(writer, &format!("systems/{index}"));
    }
}

fn lost_of_system(writer: &mut Writer<'_>, field: &str) {
    for (member, status, note) in [
        ("name", Direct, "software/name"),
        ("version", Direct, "software/version"),
        ("developers", Approximate, "software/vendor"),
        ("deployers", Partial, "a note"),
        ("purpose", Partial, "a note"),
    ] {
        writer.lost(&format!("{field}/{member}"), status, note);
    }
}
