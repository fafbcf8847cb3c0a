use std::borrow::Cow;

use modelward_artifact::{Digest, json};
use serde_json::{Value, json};

use crate::crosswalk::{Confidence, FrameworkRef, Provenance, Row};
use crate::oscal::export::{Export, Role};
use crate::oscal::object::Object;
use crate::oscal::{OscalDocument, OscalError, OscalModel, OscalOptions, text};
use crate::{Category, Crosswalk, Function, Party, Subcategory};

/// Writes a crosswalk as an OSCAL mapping collection of one mapping.
///
/// - A row becomes a map of one source and one target, with its relation and confidence; its status
///   is a prop, since OSCAL has one for the whole mapping only, and its note the remarks.
/// - A draft says so in the title of the document and in the remarks.
/// - Ids of AI RMF subcategories become those of [`catalog`](crate::oscal::catalog), categories and
///   functions those of its groups. Other ids stay as they are.
/// - Both frameworks are resources of the document: there is no OSCAL catalog of most of them.
///
/// # Errors
///
/// [`OscalError::NoRows`] where the crosswalk is empty.
pub fn mapping_collection(
    crosswalk: &Crosswalk,
    options: &OscalOptions,
) -> Result<OscalDocument, OscalError> {
    if crosswalk.rows().is_empty() {
        return Err(OscalError::NoRows);
    }
    let canonical = json::canonical(crosswalk);
    let canonical = canonical.map_err(|source| OscalError::Canonical { source })?;
    let content = format!("crosswalk {}", Digest::sha256(&canonical));
    let mut export = Export::new(options, content);
    let provenance = provenance(&mut export, crosswalk.provenance());
    let mapping = mapping(&mut export, crosswalk);
    let props = export
        .props()
        .add("source-framework", crosswalk.source().id())
        .add("target-framework", crosswalk.target().id());
    export.describe(props);
    let remarks = if crosswalk.is_draft() {
        "DRAFT. Nobody but its author has reviewed this mapping."
    } else {
        "The title names both frameworks, and the provenance says whose mapping it is."
    };
    let document = export
        .begin(OscalModel::MappingCollection, &crosswalk.title(), remarks)?
        .set("provenance", provenance)
        .set("mappings", vec![Value::from(mapping)])
        .maybe("back-matter", export.back_matter());
    Ok(OscalDocument::new(
        OscalModel::MappingCollection,
        document.into(),
    ))
}

fn provenance(export: &mut Export<'_>, provenance: &Provenance) -> Object {
    // An author is one line, and blank lines are refused; a lone dash is no name and no party.
    let author = Party::new(provenance.author()).ok();
    let author = author.map(|author| {
        let uuid = export.party(&author, Role::Author);
        json!({"role-id": Role::Author.id(), "party-uuids": [uuid]})
    });
    let props = export
        .props()
        .add("author", provenance.author())
        .add("date", provenance.date())
        .maybe("license", provenance.license())
        .all("derived-from", provenance.derived_from());
    let basis = provenance
        .basis()
        .unwrap_or("Its author does not say what it rests on.");
    Object::new()
        .set("method", provenance.method().name())
        .set("matching-rationale", provenance.rationale().name())
        .set("status", provenance.status().name())
        .set("confidence-score", score(provenance.confidence()))
        .set("mapping-description", text::prose(basis))
        .list("responsible-parties", author.into_iter().collect())
        .list("props", props.done())
}

fn mapping(export: &mut Export<'_>, crosswalk: &Crosswalk) -> Object {
    let [source, target] = [crosswalk.source(), crosswalk.target()];
    let resources = [framework(export, source), framework(export, target)];
    let rows = crosswalk.rows().iter();
    let maps = rows.map(|row| map(export, crosswalk, row).into()).collect();
    let provenance = crosswalk.provenance();
    let [source, target] = resources.map(|href| json!({"type": "catalog", "href": href}));
    Object::new()
        .set("uuid", export.uuid("mapping", ""))
        .set("method", provenance.method().name())
        .set("matching-rationale", provenance.rationale().name())
        .set("status", provenance.status().name())
        .set("source-resource", source)
        .set("target-resource", target)
        .list("maps", maps)
}

/// Adds a framework as a resource and returns the reference to it.
fn framework(export: &mut Export<'_>, framework: &FrameworkRef) -> String {
    let props = export
        .props()
        .add("framework-id", framework.id())
        .maybe("edition", framework.edition());
    let resource = Object::new()
        .set("title", text::title(&framework.name()))
        .set(
            "description",
            "The framework itself; this is no OSCAL catalog of it.",
        )
        .list("props", props.done());
    export.resource(&format!("framework {}", framework.id()), resource)
}

fn map(export: &Export<'_>, crosswalk: &Crosswalk, row: &Row) -> Object {
    let key = format!("{}\0{}\0{}", row.source(), row.target(), row.relation());
    let props = export.props().add("status", row.status());
    Object::new()
        .set("uuid", export.uuid("map", &key))
        .set("relationship", row.relation().name())
        .set(
            "sources",
            json!([item(export, crosswalk.source(), row.source())]),
        )
        .set(
            "targets",
            json!([item(export, crosswalk.target(), row.target())]),
        )
        .set("confidence-score", score(row.confidence()))
        .list("props", props.done())
        .maybe("remarks", row.note().map(text::prose))
}

/// Returns one side of a row; OSCAL has no other types than control and statement.
fn item(export: &Export<'_>, framework: &FrameworkRef, id: &str) -> Value {
    let core = framework.id() == FrameworkRef::ai_rmf_1_0().id();
    let known = if core { of_core(export, id) } else { None };
    let reference = known.unwrap_or_else(|| Cow::Owned(text::line(id)));
    let props = (reference != id).then(|| export.props().add("id", id).done());
    Object::new()
        .set("type", "control")
        .set("id-ref", reference.into_owned())
        .list("props", props.unwrap_or_default())
        .into()
}

/// Returns the id in our catalog of something in the core of the AI RMF.
fn of_core<'a>(export: &Export<'a>, id: &str) -> Option<Cow<'a, str>> {
    if let Ok(subcategory) = id.parse::<Subcategory>() {
        return Some(Cow::Borrowed(export.control_id(subcategory)));
    }
    if let Ok(category) = id.parse::<Category>() {
        return Some(Cow::Owned(category.oscal_id()));
    }
    let function: Function = id.parse().ok()?;
    Some(Cow::Owned(function.oscal_id()))
}

fn score(confidence: Confidence) -> Value {
    json!({"category": confidence.name()})
}
