use serde_json::{Value, json};

use crate::Subject;
use crate::oscal::export::{Export, Role};
use crate::oscal::object::Object;
use crate::oscal::text;

/// Returns the UUID of the component that stands for what is assessed.
pub(super) fn uuid(export: &Export<'_>) -> String {
    export.uuid("component", "subject")
}

/// Returns what is assessed as a component.
pub(super) fn component(export: &mut Export<'_>, subject: &Subject) -> Value {
    let owner = subject.owner();
    let owner = owner.map(|owner| {
        let uuid = export.party(owner, Role::SystemOwner);
        json!([{"role-id": Role::SystemOwner.id(), "party-uuids": [uuid]}])
    });
    let mut props = export.props().maybe("digest", subject.digest());
    if let Some(bom) = subject.bom() {
        props = props
            .add("bom-serial", bom.serial())
            .add("bom-version", bom.version())
            .add("bom-digest", bom.digest())
            .maybe("bom-timestamp", bom.timestamp());
    }
    // OSCAL defines this one.
    if let Some(version) = subject.version() {
        props = props.oscal("version", &text::line(version.as_str()));
    }
    let scope = subject.scope().map(|scope| text::prose(scope.as_str()));
    Object::new()
        .set("uuid", uuid(export))
        .set("type", "software")
        .set("title", text::title(&named(subject)))
        .set(
            "description",
            scope.unwrap_or_else(|| text::prose(&named(subject))),
        )
        .list("props", props.done())
        .set(
            "status",
            json!({"state": "other", "remarks": "The assessment does not say."}),
        )
        .maybe("responsible-roles", owner)
        .into()
}

/// Returns name and version.
pub(super) fn named(subject: &Subject) -> String {
    match subject.version() {
        None => subject.name().to_string(),
        Some(version) => format!("{} {version}", subject.name()),
    }
}
