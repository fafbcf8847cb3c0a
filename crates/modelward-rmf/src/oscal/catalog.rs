use serde_json::{Value, json};

use crate::oscal::export::Export;
use crate::oscal::object::Object;
use crate::oscal::{OscalDocument, OscalError, OscalModel, OscalOptions, finding};
use crate::{Category, Function, Subcategory};

const REMARKS: &str = "UNOFFICIAL. The structure and the ids of the core are those of NIST AI \
    100-1. Every sentence is a paraphrase by the modelward project and none is wording of NIST; \
    the text of NIST AI 100-1 governs. Control ids are those of this catalog, since NIST has \
    published no OSCAL form of the framework.";

/// Writes the core of AI RMF 1.0 as an OSCAL catalog: groups for the 4 functions and the 19
/// categories, and a control for each of the 72 subcategories.
///
/// The part `<control>_stm` of a control holds [`Subcategory::summary`], which is ours and not
/// NIST's wording. The prop `revision-exposed` marks what [`Subcategory::revision_exposed`] tells.
///
/// ```
/// use modelward_rmf::oscal::{self, OscalOptions};
///
/// let options = OscalOptions::new("2026-11-26T10:00:00Z".parse()?, "1.0.0")?;
/// let catalog = oscal::catalog(&options)?;
/// let first = &catalog.value()["catalog"]["groups"][0]["groups"][0]["controls"][0];
/// assert_eq!(first["id"], "govern-1.1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// None with valid options today; [`OscalError`] keeps the signature of the other writers.
pub fn catalog(options: &OscalOptions) -> Result<OscalDocument, OscalError> {
    let mut export = Export::new(options, "catalog AI RMF 1.0".to_owned());
    let props = export.props().add("framework", "AI RMF 1.0");
    export.describe(props);
    let functions = Function::ALL.map(|function| of_function(&export, function));
    let title = "NIST AI RMF 1.0, paraphrased (unofficial)";
    let document = export
        .begin(OscalModel::Catalog, title, REMARKS)?
        .list("groups", functions.into());
    Ok(OscalDocument::new(OscalModel::Catalog, document.into()))
}

fn of_function(export: &Export<'_>, function: Function) -> Value {
    let categories = function.categories();
    let categories = categories.map(|category| of_category(export, category));
    let id = function.oscal_id();
    let overview = overview(&id, function.summary());
    Object::new()
        .set("id", id)
        .set("class", "function")
        .set("title", function.name())
        .list(
            "props",
            export.props().oscal("label", function.name()).done(),
        )
        .list("parts", vec![overview])
        .list("groups", categories.collect())
        .into()
}

fn of_category(export: &Export<'_>, category: Category) -> Value {
    let controls = category.subcategories();
    let controls = controls.map(|subcategory| control(export, subcategory));
    let id = category.oscal_id();
    let label = category.to_string();
    let overview = overview(&id, category.summary());
    Object::new()
        .set("id", id)
        .set("class", "category")
        .set("title", label.as_str())
        .list("props", export.props().oscal("label", &label).done())
        .list("parts", vec![overview])
        .list("controls", controls.collect())
        .into()
}

fn overview(id: &str, summary: &str) -> Value {
    json!({"id": format!("{id}_smt-overview"), "name": "overview", "prose": summary})
}

fn control(export: &Export<'_>, subcategory: Subcategory) -> Value {
    let label = subcategory.to_string();
    let category = subcategory.category();
    // Blanks and digits as they come would put 2.10 before 2.9.
    let sort = format!(
        "{}-{:02}-{:02}",
        subcategory.function().short(),
        category.number(),
        subcategory.number()
    );
    let exposed = subcategory.revision_exposed().then_some("yes");
    let props = export
        .props()
        .oscal("label", &label)
        .oscal("sort-id", &sort)
        .add("short-id", subcategory.short())
        .maybe("revision-exposed", exposed);
    let statement = json!({
        "id": finding::statement_id(export, subcategory),
        "name": "statement",
        "prose": subcategory.summary(),
    });
    Object::new()
        .set("id", export.control_id(subcategory))
        .set("class", "subcategory")
        .set("title", label)
        .list("props", props.done())
        .list("parts", vec![statement])
        .into()
}
