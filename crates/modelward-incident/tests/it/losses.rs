//! What exporters say became of every field of a record.

use std::collections::BTreeSet;

use modelward_artifact::Party;
use modelward_incident::export::aiid::{self, AiidOptions, PublishedAccount};
use modelward_incident::export::atlas::{self, AtlasOptions};
use modelward_incident::export::avid::{self, AvidOptions};
use modelward_incident::export::csaf::{self, CsafVersion};
use modelward_incident::export::markdown::{self, Duties, ReportStage};
use modelward_incident::export::stix::{self, StixDialect, StixOptions};
use modelward_incident::export::{Export, FieldLoss, LossStatus, cyclonedx, oecd, openvex};
use modelward_incident::{
    AffectedAsset, AssetKind, Compromise, EventKind, Incident, NewEvent, Released, ReportingRules,
    Tlp, WorkingCalendar,
};

use crate::csaf::request as csaf_request;
use crate::vex::cyclonedx::request as cyclonedx_request;
use crate::vex::openvex::request as openvex_request;
use crate::whole::whole;
use crate::{by, text};

/// Every kind of event, so that a new one is put into the incident that the tests tell.
const KINDS: [&str; 43] = [
    "action-confirmed",
    "action-taken",
    "asset-recorded",
    "assets-unknown",
    "authority-informed",
    "began",
    "classified",
    "closed",
    "containment-waived",
    "custody-recorded",
    "detected",
    "determined",
    "disclosed",
    "eradication-waived",
    "evidence-collected",
    "fact-answered",
    "harm-stated",
    "hold-lifted",
    "hold-placed",
    "impact-recorded",
    "linked",
    "moment-stated",
    "noted",
    "obligation-ruled-out",
    "obligation-tolled",
    "obligations-reviewed",
    "oecd-answered",
    "oecd-severity-stated",
    "opened",
    "order-lifted",
    "order-proposed",
    "order-signed-off",
    "phase-changed",
    "recovery-planned",
    "recovery-waived",
    "reopened",
    "report-recorded",
    "restored",
    "review-action-done",
    "review-held",
    "root-cause-stated",
    "severity-changed",
    "system-described",
];

/// Every field of the record that holds something, where a note of it is withheld.
const FIELDS: [&str; 71] = [
    "actions/down",
    "assets/eu/scorer/compromise",
    "assets/eu/scorer/kind",
    "assets/eu/scorer/name",
    "assets/eu/scorer/origin",
    "assets/eu/scorer/refs",
    "assets/weights/compromise",
    "assets/weights/inProduction",
    "assets/weights/kind",
    "assets/weights/name",
    "assets/weights/origin",
    "assets/weights/refs",
    "assets/weights/version",
    "assets/weights/window",
    "assetsUnknown",
    "authorityInformed",
    "began",
    "containmentWaived/eu/scorer",
    "cwes",
    "detections/0",
    "determination",
    "disclosures/0",
    "eradicationWaived",
    "evidence/shard/custody",
    "evidence/shard/digests",
    "evidence/shard/location",
    "evidence/shard/mediaType",
    "evidence/shard/size",
    "evidence/shard/title",
    "facts/aware",
    "facts/personal-data-breach",
    "harm",
    "hold",
    "id",
    "impacts/loans/affected",
    "impacts/loans/count",
    "impacts/loans/description",
    "impacts/loans/kind",
    "kinds",
    "links/0",
    "notes/0",
    "obligations/reports/told",
    "obligations/review",
    "obligations/ruledOut/another",
    "obligations/tolls/stopped",
    "oecdAnswers/6",
    "oecdSeverity",
    "orders/q1",
    "outcome",
    "phase",
    "preventedBy",
    "recoveries/weights",
    "recoveryWaived",
    "review",
    "rootCause",
    "severity",
    "summary",
    "systems/0/deployers",
    "systems/0/developers",
    "systems/0/name",
    "systems/0/purpose",
    "systems/0/version",
    "techniques/0/atlasVersion",
    "techniques/0/description",
    "techniques/0/id",
    "techniques/0/name",
    "techniques/0/tactic",
    "timeline",
    "title",
    "tlp",
    "withheld",
];

/// What documents for people ask and the record of that incident does not answer.
const QUESTIONS: [&str; 5] = [
    "7: recommendation",
    "9: patterns",
    "Contact",
    "contact",
    "cost",
];

/// What an exporter says: its name, every row, and the rows that are not direct.
struct Said {
    exporter: &'static str,
    losses: Vec<FieldLoss>,
    lost: Vec<FieldLoss>,
}

impl Said {
    /// Returns the fields of which it says something, each once and in order.
    fn fields(&self) -> Vec<&str> {
        let mut fields: Vec<_> = self.losses.iter().map(|it| it.field.as_str()).collect();
        assert!(fields.is_sorted_by(|one, other| one < other), "{fields:?}");
        if self.exporter.starts_with("markdown") {
            fields.retain(|it| !QUESTIONS.contains(it));
        }
        fields
    }

    fn of<T>(exporter: &'static str, export: &Export<T>) -> Self {
        Self {
            exporter,
            losses: export.losses().to_vec(),
            lost: export.lost().cloned().collect(),
        }
    }
}

fn exported(released: &Released) -> Vec<Said> {
    let today = "2026-11-26".parse().unwrap();
    let words = "On Monday our scorer refused loans to people of one town, since rows had been \
        forged by somebody whom nobody knows.";
    let account = PublishedAccount::new("https://example.org/scorer", "Forged rows", words, today);
    let account = account.and_then(|it| it.by("Jo Example")).unwrap();
    let submission = aiid::submission(released, &account, &AiidOptions::new(today)).unwrap();
    let study = atlas::case_study(released, &AtlasOptions::new()).unwrap();
    let options = AvidOptions::new(today);
    let report = avid::report(released, &options).unwrap();
    let vulnerability = avid::vulnerability(released, &options).unwrap();
    let [old, new] =
        CsafVersion::ALL.map(|it| csaf::advisory(released, &csaf_request(it)).unwrap());
    let component = cyclonedx::vex(released, &cyclonedx_request()).unwrap();
    let statement = openvex::document(released, &openvex_request()).unwrap();
    let bundle = |dialect| {
        let options = StixOptions::new(text("Acme")).with_dialect(dialect);
        stix::bundle(released, &options).unwrap()
    };
    let [prose, schema, draft] = StixDialect::ALL.map(bundle);
    let form = oecd::form(released, Some(&Party::new("Jo Example").unwrap()));
    let rules = ReportingRules::built_in();
    let calendar = WorkingCalendar::utc();
    let duties = Duties::new(rules, &calendar, by(2).now());
    let record = markdown::record(released, Some(duties));
    let stages = [ReportStage::Initial, ReportStage::Final];
    let [first, last] = stages.map(|stage| markdown::regulator(released, stage, None, &[]));
    let review = markdown::review(released, by(2).now());
    let sharing = markdown::sharing(released);
    vec![
        Said::of("aiid", &submission),
        Said::of("atlas", &study),
        Said::of("avid report", &report),
        Said::of("avid vulnerability", &vulnerability),
        Said::of("csaf 2.0", &old),
        Said::of("csaf 2.1", &new),
        Said::of("cyclonedx", &component),
        Said::of("markdown record", &record),
        Said::of("markdown report, initial", &first),
        Said::of("markdown report, final", &last),
        Said::of("markdown review", &review),
        Said::of("markdown checklist", &sharing),
        Said::of("oecd", &form),
        Said::of("openvex", &statement),
        Said::of("stix 2.1 by the text", &prose),
        Said::of("stix 2.1 by the schema", &schema),
        Said::of("stix 2.2", &draft),
    ]
}

#[test]
fn the_incident_has_every_kind_of_event() {
    let incident = whole();
    let kinds = incident.timeline().iter().map(|it| it.kind().name());
    let kinds: BTreeSet<_> = kinds.collect();
    assert_eq!(kinds, KINDS.into());
}

#[test]
fn every_exporter_says_of_every_field_once_what_became_of_it() {
    for said in exported(&whole().release(Tlp::Clear).unwrap()) {
        assert_eq!(said.fields(), FIELDS, "{}", said.exporter);
    }
}

#[test]
fn what_is_lost_is_what_is_not_direct_and_every_row_says_why() {
    for said in exported(&whole().release(Tlp::Clear).unwrap()) {
        let mut rest = said.losses.clone();
        rest.retain(|it| it.status != LossStatus::Direct);
        assert_eq!(said.lost, rest, "{}", said.exporter);
        assert!(rest.len() < said.losses.len(), "{}", said.exporter);
        for row in said.losses {
            assert!(!row.note.trim().is_empty(), "{}: {row:?}", said.exporter);
        }
    }
}

#[test]
fn what_is_withheld_is_no_field_but_that_something_is_withheld_is_one() {
    let [clear, red] = [Tlp::Clear, Tlp::Red].map(|level| whole().release(level).unwrap());
    for (clear, red) in exported(&clear).iter().zip(exported(&red)) {
        let has = |said: &Said, field| said.fields().contains(&field);
        assert!(has(clear, "withheld") && !has(clear, "notes/1"));
        assert!(has(&red, "notes/1") && !has(&red, "withheld"));
    }
}

#[test]
fn what_a_later_event_ended_is_of_the_timeline_alone() {
    let mut incident = whole();
    let reason = text("it came back");
    let reopened = NewEvent::new(EventKind::Reopened { reason }).marked(Tlp::Clear);
    incident.record(reopened, &by(2)).unwrap();
    let why = text("copied");
    let lifted = NewEvent::new(EventKind::HoldLifted { why }).marked(Tlp::Clear);
    incident.record(lifted, &by(2)).unwrap();
    let gone = [
        "containmentWaived/eu/scorer",
        "eradicationWaived",
        "hold",
        "obligations/review",
        "outcome",
        "recoveryWaived",
        "review",
    ];
    let left: Vec<_> = FIELDS.into_iter().filter(|it| !gone.contains(it)).collect();
    for said in exported(&incident.release(Tlp::Clear).unwrap()) {
        let mut expected = left.clone();
        // The document of that name asks for it.
        expected.extend((said.exporter == "markdown review").then_some("review"));
        expected.sort_unstable();
        assert_eq!(said.fields(), expected, "{}", said.exporter);
    }
}

#[test]
fn a_name_with_slashes_is_not_taken_for_a_part_of_another() {
    let mut incident: Incident = whole();
    let reason = text("it came back");
    let reopened = NewEvent::new(EventKind::Reopened { reason }).marked(Tlp::Clear);
    incident.record(reopened, &by(2)).unwrap();
    for id in ["eu", "eu/scorer/name", "eu/scorer/version"] {
        let cleared = AffectedAsset::new(id.parse().unwrap(), AssetKind::Model, text("eu"));
        let cleared = EventKind::AssetRecorded(cleared.with_compromise(Compromise::Cleared));
        let cleared = NewEvent::new(cleared).marked(Tlp::Clear);
        incident.record(cleared, &by(2)).unwrap();
    }
    let released = incident.release(Tlp::Clear).unwrap();
    let report = avid::report(&released, &AvidOptions::new("2026-11-26".parse().unwrap()));
    let report = report.unwrap();
    let status = |field: &str| {
        let mut losses = report.losses().iter();
        losses.find(|it| it.field == field).map(|it| it.status)
    };
    for field in [
        "assets/eu/name",
        "assets/eu/scorer/name/name",
        "assets/eu/scorer/version/name",
    ] {
        assert_eq!(status(field), Some(LossStatus::Unmapped), "{field}");
    }
    assert_eq!(status("assets/eu/scorer/name"), Some(LossStatus::Direct));
}
