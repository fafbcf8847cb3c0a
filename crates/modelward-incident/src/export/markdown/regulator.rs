use modelward_artifact::Text;
use modelward_artifact::escape::Markdown;

use super::fields::{losses, unanswered};
use super::writer::Writer;
use super::{DRAFT_NOTICE, ReportStage, begin, duties, label, response, things, words};
use crate::export::ledger::Told;
use crate::export::{Export, FieldLoss, LossStatus};
use crate::{
    AssetKind, Event, EventKind, Harm, Incident, IncidentId, Moment, NearMissPattern, Phase,
    Released, TimeSpec, near_miss_patterns,
};

/// From how many near misses on they are a pattern.
const PATTERN: usize = 2;

/// Holds what is written, and every question without an answer.
struct Draft<'a> {
    out: Writer,
    incident: &'a Incident,
    open: Vec<FieldLoss>,
}

/// Writes the document.
pub(super) fn write(
    released: &Released,
    stage: ReportStage,
    recommendation: Option<&Text>,
    near_misses: &[Released],
) -> Export<String> {
    let mut draft = Draft {
        out: begin(released, "Report of a serious incident"),
        incident: released.incident(),
        open: Vec::new(),
    };
    draft.head(stage);
    draft.dates();
    draft.harm();
    draft.chain();
    draft.model();
    draft.material();
    draft.response();
    draft.recommendation(recommendation);
    let mut told = TOLD.to_vec();
    if stage == ReportStage::Initial {
        draft.out.say("Items 8 and 9 come with the final report.");
        told.push((
            "rootCause",
            LossStatus::Unmapped,
            "comes with the final report",
        ));
    } else {
        draft.cause();
        draft.patterns(released, near_misses);
        told.push(("rootCause", LossStatus::Direct, "item 8"));
    }
    label(&mut draft.out, released);
    let losses = losses(released, &told, draft.open);
    Export::new(draft.out.finish(), losses)
}

impl Draft<'_> {
    fn head(&mut self, stage: ReportStage) {
        let (out, incident) = (&mut self.out, self.incident);
        out.say(DRAFT_NOTICE);
        out.say(match stage {
            ReportStage::Initial => "Initial report: items 1 to 7, as far as they are known.",
            ReportStage::Final => "Final report: items 1 to 9.",
        });
        if incident.is_partial() {
            out.say("Something of the record is withheld at this label.");
        }
        out.heading(2, "What decides who has to be told");
        duties::facts(out, incident);
        out.heading(2, "Reports sent so far");
        let sent = incident
            .timeline()
            .iter()
            .filter_map(|event| match event.kind() {
                EventKind::ReportRecorded { .. } | EventKind::AuthorityInformed { .. } => Some([
                    Markdown::text(&event.recorded_at().to_string()),
                    Markdown::text(&words::of(event.kind())),
                ]),
                _ => None,
            });
        out.table(["Recorded", "What"], sent);
        self.open.push(unanswered(
            "contact",
            "the record does not hold who sends the report and how to reach them",
        ));
    }

    fn dates(&mut self) {
        self.out.heading(2, "1. Dates");
        let incident = self.incident;
        let began = incident.began().map(|it| it.to_string());
        let ended = incident.facts().time(Moment::Resolved);
        let ended = ended.or_else(|| incident.entered(Phase::PostIncident));
        let aware = incident.facts().time(Moment::Aware);
        let rows = [
            ("Began", began, "1: begin"),
            ("Ended", ended.map(|at| at.to_string()), "1: end"),
            (
                "We became aware",
                aware.map(|at| at.to_string()),
                "1: awareness",
            ),
            ("Record opened", Some(incident.opened_at().to_string()), ""),
        ];
        for (_, at, question) in &rows {
            if at.is_none() {
                self.open
                    .push(unanswered(question, "the record does not say when"));
            }
        }
        let rows = rows.map(|(moment, at, _)| {
            let at = at.unwrap_or_else(|| "not known so far".to_owned());
            [Markdown::ours(moment), Markdown::text(&at)]
        });
        self.out.table(["Moment", "Time"], rows);
    }

    fn harm(&mut self) {
        self.out.heading(2, "2. Harm, and who was harmed");
        let (harm, severity) = (self.incident.harm(), self.incident.severity());
        let determination = self.incident.determination();
        let words = format!("Harm: {harm}. Severity: {severity}. Determination: {determination}.");
        self.out.paragraph(&Markdown::text(&words));
        things::impacts(&mut self.out, self.incident);
        if self.incident.impacts().is_empty() && self.incident.harm() != Harm::None {
            self.ask("2: harm", "no impact is recorded");
        }
    }

    fn chain(&mut self) {
        self.out.heading(2, "3. Chain of events");
        if let Some(summary) = self.incident.summary() {
            self.out.paragraph(&Markdown::text(summary.as_str()));
        }
        things::techniques(&mut self.out, self.incident);
        let events = self.incident.timeline().iter();
        let mut events: Vec<_> = events
            .filter(|event| event.occurred().is_some() || is_of_the_chain(event.kind()))
            .collect();
        events.sort_by_key(|event| (when(event).at(), event.seq()));
        let rows = events.into_iter().map(|event| {
            [&when(event).to_string(), words::of(event.kind()).as_str()].map(Markdown::text)
        });
        self.out.table(["When", "What"], rows);
    }

    fn model(&mut self) {
        self.out.heading(2, "4. The model involved");
        let is_model = |kind| matches!(kind, AssetKind::Model | AssetKind::Adapter);
        let models = self.incident.assets().values();
        let models: Vec<_> = models.filter(|asset| is_model(asset.kind)).collect();
        things::systems(&mut self.out, self.incident);
        if models.is_empty() {
            self.ask("4: model", "no model is named among the affected assets");
        } else {
            things::assets(&mut self.out, models);
        }
    }

    fn material(&mut self) {
        self.out
            .heading(2, "5. What shows that the model was involved");
        things::detections(&mut self.out, self.incident);
        things::evidence(&mut self.out, self.incident);
        if self.incident.evidence().is_empty() && self.incident.detections().is_empty() {
            self.ask(
                "5: material",
                "neither evidence nor a detection is recorded",
            );
        }
    }

    fn response(&mut self) {
        self.out.heading(2, "6. What was done and is intended");
        response::actions(&mut self.out, self.incident);
        response::orders(&mut self.out, self.incident);
        response::recoveries(&mut self.out, self.incident);
        response::hold(&mut self.out, self.incident);
        if self.incident.actions().is_empty() {
            self.ask("6: response", "no action is recorded");
        }
    }

    fn recommendation(&mut self, recommendation: Option<&Text>) {
        self.out
            .heading(2, "7. What is recommended to the authority");
        match recommendation {
            Some(text) => self.out.paragraph(&Markdown::text(text.as_str())),
            None => self.ask(
                "7: recommendation",
                "the record has no field for it; the sender writes it",
            ),
        }
    }

    fn cause(&mut self) {
        self.out.heading(2, "8. Root cause");
        if !response::root_cause(&mut self.out, self.incident) {
            self.ask("8: root cause", "no root cause is stated");
        }
    }

    fn patterns(&mut self, released: &Released, near_misses: &[Released]) {
        self.out.heading(2, "9. Patterns, near misses among them");
        let near = near_misses.iter();
        let (near, above): (Vec<_>, Vec<_>) = near.partition(|it| it.level() <= released.level());
        let patterns = near_miss_patterns(near.iter().map(|it| it.incident()), PATTERN);
        if !above.is_empty() {
            let note = format!(
                "{} near misses were released above {}",
                above.len(),
                released.level()
            );
            self.open
                .push(FieldLoss::new("9: near misses", LossStatus::Partial, note));
        }
        let header = ["Kind", "Technique", "Near misses", "Prevented by"];
        self.out.table(header, patterns.iter().map(pattern));
        if patterns.is_empty() {
            self.ask(
                "9: patterns",
                "no pattern among the near misses that were given",
            );
        }
    }

    fn ask(&mut self, question: &'static str, why: &'static str) {
        self.out.say("Not known so far.");
        self.open.push(unanswered(question, why));
    }
}

fn pattern(it: &NearMissPattern) -> [Markdown; 4] {
    let technique = it
        .technique
        .map_or_else(|| "none stated".to_owned(), |id| id.to_string());
    let ids: Vec<_> = it.incidents.iter().map(IncidentId::as_str).collect();
    let prevented = it
        .prevented_by
        .iter()
        .map(|text| Markdown::text(text.as_str()));
    [
        Markdown::text(it.kind.name()),
        Markdown::text(&technique),
        Markdown::text(&ids.join(", ")),
        Markdown::joined(prevented, "<br>"),
    ]
}

/// Says when what an event says was.
fn when(event: &Event) -> TimeSpec {
    match event.kind() {
        EventKind::Began { at } => *at,
        _ => event.time(),
    }
}

/// Tells whether an event is part of what happened and not of how it is administered.
const fn is_of_the_chain(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::ActionConfirmed { .. }
            | EventKind::AssetRecorded(_)
            | EventKind::Began { .. }
            | EventKind::Closed { .. }
            | EventKind::Detected(_)
            | EventKind::ImpactRecorded(_)
            | EventKind::Opened(_)
            | EventKind::PhaseChanged { .. }
            | EventKind::Reopened { .. }
            | EventKind::Restored(_)
    )
}

const TOLD: [Told<'_>; 23] = [
    ("id", LossStatus::Direct, "heading"),
    ("title", LossStatus::Direct, "heading"),
    ("summary", LossStatus::Direct, "item 3"),
    ("kinds", LossStatus::Direct, "item 3"),
    ("techniques", LossStatus::Direct, "item 3"),
    ("severity", LossStatus::Direct, "item 2"),
    ("harm", LossStatus::Direct, "item 2"),
    ("determination", LossStatus::Direct, "item 2"),
    ("began", LossStatus::Direct, "item 1"),
    ("phase", LossStatus::Direct, "item 3"),
    (
        "facts",
        LossStatus::Direct,
        "What decides who has to be told",
    ),
    ("systems", LossStatus::Direct, "item 4"),
    (
        "assets",
        LossStatus::Partial,
        "item 4 has the models, item 3 names the others",
    ),
    ("evidence", LossStatus::Direct, "item 5"),
    ("detections", LossStatus::Partial, "item 5, one line each"),
    ("impacts", LossStatus::Direct, "item 2"),
    ("actions", LossStatus::Direct, "item 6"),
    ("orders", LossStatus::Direct, "item 6"),
    ("hold", LossStatus::Direct, "item 6"),
    (
        "authorityInformed",
        LossStatus::Direct,
        "Reports sent so far",
    ),
    (
        "obligations/reports/*",
        LossStatus::Direct,
        "Reports sent so far",
    ),
    ("recoveries", LossStatus::Direct, "item 6"),
    ("timeline", LossStatus::Partial, "item 3 has what happened"),
];
