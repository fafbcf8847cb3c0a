use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::oscal::export::{Export, Role};
use crate::oscal::links::Links;
use crate::oscal::object::Object;
use crate::oscal::{
    OscalDocument, OscalError, OscalModel, OscalOptions, component, finding, observation, response,
    results, risk, text,
};
use crate::{
    ActionItem, Assessment, EvidenceId, Gap, GapAnalysis, Level, Risk, RiskRegister, Subcategory,
};

const REMARKS: &str = "What is open after an assessment against NIST AI RMF 1.0: the open actions \
    of risks, then the gaps to the target profile, the first to be closed first. Milestones stand \
    with the remediations of risks.";

/// Writes what is to be done as an OSCAL plan of action and milestones.
///
/// - An item is an open action of a risk that is not closed, or an open gap to the target profile.
///   Gaps follow actions, by [`GapAnalysis::prioritized`], with their place in the prop `rank`.
/// - Beside them stand the findings of these gaps, the observations that the findings rest on, and
///   the open risks that have open actions or bear on one of these gaps.
/// - Days by which something is due are milestones of a risk's remediations, and props of an item.
///
/// # Errors
///
/// [`OscalError::NothingOpen`], and [`OscalError::Year`] for a time after 2999.
pub fn plan_of_action(
    assessment: &Assessment,
    register: Option<&RiskRegister>,
    options: &OscalOptions,
) -> Result<OscalDocument, OscalError> {
    let analysis = assessment.target();
    let analysis = analysis.map(|target| GapAnalysis::between(assessment.current(), target));
    let analysis = analysis.transpose();
    let analysis = analysis.map_err(|source| OscalError::Scale { source })?;
    let gaps = analysis.as_ref();
    let gaps = gaps.map_or_else(Vec::new, |analysis| analysis.prioritized(register));
    let mut export = Export::new(options, results::content(assessment, register));
    let document = Plan::new(assessment, register, gaps).write(&mut export)?;
    Ok(OscalDocument::new(
        OscalModel::PlanOfActionAndMilestones,
        document.maybe("back-matter", export.back_matter()).into(),
    ))
}

/// Holds what a plan is made of.
struct Plan<'a> {
    assessment: &'a Assessment,
    register: Option<&'a RiskRegister>,
    gaps: Vec<&'a Gap>,
    /// The subcategories of gaps that have a finding.
    found: BTreeSet<Subcategory>,
    links: Links<'a>,
    risks: Vec<&'a Risk>,
}

impl<'a> Plan<'a> {
    fn new(
        assessment: &'a Assessment,
        register: Option<&'a RiskRegister>,
        gaps: Vec<&'a Gap>,
    ) -> Self {
        let open: BTreeSet<_> = gaps.iter().map(|gap| gap.subcategory()).collect();
        let rated = gaps.iter().filter(|gap| gap.current().is_some());
        let wanted = |risk: &Risk| {
            let bears = risk.subcategories().iter().any(|it| open.contains(it));
            !risk.status().is_closed() && (bears || open_actions(risk).next().is_some())
        };
        let risks = register.into_iter().flat_map(RiskRegister::risks);
        Self {
            found: rated.map(|gap| gap.subcategory()).collect(),
            links: Links::new(assessment, register, wanted),
            risks: risks.filter(|risk| wanted(risk)).collect(),
            assessment,
            register,
            gaps,
        }
    }

    fn write(&self, export: &mut Export<'_>) -> Result<Object, OscalError> {
        let assessment = self.assessment;
        let mut items = Vec::new();
        for risk in &self.risks {
            items.extend(open_actions(risk).map(|action| self.of_action(export, risk, action)));
        }
        let gaps = (1..).zip(&self.gaps);
        items.extend(gaps.map(|(rank, gap)| self.of_gap(export, rank, gap)));
        if items.is_empty() {
            return Err(OscalError::NothingOpen);
        }
        let mut risks = Vec::new();
        if let Some(register) = self.register {
            let all = self.risks.iter();
            let all = all.map(|it| risk::risk(export, register, it));
            risks = all.collect::<Result<_, _>>()?;
        }
        let findings = self.found.iter();
        let findings =
            findings.filter_map(|it| finding::finding(export, assessment, &self.links, *it));
        let findings = findings.collect();
        let observations = self.observations(export)?;
        let component = component::component(export, assessment.subject());
        results::describe(export, assessment, self.register);
        let subject = component::named(assessment.subject());
        let title = format!("Plan of action and milestones for {subject}");
        Ok(export
            .begin(OscalModel::PlanOfActionAndMilestones, &title, REMARKS)?
            .set("system-id", system_id(export, assessment))
            .set("local-definitions", json!({"components": [component]}))
            .list("observations", observations)
            .list("risks", risks)
            .list("findings", findings)
            .set("poam-items", items))
    }

    fn observations(&self, export: &mut Export<'_>) -> Result<Vec<Value>, OscalError> {
        let mut wanted: BTreeSet<&EvidenceId> = BTreeSet::new();
        for subcategory in &self.found {
            let determination = self.assessment.determination(*subcategory);
            wanted.extend(self.links.evidence(*subcategory, determination).into_keys());
        }
        let evidence = self.assessment.evidence();
        let evidence = evidence.filter(|(id, _)| wanted.contains(id));
        let observations = evidence.map(|(id, it)| observation::observation(export, id, it));
        observations.collect()
    }

    fn of_action(&self, export: &mut Export<'_>, risk: &Risk, action: &ActionItem) -> Value {
        let props = response::of_state(export.props(), action);
        let owner = action.owner();
        let owner = owner.map(|owner| export.origin(owner, Role::ActionOwner));
        let found = risk.subcategories().intersection(&self.found);
        let found = found.map(|it| json!({"finding-uuid": finding::uuid(export, *it)}));
        Object::new()
            .set(
                "uuid",
                export.uuid("poam-item", &format!("action {}", action.id())),
            )
            .set("title", response::headline(action))
            .set("description", text::prose(action.description().as_str()))
            .list("props", props.add("risk-id", risk.id()).done())
            .list("origins", owner.into_iter().collect())
            .list("related-findings", found.collect())
            .set(
                "related-risks",
                json!([{"risk-uuid": risk::uuid(export, risk.id())}]),
            )
            .into()
    }

    fn of_gap(&self, export: &mut Export<'_>, rank: usize, gap: &Gap) -> Value {
        let subcategory = gap.subcategory();
        let now = gap.current().map(Level::name);
        let mut props = export
            .props()
            .add("rank", rank)
            .add("subcategory", subcategory)
            .add("gap", gap.state().name())
            .maybe("current-rating", now);
        let mut remarks = None;
        if let Some(goal) = gap.goal() {
            props = finding::of_goal(props, goal);
            remarks = goal.rationale().map(|why| text::prose(why.as_str()));
        }
        let found = self.found.contains(&subcategory);
        let found = found.then(|| json!({"finding-uuid": finding::uuid(export, subcategory)}));
        let risks = self.links.risks(subcategory).iter();
        let risks = risks.map(|id| json!({"risk-uuid": risk::uuid(export, id)}));
        let title = match now {
            None => format!("Assess {subcategory}"),
            Some(_) => format!("Close the gap at {subcategory}"),
        };
        Object::new()
            .set(
                "uuid",
                export.uuid("poam-item", &format!("gap {subcategory}")),
            )
            .set("title", title)
            .set("description", subcategory.summary())
            .list("props", props.done())
            .list("related-findings", found.into_iter().collect())
            .list("related-risks", risks.collect())
            .maybe("remarks", remarks)
            .into()
    }
}

fn open_actions(risk: &Risk) -> impl Iterator<Item = &ActionItem> {
    let actions = risk.treatment().actions().iter();
    actions.filter(|action| action.state().is_open())
}

/// Names the system as the options do, or else by its name.
fn system_id(export: &Export<'_>, assessment: &Assessment) -> Value {
    let options = export.options();
    let namespace = options.namespace().trim_end_matches('/');
    let name = || text::line(assessment.subject().name().as_str());
    let id = options.system_id().map_or_else(name, str::to_owned);
    json!({"identifier-type": format!("{namespace}/system"), "id": id})
}
