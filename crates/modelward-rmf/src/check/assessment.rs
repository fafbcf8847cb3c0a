use modelward_artifact::Date;

use crate::check::Run;
use crate::{
    BomRef, CheckCode, Determination, Evidence, EvidenceId, Function, GapAnalysis, GapState,
    Method, Place, Polarity, Rated, Resolution, Subcategory,
};

/// Checks what stands in the assessment alone.
pub(super) fn check(run: &mut Run<'_>) {
    whole(run);
    let rated = run.assessment.determinations();
    let rated = rated.filter_map(|(id, it)| Some((id, it.rated()?)));
    for (subcategory, rated) in rated {
        rating(run, subcategory, rated);
    }
    for (id, evidence) in run.assessment.evidence() {
        piece(run, id, evidence);
    }
    goals(run);
}

fn whole(run: &mut Run<'_>) {
    let assessment = run.assessment;
    let subject = assessment.subject();
    let assessed_at = assessment.assessed_at();
    if assessed_at > run.now {
        let message = format!("it is dated {assessed_at}, which is after {}", run.now);
        run.found(CheckCode::AssessmentInFuture, Place::Assessment, message);
    }
    let made = subject.bom().and_then(BomRef::timestamp);
    if let Some(made) = made.filter(|made| *made > assessed_at) {
        let message = format!("the ML-BOM was made {made}, after the assessment of {assessed_at}");
        run.found(
            CheckCode::AssessmentOlderThanBom,
            Place::Assessment,
            message,
        );
    }
    if let Some(owner) = subject.owner()
        && owner.is_same(assessment.assessor())
    {
        let message = format!("{owner} answers for the system and assessed it");
        run.found(CheckCode::AssessorIsOwner, Place::Assessment, message);
    }
    if assessment.independence().is_none() {
        let message = "it does not say how independent the assessor is";
        run.found(CheckCode::IndependenceUnknown, Place::Assessment, message);
    }
    if subject.digest().is_none() {
        let message = "its subject has no digest, so it may be of any version";
        run.found(CheckCode::SubjectUnbound, Place::Assessment, message);
    }
}

fn rating(run: &mut Run<'_>, subcategory: Subcategory, rated: &Rated) {
    let place = || Place::Subcategory(subcategory);
    let assessment = run.assessment;
    let scale = assessment.scale();
    let cited: Vec<_> = rated
        .evidence()
        .filter_map(|id| Some((id, assessment.evidence_of(id)?)))
        .collect();
    if rated.level() != scale.lowest().name() {
        supported(run, subcategory, rated, &cited);
    }
    let interviews = cited.iter().all(|(_, it)| it.method() == Method::Interview);
    if rated.level() == scale.highest().name() && interviews && !cited.is_empty() {
        let message = "the highest level rests on interviews alone";
        run.found(CheckCode::RatingByInterviewAlone, place(), message);
    }
    for (id, _) in cited
        .iter()
        .filter(|(_, it)| it.polarity(subcategory).is_none())
    {
        let message = format!("it cites {id}, which does not say to bear on it");
        run.found(CheckCode::EvidenceOffTopic, place(), message);
    }
    let map = || Function::Map.subcategories();
    if subcategory.depends_on_map() && map().all(|id| assessment.attainment(id).is_none()) {
        let message = "it measures what MAP identifies, and no subcategory of MAP is rated";
        run.found(CheckCode::MeasuredWithoutMap, place(), message);
    }
}

/// Checks a rating above the lowest level: something has to speak for it, and what speaks against it
/// has to be heeded.
fn supported(
    run: &mut Run<'_>,
    subcategory: Subcategory,
    rated: &Rated,
    cited: &[(&EvidenceId, &Evidence)],
) {
    let place = || Place::Subcategory(subcategory);
    let counts = |evidence: &Evidence| {
        evidence.is_current(run.now)
            && evidence.polarity(subcategory) != Some(Polarity::Contradicts)
    };
    if !cited.iter().any(|(_, evidence)| counts(evidence)) {
        let message = match cited.len() {
            0 => format!("level `{}` cites no evidence", rated.level()),
            cited => format!(
                "none of the {cited} pieces of evidence that level `{}` cites has not expired and speaks for it",
                rated.level()
            ),
        };
        run.found(CheckCode::RatingUnsupported, place(), message);
    }
    for (id, evidence) in run.assessment.evidence() {
        let against = evidence.polarity(subcategory) == Some(Polarity::Contradicts);
        if against && evidence.is_current(run.now) && !rated.cites(id) {
            let message = format!(
                "{id} speaks against level `{}` and is not cited",
                rated.level()
            );
            run.found(CheckCode::RatingContradicted, place(), message);
        }
    }
}

fn piece(run: &mut Run<'_>, id: &EvidenceId, evidence: &Evidence) {
    let place = || Place::Evidence(id.clone());
    let is_cited = run.cited.contains(id);
    if !is_cited {
        let message = "no rating cites it";
        run.found(CheckCode::EvidenceUnused, place(), message);
    }
    if evidence.collected() > run.assessment.assessed_at() {
        let message = format!(
            "it was collected {}, after the assessment",
            evidence.collected()
        );
        run.found(CheckCode::EvidenceInFuture, place(), message);
    }
    match evidence.expires() {
        Some(day) if day.is_over(run.now) => {
            let message = format!("it expired on {day}");
            run.found(CheckCode::EvidenceExpired, place(), message);
        }
        Some(day) if run.is_soon(day) => {
            let message = format!("it expires on {day}");
            run.found(CheckCode::EvidenceExpiring, place(), message);
        }
        _ => {}
    }
    resolve(run, id, evidence);
}

fn resolve(run: &mut Run<'_>, id: &EvidenceId, evidence: &Evidence) {
    let place = || Place::Evidence(id.clone());
    let Some(expected) = evidence.digest() else {
        if evidence.method() != Method::Interview {
            let message = "it has no digest, so nothing tells whether it changes";
            run.found(CheckCode::EvidenceWithoutDigest, place(), message);
        }
        return;
    };
    let Some(resolver) = run.resolver else {
        return;
    };
    match resolver.resolve(evidence) {
        Resolution::Found { digest } if digest == *expected => {}
        Resolution::Found { digest } => {
            let message = format!("expected {expected}, found {digest}");
            run.found(CheckCode::EvidenceChanged, place(), message);
        }
        Resolution::Missing => {
            let message = "it is not where it is kept";
            run.found(CheckCode::EvidenceMissing, place(), message);
        }
        Resolution::Unknown { reason } => {
            let message = format!("it could not be looked up: {reason}");
            run.found(CheckCode::EvidenceUnresolved, place(), message);
        }
    }
}

fn goals(run: &mut Run<'_>) {
    let Some(target) = run.assessment.target() else {
        let message = "it has no target profile to compare with";
        run.found(CheckCode::TargetMissing, Place::Assessment, message);
        return;
    };
    // An assessment has one scale for both.
    let Ok(gaps) = GapAnalysis::between(run.assessment.current(), target) else {
        return;
    };
    for gap in gaps.all() {
        let place = || Place::Subcategory(gap.subcategory());
        let stated = run.assessment.determination(gap.subcategory());
        let is_rated = matches!(stated, Determination::Rated(_));
        if gap.state() == GapState::NoGoal && is_rated {
            let message = "it is rated and has no goal";
            run.found(CheckCode::GoalMissing, place(), message);
        }
        if let Some(day) = gap
            .due()
            .filter(|day: &Date| gap.is_open() && day.is_over(run.now))
        {
            let message = format!("its goal was due on {day} and is not reached");
            run.found(CheckCode::GoalOverdue, place(), message);
        }
    }
}
