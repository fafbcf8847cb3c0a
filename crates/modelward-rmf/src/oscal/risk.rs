use modelward_artifact::Timestamp;
use serde_json::{Value, json};

use crate::oscal::export::{Export, Role};
use crate::oscal::object::{Object, Props};
use crate::oscal::{OscalError, response, text};
use crate::{
    Acceptance, AcceptanceState, ActionItem, Basis, LevelName, Risk, RiskId, RiskMatrix,
    RiskRating, RiskRegister, RiskStatus, Treatment,
};

/// Returns the UUID of a risk.
pub(super) fn uuid(export: &Export<'_>, id: &RiskId) -> String {
    export.uuid("risk", id.as_str())
}

/// Returns a risk of a register.
pub(super) fn risk(
    export: &mut Export<'_>,
    register: &RiskRegister,
    risk: &Risk,
) -> Result<Value, OscalError> {
    let statement = risk.statement();
    let described = format!(
        "Cause: {}\n\nEvent: {}\n\nConsequence: {}",
        text::prose(statement.cause().as_str()),
        text::prose(statement.event().as_str()),
        text::prose(statement.consequence().as_str()),
    );
    let now = export.options().last_modified();
    let origin = match risk.owner() {
        Some(owner) => export.origin(owner, Role::RiskOwner),
        None => export.origin(register.owner(), Role::RegisterOwner),
    };
    let title = format!("{}: {}", risk.id(), statement.event());
    Ok(Object::new()
        .set("uuid", uuid(export, risk.id()))
        .set("title", text::title(&title))
        .set("description", described)
        .set("statement", text::prose(statement.event().as_str()))
        .list("props", props(export, risk, now).done())
        .set("status", status(risk, now))
        .set("origins", json!([origin]))
        .list("threat-ids", threats(risk))
        .list(
            "characterizations",
            characterizations(export, register, risk),
        )
        .maybe("deadline", deadline(risk)?)
        .list("remediations", response::responses(export, risk)?)
        .into())
}

/// Returns the nearest of OSCAL's states; ours stands in a prop.
///
/// An acceptance counts as an approved deviation only while it holds, and what remains after a
/// treatment only once the treatment is done.
fn status(risk: &Risk, now: Timestamp) -> &'static str {
    let treatment = risk.treatment();
    if risk.status().is_closed() {
        return "closed";
    }
    if *risk.status() == RiskStatus::Treating && !matches!(treatment, Treatment::Accept(_)) {
        return "remediating";
    }
    match treatment.acceptance().map(|it| it.state(now)) {
        Some(AcceptanceState::Valid) => "deviation-approved",
        Some(AcceptanceState::NotYetValid) => "deviation-requested",
        _ => "open",
    }
}

fn props<'a>(export: &Export<'a>, risk: &Risk, now: Timestamp) -> Props<'a> {
    let mut props = export
        .props()
        .add("risk-id", risk.id())
        .add("kind", risk.kind())
        .add("status", risk.status().name())
        .add("treatment", risk.treatment().kind())
        .add("identified-at", risk.identified_at())
        .maybe("review-by", risk.review_by())
        .all("subcategory", risk.subcategories())
        .all("asset", risk.assets())
        .all("incident", risk.incidents())
        .all("technique", risk.techniques())
        .all("taxonomy", risk.taxonomy());
    if let RiskStatus::Closed { on, reason } = risk.status() {
        props = props.add("closed-on", on).add("closed-because", reason);
    }
    match risk.treatment().acceptance() {
        None => props,
        Some(acceptance) => of_acceptance(props, acceptance, now),
    }
}

/// Adds who accepted a risk, until when, and whether that still holds.
pub(super) fn of_acceptance<'a>(
    props: Props<'a>,
    acceptance: &Acceptance,
    now: Timestamp,
) -> Props<'a> {
    let state = match acceptance.state(now) {
        AcceptanceState::Expired => "expired",
        AcceptanceState::NotYetValid => "not-yet-valid",
        AcceptanceState::Revoked => "revoked",
        AcceptanceState::Valid => "valid",
    };
    let props = props
        .add("accepted-by", acceptance.by())
        .add("accepted-on", acceptance.on())
        .add("acceptance-expires", acceptance.expires())
        .add("acceptance-state", state);
    match acceptance.revoked() {
        None => props,
        Some(revocation) => props
            .add("revoked-by", revocation.by())
            .add("revoked-on", revocation.on())
            .add("revoked-because", revocation.reason()),
    }
}

fn threats(risk: &Risk) -> Vec<Value> {
    let threats = risk.techniques().iter().map(|technique| {
        let address = format!("https://atlas.mitre.org/techniques/{technique}");
        json!({"system": "https://atlas.mitre.org/", "href": address, "id": address})
    });
    threats.collect()
}

/// Returns one characterization for each rating that the risk has.
fn characterizations(export: &mut Export<'_>, register: &RiskRegister, risk: &Risk) -> Vec<Value> {
    let matrix = register.matrix();
    let ratings = Basis::ALL.into_iter().filter_map(|basis| {
        let rating = risk.rating(basis)?;
        let characterization = Object::new()
            .list("props", export.props().add("basis", basis).done())
            .set(
                "origin",
                export.origin(register.owner(), Role::RegisterOwner),
            )
            .set("facets", facets(export, matrix, rating));
        Some(characterization.into())
    });
    ratings.collect()
}

fn facets(export: &Export<'_>, matrix: &RiskMatrix, rating: &RiskRating) -> Vec<Value> {
    let namespace = export.options().namespace().trim_end_matches('/');
    let system = format!(
        "{namespace}/matrix/{}/{}",
        text::segment(matrix.id().as_str()),
        text::segment(matrix.version().as_str())
    );
    let facet = |name: &str, value: &LevelName, position: Option<usize>| {
        let props = export.props().maybe("position", position);
        Object::new()
            .set("name", name)
            .set("system", system.as_str())
            .set("value", value.as_str())
            .list("props", props.done())
            .into()
    };
    let positions = matrix.position(rating);
    let mut facets = vec![
        facet("likelihood", rating.likelihood(), positions.map(|it| it.0)),
        facet("impact", rating.impact(), positions.map(|it| it.1)),
    ];
    facets.extend(matrix.level_of(rating).map(|level| {
        let position = matrix.ordinal(level.name());
        facet("risk", level.name(), position)
    }));
    facets
}

/// Returns the end of the last day by which an open action is due.
fn deadline(risk: &Risk) -> Result<Option<String>, OscalError> {
    let open = risk.treatment().actions().iter();
    let open = open.filter(|action| action.state().is_open());
    let last = open.filter_map(ActionItem::due).max();
    let deadline = last.map(|day| text::end_of("due day of an action", day));
    deadline.transpose()
}
