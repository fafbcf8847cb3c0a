use serde_json::{Value, json};

use crate::oscal::export::{Export, Role};
use crate::oscal::links::Links;
use crate::oscal::object::Object;
use crate::oscal::{
    OscalDocument, OscalError, OscalModel, OscalOptions, component, finding, observation, risk,
    text,
};
use crate::{Assessment, Determination, Level, Profile, RiskRegister, Subcategory};

const REMARKS: &str = "Assessed against NIST AI RMF 1.0, which is voluntary and knows no \
    conformity. OSCAL knows a target as satisfied or not: satisfied is what the assessor rated as \
    met, and the ratings themselves stand in props. The descriptions of targets are paraphrases of \
    the modelward project and not wording of NIST.";

/// Writes an assessment, with the risks of a register, as OSCAL assessment results.
///
/// - Evidence becomes an observation, with a resource that has place and hashes.
/// - What is rated or not applicable becomes a finding about the statement `<control>_stm`. What is
///   not assessed is not among the reviewed controls.
/// - A risk has a characterization for each of its ratings; the system of its facets is the matrix.
///   Whether an acceptance holds is judged at [`OscalOptions::last_modified`].
///
/// # Errors
///
/// [`OscalError::NothingAssessed`], and [`OscalError::Year`] for a time after 2999.
pub fn assessment_results(
    assessment: &Assessment,
    register: Option<&RiskRegister>,
    options: &OscalOptions,
) -> Result<OscalDocument, OscalError> {
    let mut export = Export::new(options, content(assessment, register));
    let result = result(&mut export, assessment, register)?;
    let plan = plan(&mut export, assessment);
    describe(&mut export, assessment, register);
    let subject = component::named(assessment.subject());
    let title = format!("Assessment of {subject} against NIST AI RMF 1.0");
    let document = export
        .begin(OscalModel::AssessmentResults, &title, REMARKS)?
        .set("import-ap", json!({"href": plan}))
        .set("results", vec![result])
        .maybe("back-matter", export.back_matter());
    Ok(OscalDocument::new(
        OscalModel::AssessmentResults,
        document.into(),
    ))
}

/// Names what the UUIDs of a document are made of.
pub(super) fn content(assessment: &Assessment, register: Option<&RiskRegister>) -> String {
    let register = register.map_or_else(String::new, |it| it.digest().to_string());
    format!("assessment {} register {register}", assessment.digest())
}

fn result(
    export: &mut Export<'_>,
    assessment: &Assessment,
    register: Option<&RiskRegister>,
) -> Result<Value, OscalError> {
    let reviewed = reviewed(export, assessment);
    if reviewed.is_empty() {
        return Err(OscalError::NothingAssessed);
    }
    let at = text::instant("time of the assessment", assessment.assessed_at())?;
    let component = component::component(export, assessment.subject());
    let evidence = assessment.evidence();
    let observations = evidence.map(|(id, it)| observation::observation(export, id, it));
    let observations = observations.collect::<Result<_, _>>()?;
    let mut risks = Vec::new();
    if let Some(register) = register {
        let all = register.risks();
        let all = all.map(|it| risk::risk(export, register, it));
        risks = all.collect::<Result<_, _>>()?;
    }
    let links = Links::new(assessment, register, |_| true);
    let findings = Subcategory::ALL.into_iter();
    let findings = findings.filter_map(|it| finding::finding(export, assessment, &links, it));
    let findings = findings.collect();
    Ok(Object::new()
        .set("uuid", export.uuid("result", ""))
        .set(
            "title",
            text::title(&component::named(assessment.subject())),
        )
        .set(
            "description",
            "What the assessor found, subcategory by subcategory.",
        )
        .set("start", at.as_str())
        .set("end", at)
        .set("local-definitions", json!({"components": [component]}))
        .set(
            "reviewed-controls",
            json!({"control-selections": [{"include-controls": reviewed}]}),
        )
        .list("observations", observations)
        .list("risks", risks)
        .list("findings", findings)
        .into())
}

fn reviewed(export: &Export<'_>, assessment: &Assessment) -> Vec<Value> {
    let all = assessment.determinations();
    let assessed = all.filter(|(_, it)| !matches!(it, Determination::NotAssessed));
    let selected = assessed.map(|(subcategory, _)| {
        let statement = finding::statement_id(export, subcategory);
        json!({"control-id": export.control_id(subcategory), "statement-ids": [statement]})
    });
    selected.collect()
}

/// Names the sources of a document and by which scale and matrix they rate.
pub(super) fn describe(
    export: &mut Export<'_>,
    assessment: &Assessment,
    register: Option<&RiskRegister>,
) {
    export.party(assessment.assessor(), Role::Assessor);
    let scale = assessment.scale();
    let mut props = export
        .props()
        .add("framework", "AI RMF 1.0")
        .add("assessment-digest", assessment.digest())
        .maybe("supersedes", assessment.supersedes())
        .maybe("independence", assessment.independence())
        .add("scale-id", scale.id())
        .add("scale-version", scale.version())
        .all("scale-level", scale.levels().iter().map(Level::name));
    if let Some(register) = register {
        export.party(register.owner(), Role::RegisterOwner);
        props = props
            .add("register-digest", register.digest())
            .add("register-title", register.title())
            .add("matrix", register.matrix());
    }
    export.describe(props);
}

/// Returns where the assessment plan is: what the caller named, or a resource that holds scope and
/// target profile.
fn plan(export: &mut Export<'_>, assessment: &Assessment) -> String {
    if let Some(href) = export.options().import_ap() {
        return href.to_owned();
    }
    let scope = assessment.subject().scope();
    let scope = scope.map_or_else(
        || "The assessment states no scope.".to_owned(),
        |scope| format!("Scope: {}", text::prose(scope.as_str())),
    );
    let aim = match assessment.target() {
        None => "There is no target profile.",
        Some(_) => "The props are the target profile, by control id.",
    };
    let mut props = export.props();
    for (subcategory, goal) in assessment.target().into_iter().flat_map(Profile::entries) {
        props = props.class("target", export.control_id(subcategory), goal.level());
    }
    let resource = Object::new()
        .set("title", "Scope and target profile")
        .set("description", format!("{scope}\n\n{aim}"))
        .list("props", props.done());
    export.resource("plan", resource)
}
