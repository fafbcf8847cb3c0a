//! Puts the document together from what is claimed, noting where each value comes from.

use modelward_artifact::{Digest, DigestAlgorithm, Entry, Manifest};
use uuid::Uuid;

use crate::generate::card::model_card;
use crate::generate::claim::{Claim, Claims};
use crate::generate::license::licenses;
use crate::generate::options::GenerateOptions;
use crate::generate::parts::{self, Part};
use crate::generate::source::{Sources, TOOL, attach};
use crate::generate::survey::Survey;
use crate::generate::weights::Weights;
use crate::inspect::{Aspect, Format, Origin};
use crate::model::{
    Aggregate, BomRef, Component, ComponentKind, Composition, DateTime, Dependency,
    ExternalReference, ExternalReferenceKind, Iri, Lifecycle, Metadata, MlBom,
    OrganizationalContact, OrganizationalEntity, Pedigree, Phase, Positive, Property, SerialNumber,
    ToolSet, Tools, Version,
};
use crate::pointer::SUBJECT;
use crate::{GenerateBomError, Provenance, SpecVersion};

/// The `bom-ref` of the model itself.
const MODEL: &str = "model";

/// The property under which the digest of the whole model stands.
const ROOT_PROPERTY: &str = "modelward:manifest:root";

/// Makes the document. Its serial number is a version 5 UUID over all that it says.
pub(super) fn assemble(
    manifest: &Manifest,
    survey: &Survey,
    claims: &Claims<'_>,
    weights: &Weights<'_>,
    options: &GenerateOptions,
) -> Result<(MlBom, Vec<Provenance>), GenerateBomError> {
    let mut sources = Sources::default();
    let (datasets, libraries) = (parts::datasets(claims), parts::libraries(claims));
    let ancestors = parts::ancestors(claims);
    note_parts(&mut sources, &datasets, &libraries, &ancestors);
    let dependencies = dependencies(&datasets, &libraries, &ancestors);
    let card = model_card(claims, weights, &datasets, &mut sources);
    let model = model(manifest, survey, claims, options, &mut sources)?.with_model_card(card);
    let model = with_ancestors(model, &ancestors, claims, &mut sources);
    let timestamp = options.timestamp.map(DateTime::from);
    let components = datasets.into_iter().chain(libraries);
    let bom = MlBom::new(SpecVersion::V1_7)
        .with_version(Positive::one())
        .with_metadata(metadata(model, timestamp.clone()))
        .with_dependencies(dependencies)
        .with_compositions(compositions());
    let components: Vec<Component> = components.map(|part| part.component).collect();
    let bom = if components.is_empty() {
        bom
    } else {
        bom.with_components(components)
    };
    let converted = bom.convert(options.spec_version)?;
    let notes = sources.present(&converted);
    let bom = attach(converted.into_bom(), &notes, timestamp);
    Ok((with_serial_number(bom)?, notes))
}

fn with_serial_number(bom: MlBom) -> Result<MlBom, GenerateBomError> {
    // SHA-256 is fast in hardware; the SHA-1 of the UUID then has little to do.
    let content = Digest::of(DigestAlgorithm::Sha256, &bom.to_json());
    let serial = Uuid::new_v5(&Uuid::NAMESPACE_URL, content.to_string().as_bytes());
    let serial = SerialNumber::new(serial.urn().to_string())?;
    Ok(bom.with_schema_of_version().with_serial_number(serial))
}

fn metadata(model: Component, timestamp: Option<DateTime>) -> Metadata {
    let tool = Component::new(ComponentKind::Library, env!("CARGO_PKG_NAME"))
        .with_bom_ref(BomRef::of("tool", env!("CARGO_PKG_NAME")));
    debug_assert_eq!(tool.bom_ref(), Some(TOOL));
    let tool = match Version::new(env!("CARGO_PKG_VERSION")) {
        Ok(version) => tool.with_version(version),
        Err(_) => tool,
    };
    let tools = ToolSet::new().with_components([tool]);
    let metadata = Metadata::new()
        .with_lifecycles([Lifecycle::of_phase(Phase::PostBuild)])
        .with_tools(Tools::Set(tools))
        .with_component(model);
    match timestamp {
        Some(timestamp) => metadata.with_timestamp(timestamp),
        None => metadata,
    }
}

fn model(
    manifest: &Manifest,
    survey: &Survey,
    claims: &Claims<'_>,
    options: &GenerateOptions,
    sources: &mut Sources,
) -> Result<Component, GenerateBomError> {
    let at = |member: &str| format!("{SUBJECT}/{member}");
    let named = claims.first(&Aspect::Name);
    let name = match (&options.name, named) {
        (Some(name), _) => {
            sources.stated(at("name"));
            name.as_str()
        }
        (None, Some(claim)) => {
            sources.note(at("name"), &claim);
            claim.value()
        }
        (None, None) => {
            sources.concluded(at("name"), Origin::Inferred);
            manifest.name()
        }
    };
    let root = Property::new(ROOT_PROPERTY).with_value(manifest.root().to_string());
    sources.concluded(at("properties/0"), Origin::Observed);
    let mut model = Component::new(ComponentKind::MachineLearningModel, name)
        .with_bom_ref(BomRef::new(MODEL)?)
        .with_components(files(manifest, survey, sources))
        .with_properties([root]);
    if let Some(version) = &options.version {
        sources.stated(at("version"));
        model = model.with_version(Version::new(version)?);
    } else if let Some(claim) = claims.first(&Aspect::Version)
        && let Ok(version) = Version::new(claim.value())
    {
        sources.note(at("version"), &claim);
        model = model.with_version(version);
    }
    if let Some(purl) = &options.purl {
        sources.stated(at("purl"));
        model = model.with_purl(purl);
    }
    let model = described(model, claims, options, sources);
    Ok(referring(model, claims, survey, sources))
}

/// The files of the model, each with what its own bytes show.
fn files(manifest: &Manifest, survey: &Survey, sources: &mut Sources) -> Vec<Component> {
    let file = |(index, entry): (usize, &Entry)| {
        let at = format!("{SUBJECT}/components/{index}");
        let part = parts::file(entry, survey.file(entry.path()));
        for (property, fact) in part.said {
            sources.said(format!("{at}/properties/{property}"), entry.path(), fact);
        }
        sources.counted(at, entry.path());
        part.component
    };
    manifest.entries().iter().enumerate().map(file).collect()
}

/// Adds who made the model, and what they say of it.
fn described(
    mut model: Component,
    claims: &Claims<'_>,
    options: &GenerateOptions,
    sources: &mut Sources,
) -> Component {
    let at = |member: &str| format!("{SUBJECT}/{member}");
    if let Some(supplier) = &options.supplier {
        sources.stated(at("supplier"));
        model = model.with_supplier(OrganizationalEntity::new().with_name(supplier));
    }
    if let Some(claim) = claims.first(&Aspect::Organization) {
        sources.note(at("manufacturer"), &claim);
        model = model.with_manufacturer(OrganizationalEntity::new().with_name(claim.value()));
    }
    if let Some(claim) = claims.first(&Aspect::Description) {
        sources.note(at("description"), &claim);
        model = model.with_description(claim.value());
    }
    let authors = claims.unique(&Aspect::Author);
    if !authors.is_empty() {
        for (index, claim) in authors.iter().enumerate() {
            sources.note(at(&format!("authors/{index}")), claim);
        }
        let author = authors
            .iter()
            .map(|claim| OrganizationalContact::new().with_name(claim.value()));
        model = model.with_authors(author.collect::<Vec<_>>());
    }
    let licenses = licenses(claims);
    if !licenses.is_empty() {
        for (index, (_, claim)) in licenses.iter().enumerate() {
            sources.note(at(&format!("licenses/{index}")), claim);
        }
        model = model.with_licenses(licenses.into_iter().map(|(license, _)| license));
    }
    let tags = claims.unique(&Aspect::Tag);
    if !tags.is_empty() {
        for (index, claim) in tags.iter().enumerate() {
            sources.note(at(&format!("tags/{index}")), claim);
        }
        model = model.with_tags(tags.iter().map(Claim::value));
    }
    model
}

/// Adds what is pointed to: the model card, and addresses that the files give.
fn referring(
    model: Component,
    claims: &Claims<'_>,
    survey: &Survey,
    sources: &mut Sources,
) -> Component {
    let mut references = Vec::new();
    let is_card = |format| format == Format::ModelCard;
    let mut files = survey.files().iter().filter(|file| file.is_top());
    if let Some(card) = files.find(|file| is_card(file.inspection.format()))
        && let Ok(url) = Iri::new(card.path.as_str())
    {
        sources.concluded(format!("{SUBJECT}/externalReferences/0"), Origin::Observed);
        references.push(ExternalReference::new(
            url,
            ExternalReferenceKind::ModelCard,
        ));
    }
    for claim in claims.all() {
        let Aspect::Reference(kind) = claim.fact.aspect() else {
            continue;
        };
        let kind = ExternalReferenceKind::from_name(kind).unwrap_or(ExternalReferenceKind::Other);
        if let Ok(url) = Iri::new(claim.value()) {
            let pointer = format!("{SUBJECT}/externalReferences/{}", references.len());
            sources.note(pointer, &claim);
            references.push(ExternalReference::new(url, kind));
        }
    }
    if references.is_empty() {
        return model;
    }
    model.with_external_references(references)
}

fn with_ancestors(
    model: Component,
    ancestors: &[Part<'_>],
    claims: &Claims<'_>,
    sources: &mut Sources,
) -> Component {
    if ancestors.is_empty() {
        return model;
    }
    let mut pedigree =
        Pedigree::new().with_ancestors(ancestors.iter().map(|part| part.component.clone()));
    if let Some(claim) = claims.first(&Aspect::BaseModelRelation) {
        sources.note(format!("{SUBJECT}/pedigree/notes"), &claim);
        pedigree = pedigree.with_notes(format!("relation to the base model: {}", claim.value()));
    }
    model.with_pedigree(pedigree)
}

/// All files are listed; whether the model stands on more than it says is not known.
fn compositions() -> Vec<Composition> {
    let model = BomRef::new(MODEL).ok();
    let composition = Composition::new;
    vec![
        composition(Aggregate::Complete).with_assemblies(model),
        composition(Aggregate::Unknown).with_dependencies([MODEL]),
    ]
}

fn dependencies(
    datasets: &[Part<'_>],
    libraries: &[Part<'_>],
    ancestors: &[Part<'_>],
) -> Vec<Dependency> {
    let others = || datasets.iter().chain(libraries).filter_map(Part::bom_ref);
    let on: Vec<BomRef> = others()
        .chain(ancestors.iter().filter_map(Part::bom_ref))
        .collect();
    let model = BomRef::new(MODEL).ok().into_iter();
    let mut dependencies: Vec<Dependency> = model
        .map(|model| Dependency::new(model).with_dependencies(on.clone()))
        .collect();
    // An entry without `dependsOn` says that the component was looked at.
    dependencies.extend(others().map(Dependency::new));
    dependencies
}

fn note_parts(
    sources: &mut Sources,
    datasets: &[Part<'_>],
    libraries: &[Part<'_>],
    ancestors: &[Part<'_>],
) {
    for (index, part) in datasets.iter().chain(libraries).enumerate() {
        sources.note(format!("/components/{index}"), &part.claim);
    }
    for (index, part) in ancestors.iter().enumerate() {
        let pointer = format!("{SUBJECT}/pedigree/ancestors/{index}");
        sources.note(pointer, &part.claim);
    }
}
