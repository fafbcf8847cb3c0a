use serde_json::{Value, json};

use crate::oscal::export::{Export, Role};
use crate::oscal::links::Links;
use crate::oscal::object::{Object, Props};
use crate::oscal::{observation, risk, text};
use crate::{Assessment, Attainment, Confidence, Determination, Goal, Subcategory, Text};

/// Returns the UUID of the finding that a determination becomes.
pub(super) fn uuid(export: &Export<'_>, subcategory: Subcategory) -> String {
    export.uuid("finding", &subcategory.to_string())
}

/// Returns the id of a control's statement.
pub(super) fn statement_id(export: &Export<'_>, subcategory: Subcategory) -> String {
    format!("{}_stm", export.control_id(subcategory))
}

/// Returns a determination as a finding, or nothing where the subcategory is not assessed.
pub(super) fn finding(
    export: &mut Export<'_>,
    assessment: &Assessment,
    links: &Links<'_>,
    subcategory: Subcategory,
) -> Option<Value> {
    let determination = assessment.determination(subcategory);
    let (headline, description) = match determination {
        Determination::NotApplicable { justification } => {
            ("not applicable".to_owned(), justification)
        }
        Determination::Rated(rated) => {
            let level = assessment.scale().level(rated.level());
            let label =
                level.map_or_else(|| rated.level().to_string(), |it| it.label().to_string());
            (label, rated.rationale())
        }
        _ => return None,
    };
    let goal = assessment.target().and_then(|it| it.entry(subcategory));
    let observations = links.evidence(subcategory, determination).into_iter();
    let observations = observations.map(
        |(id, how)| json!({"observation-uuid": observation::uuid(export, id), "remarks": how}),
    );
    let observations = observations.collect();
    let risks = links.risks(subcategory).iter();
    let risks = risks.map(|id| json!({"risk-uuid": risk::uuid(export, id)}));
    let risks = risks.collect();
    let finding = Object::new()
        .set("uuid", uuid(export, subcategory))
        .set("title", text::title(&format!("{subcategory}: {headline}")))
        .set("description", text::prose(description.as_str()))
        .list("props", props(export, assessment, subcategory).done())
        .set(
            "origins",
            json!([export.origin(assessment.assessor(), Role::Assessor)]),
        )
        .set("target", target(export, assessment, subcategory, goal))
        .list("related-observations", observations)
        .list("related-risks", risks);
    Some(finding.into())
}

fn target(
    export: &Export<'_>,
    assessment: &Assessment,
    subcategory: Subcategory,
    goal: Option<&Goal>,
) -> Object {
    let (state, reason) = match assessment.attainment(subcategory) {
        Some(Attainment::Met) => ("satisfied", "pass"),
        Some(_) => ("not-satisfied", "fail"),
        // OSCAL has no third state.
        None => ("not-satisfied", "other"),
    };
    let remarks = (reason == "other").then_some("Not applicable, so neither reached nor missed.");
    let status = Object::new()
        .set("state", state)
        .set("reason", reason)
        .maybe("remarks", remarks);
    let why = goal.and_then(Goal::rationale);
    Object::new()
        .set("type", "statement-id")
        .set("target-id", statement_id(export, subcategory))
        .set("title", subcategory.to_string())
        .set("description", subcategory.summary())
        .set("status", status)
        .maybe("remarks", why.map(|why| text::prose(why.as_str())))
}

fn props<'a>(export: &Export<'a>, assessment: &Assessment, subcategory: Subcategory) -> Props<'a> {
    let determination = assessment.determination(subcategory);
    let mut props = export.props().add("subcategory", subcategory);
    props = match determination {
        Determination::Rated(rated) => {
            let attainment = assessment.attainment(subcategory);
            props
                .add("determination", "rated")
                .add("current-rating", rated.level())
                .maybe("attainment", attainment.map(Attainment::name))
                .maybe("confidence", rated.confidence().map(Confidence::name))
                .all("cites", rated.evidence())
                .all("outcome", rated.outcomes().iter().map(Text::as_str))
        }
        _ => props.add("determination", "not-applicable"),
    };
    match assessment.target().and_then(|it| it.entry(subcategory)) {
        None => props,
        Some(goal) => of_goal(props, goal),
    }
}

/// Adds what is aimed at.
pub(super) fn of_goal<'a>(props: Props<'a>, goal: &Goal) -> Props<'a> {
    props
        .add("target-rating", goal.level())
        .add("target-priority", goal.priority())
        .maybe("target-due", goal.due_on())
}
