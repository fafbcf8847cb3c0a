//! The third chapter: what is learned, and by whom it is done.

use modelward::incident::{
    CloseOutcome, EventKind, Link, LinkRelation, OecdCriterion, OecdSeverity, PostIncidentReview,
    ReportingRules, ReviewAction,
};

use crate::desk::Desk;
use crate::people::People;
use crate::{Failure, chapter};

/// Where the public was told.
pub(crate) const NOTICE: &str = "https://dermalyse.example/notices/2026-0031";

pub(crate) fn tell(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    chapter(
        "reviewed",
        "Everything that is to be done has an owner and a day.",
    );
    let resolved = EventKind::Closed {
        outcome: CloseOutcome::Resolved,
        reason: "restored, watched and reviewed".parse()?,
    };
    desk.refused("2026-09-28T09:00:00Z", &people.cy, resolved.clone())?;
    let review = EventKind::ReviewHeld(held(people)?);
    desk.publish("2026-09-28T10:00:00Z", &people.cy, review)?;
    judged(desk, people)?;
    let now = "2026-09-28T10:20:00Z";
    let rules = ReportingRules::built_in();
    let review = desk.incident()?.review_obligations(rules, now.parse()?)?;
    desk.record(now, &people.cy, EventKind::ObligationsReviewed(review))?;
    desk.publish("2026-09-28T10:30:00Z", &people.cy, resolved)
}

/// What only a person can say: the severity in the words of the OECD, and what no field holds.
fn judged(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    let severity = EventKind::OecdSeverityStated {
        to: OecdSeverity::SeriousIncident,
        reason: "The health of a person was harmed.".parse()?,
    };
    desk.publish("2026-09-28T10:10:00Z", &people.cy, severity)?;
    for (number, answer) in [
        (6, "Ireland"),
        (17, "Human health activities (ISIC 86)"),
        (26, "A physician decides on every image"),
    ] {
        let answered = EventKind::OecdAnswered {
            criterion: OecdCriterion::new(number)?,
            answer: answer.parse()?,
        };
        desk.publish("2026-09-28T10:12:00Z", &people.cy, answered)?;
    }
    let notice = Link::new(LinkRelation::Related, NOTICE.parse()?)
        .with_title("A ruler fooled LesionSort".parse()?);
    desk.publish(
        "2026-09-28T10:15:00Z",
        &people.cy,
        EventKind::Linked(notice),
    )
}

fn held(people: &People) -> Result<PostIncidentReview, Failure> {
    let People { ada, bo, cy } = people;
    let what = "Two people look at the labels of every new account.".parse()?;
    let labels = ReviewAction::new("labels".parse()?, what, bo.clone(), "2026-10-31".parse()?);
    let what = "The lineage of every model names its shards by digest.".parse()?;
    let lineage = ReviewAction::new("lineage".parse()?, what, ada.clone(), "2026-11-30".parse()?);
    let summary = "Data from outside went into training without anyone looking at it.".parse()?;
    Ok(PostIncidentReview::new(summary)
        .went_well("The monitor of scores raised the alarm within a week.".parse()?)
        .went_well("The version before was kept, signed and at hand.".parse()?)
        .went_badly("Nobody knew which models had learned from which shard.".parse()?)
        .with_action(labels)
        .with_action(lineage)
        .with_participant(ada.clone())
        .with_participant(bo.clone())
        .with_participant(cy.clone()))
}
