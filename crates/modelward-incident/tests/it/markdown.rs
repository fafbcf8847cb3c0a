//! Documents for people, read as others would read them.

use modelward_artifact::{Digest, Party};
use modelward_incident::export::markdown::{self, DRAFT_NOTICE, Duties, ReportStage};
use modelward_incident::export::{Export, LossStatus};
use modelward_incident::{
    Answer, EventKind, Fact, Harm, Impact, ImpactKind, Incident, IncidentKind, Moment, NewEvent,
    Opening, REMINDER_NOTICE, Released, ReportingRules, RootCause, Severity, Tlp, WorkingCalendar,
};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{by, opened, text, weights};

/// What a reader of Markdown finds in a document.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) titles: Vec<String>,
    pub(crate) headings: Vec<String>,
    pub(crate) text: String,
    pub(crate) tasks: Vec<bool>,
    tables: usize,
}

/// Reads a document and fails on everything that none of ours has.
pub(crate) fn read(markdown: &str) -> Read {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_WIKILINKS;
    let mut read = Read::default();
    let mut heading: Option<(HeadingLevel, String)> = None;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
            Event::End(TagEnd::Heading(_)) => match heading.take().unwrap() {
                (HeadingLevel::H1, words) => read.titles.push(words),
                (_, words) => read.headings.push(words),
            },
            Event::Text(words) => {
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(&words);
                }
                read.text.push_str(&words);
            }
            Event::InlineHtml(html) if &*html == "<br>" => read.text.push('\n'),
            Event::TaskListMarker(is_done) => read.tasks.push(is_done),
            Event::Start(Tag::Table(_)) => read.tables += 1,
            Event::Start(
                Tag::Paragraph
                | Tag::List(None)
                | Tag::Item
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            Event::End(_) => read.text.push('\n'),
            other => panic!("{other:?} in {markdown}"),
        }
    }
    assert_eq!(read.titles.len(), 1, "{:?} in {markdown}", read.titles);
    assert_eq!(read.tables, tables(markdown), "{markdown}");
    read
}

/// Counts the tables, each of which has as many cells in every row as in its head.
fn tables(markdown: &str) -> usize {
    let mut tables = 0;
    let mut width = None;
    for line in markdown.lines() {
        let cells = line
            .starts_with('|')
            .then(|| line.replace("\\|", "").matches('|').count());
        match (width, cells) {
            (None, Some(_)) => tables += 1,
            (Some(width), Some(cells)) => assert_eq!(width, cells, "{line}"),
            _ => {}
        }
        width = cells;
    }
    tables
}

fn released(incident: &Incident) -> Released {
    incident.release(Tlp::Amber).unwrap()
}

fn lost(export: &Export<String>) -> Vec<&str> {
    export.lost().map(|loss| loss.field.as_str()).collect()
}

#[test]
fn a_title_cannot_act() {
    let title = text("# a | b\r## c\n<script>x</script> [l](http://x.y) `d` \u{202e}e");
    let opening = Opening::new(title, IncidentKind::DriftData, Severity::Low);
    let incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    let document = markdown::record(&released(&incident), None).into_document();
    let first = document.lines().next().unwrap();
    assert_eq!(
        first,
        "# Incident INC-1: \\# a \\| b \\#\\# c &lt;script&gt;x&lt;/script&gt; \
         \\[l\\](http\\://x.y) \\`d\\` \\\\u{202e}e"
    );
    let read = read(&document);
    assert!(
        read.titles[0].ends_with("`d` \\u{202e}e"),
        "{:?}",
        read.titles
    );
}

#[test]
fn every_document_begins_and_ends_with_its_label() {
    let released = released(&opened());
    let documents = [
        markdown::record(&released, None),
        markdown::regulator(&released, ReportStage::Initial, None, &[]),
        markdown::regulator(&released, ReportStage::Final, None, &[]),
        markdown::review(&released, by(0).now()),
        markdown::sharing(&released),
    ];
    for export in documents {
        let document = export.document();
        assert_eq!(document.lines().nth(2), Some("TLP:AMBER"), "{document}");
        assert!(document.ends_with("\n\nTLP:AMBER\n"), "{document}");
        read(document);
        let fields: Vec<_> = export.losses().iter().map(|loss| &loss.field).collect();
        assert!(fields.contains(&&"severity".to_owned()), "{fields:?}");
    }
}

#[test]
fn reports_that_are_due_stand_in_the_record_with_the_notice() {
    let mut incident = opened();
    let (fact, answer) = (Fact::PersonalDataBreach, Answer::Yes);
    incident
        .record(EventKind::FactAnswered { fact, answer }, &by(1))
        .unwrap();
    let (moment, at) = (Moment::Aware, by(0).now());
    incident
        .record(EventKind::MomentStated { moment, at }, &by(1))
        .unwrap();
    let calendar = WorkingCalendar::utc();
    let now = "2026-11-27T00:00:00Z".parse().unwrap();
    let duties = Duties::new(ReportingRules::built_in(), &calendar, now);
    let export = markdown::record(&released(&incident), Some(duties));
    let document = export.document();
    assert!(document.contains(REMINDER_NOTICE), "{document}");
    let row = document
        .lines()
        .find(|line| line.starts_with("| gdpr/33 |"))
        .unwrap();
    assert!(
        row.contains("| overdue | 2026-11-26T10:00:00Z<br>by working days: "),
        "{row}"
    );
    let without = markdown::record(&released(&incident), None).into_document();
    assert!(
        without.contains("No reporting rules were given"),
        "{without}"
    );
}

#[test]
fn what_is_withheld_is_listed_and_not_told() {
    let mut incident = opened();
    let note = NewEvent::new(crate::note("the customer is Acme")).marked(Tlp::Red);
    incident.record(note, &by(1)).unwrap();
    let asset = NewEvent::new(EventKind::AssetRecorded(weights())).field("/name", Tlp::Red);
    incident.record(asset.unwrap(), &by(1)).unwrap();
    let asset = NewEvent::new(EventKind::AssetRecorded(weights())).field("/refs", Tlp::Red);
    incident.record(asset.unwrap(), &by(1)).unwrap();
    let export = markdown::record(&released(&incident), None);
    let document = export.document();
    for row in ["| 1 | the event |", "| 2 | the event |", "| 3 | /refs |"] {
        assert!(document.contains(row), "{row} {document}");
    }
    assert!(
        !document.contains("Acme") && !document.contains("pkg:"),
        "{document}"
    );
    assert!(lost(&export).contains(&"withheld"));
    let again = released(&incident);
    let again = again.incident().release(Tlp::Amber).unwrap();
    let document = markdown::record(&again, None).into_document();
    assert!(document.contains("had not all of: 1, 2, 3."), "{document}");
}

#[test]
fn a_report_says_what_is_not_known() {
    let released = released(&opened());
    let first = markdown::regulator(&released, ReportStage::Initial, None, &[]);
    let document = first.document();
    assert!(document.contains(DRAFT_NOTICE));
    let items: Vec<_> = read(document)
        .headings
        .into_iter()
        .filter(|it| it.starts_with(char::is_numeric))
        .collect();
    let numbers: Vec<_> = items.iter().map(|item| &item[..2]).collect();
    assert_eq!(numbers, ["1.", "2.", "3.", "4.", "5.", "6.", "7."]);
    assert!(
        document.contains("| Began | not known so far |"),
        "{document}"
    );
    let lost = lost(&first);
    for question in [
        "1: begin",
        "1: end",
        "1: awareness",
        "2: harm",
        "4: model",
        "5: material",
        "6: response",
        "7: recommendation",
        "contact",
    ] {
        assert!(lost.contains(&question), "{question} {lost:?}");
    }
    let all = markdown::regulator(&released, ReportStage::Final, None, &[]);
    let headings = read(all.document()).headings;
    assert!(
        headings.iter().any(|it| it == "8. Root cause"),
        "{headings:?}"
    );
    assert!(
        headings.iter().any(|it| it.starts_with("9. Patterns")),
        "{headings:?}"
    );
    assert!(all.lost().any(|loss| loss.field == "8: root cause"));
}

fn near(id: &str, level: Tlp) -> Released {
    let opening = Opening::new(text("nearly"), IncidentKind::DriftData, Severity::Low);
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    let mut incident = Incident::open(id.parse().unwrap(), opening, &by(0)).unwrap();
    let harm = EventKind::HarmStated {
        to: Harm::NearMiss,
        reason: text("the canary failed"),
        prevented_by: vec![text("canary | deployment")],
    };
    incident
        .record(NewEvent::new(harm).marked(Tlp::Clear), &by(1))
        .unwrap();
    incident.release(level).unwrap()
}

#[test]
fn a_final_report_has_cause_patterns_and_what_the_sender_recommends() {
    let mut incident = opened();
    let cause = RootCause::Known {
        cause: text("a crawl took what anybody may edit"),
    };
    incident
        .record(EventKind::RootCauseStated(cause), &by(1))
        .unwrap();
    let impact = Impact::new(
        "dose".parse().unwrap(),
        ImpactKind::Physical,
        text("a wrong dose"),
    );
    let impact = impact.with_affected(text("patients")).with_count(3);
    incident
        .record(EventKind::ImpactRecorded(impact), &by(1))
        .unwrap();
    let near = [
        near("INC-2", Tlp::Amber),
        near("INC-3", Tlp::Green),
        near("INC-4", Tlp::Red),
    ];
    let advice = text("Warn those who use the same crawl.");
    let export = markdown::regulator(
        &released(&incident),
        ReportStage::Final,
        Some(&advice),
        &near,
    );
    let document = export.document();
    for part in [
        "| dose | physical | a wrong dose | patients | 3 |",
        "a crawl took what anybody may edit",
        "Warn those who use the same crawl.",
        "| drift/data | none stated | INC-2, INC-3 | canary \\| deployment |",
    ] {
        assert!(document.contains(part), "{part} {document}");
    }
    // The one that was released above the label of the report is left out, and that is said.
    assert!(!document.contains("INC-4"), "{document}");
    let loss = export
        .lost()
        .find(|loss| loss.field == "9: near misses")
        .unwrap();
    assert_eq!(loss.status, LossStatus::Partial);
    assert!(
        !lost(&export)
            .iter()
            .any(|field| field.starts_with('7') || field.starts_with('8'))
    );
}

#[test]
fn a_review_says_who_does_what_until_when() {
    let without = markdown::review(&released(&opened()), by(0).now());
    assert!(without.document().contains("No review is recorded."));
    assert!(lost(&without).contains(&"review"));

    let owner = Party::new("Ada | Example")
        .unwrap()
        .with_role("lead")
        .unwrap();
    let action = |id: &str, due: &str| {
        let (id, due) = (id.parse().unwrap(), due.parse().unwrap());
        modelward_incident::ReviewAction::new(id, text("pin by digest"), owner.clone(), due)
    };
    let review = modelward_incident::PostIncidentReview::new(text("the crawl is not trusted"))
        .went_well(text("the alarm"))
        .went_badly(text("the telephone"))
        .with_action(action("pin", "2026-11-25"))
        .with_action(action("log", "2026-12-24"))
        .with_participant(owner.clone());
    let incident = crate::incident::reviewed(review);
    let now = "2026-11-26T00:00:00Z".parse().unwrap();
    let export = markdown::review(&released(&incident), now);
    let document = export.document();
    for part in [
        "| pin | pin by digest | Ada \\| Example, lead | 2026-11-25 | overdue |",
        "| log | pin by digest | Ada \\| Example, lead | 2026-12-24 | open |",
        "| Went badly | the telephone |",
        ", 0 days after recovery was over.",
        "| Began | not known, or not so far |",
    ] {
        assert!(document.contains(part), "{part} {document}");
    }
    assert!(!lost(&export).contains(&"review"));
}

#[test]
fn a_checklist_ticks_what_the_record_holds() {
    let empty = markdown::sharing(&released(&opened()));
    assert_eq!(
        read(empty.document()).tasks,
        [false, false, false, false, true, false]
    );
    assert!(
        empty
            .document()
            .contains("The playbook is about cybersecurity")
    );
    assert!(lost(&empty).contains(&"Indicators"));

    let opening = Opening::new(
        text("poisoned"),
        IncidentKind::AdversarialDataPoisoning,
        Severity::High,
    );
    let opening = opening.with_summary(text("Somebody edited what we crawl."));
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    let bad = weights().with_compromise(modelward_incident::Compromise::Suspected);
    incident
        .record(EventKind::AssetRecorded(bad), &by(1))
        .unwrap();
    let kind = modelward_incident::ActionKind::BlockDigest;
    let stage = modelward_incident::Stage::Containment;
    let id = "block".parse().unwrap();
    let action = modelward_incident::ResponseAction::new(id, stage, kind, text("it is refused"));
    incident
        .record(EventKind::ActionTaken(action), &by(1))
        .unwrap();
    let target = modelward_incident::AssetRef::Digest(Digest::sha256(b"bad"));
    let order = modelward_incident::QuarantineOrder::new("q1".parse().unwrap(), text("poisoned"));
    incident
        .record(EventKind::OrderProposed(order.with_target(target)), &by(1))
        .unwrap();
    let full = markdown::sharing(&released(&incident));
    assert_eq!(
        read(full.document()).tasks,
        [true, true, true, true, true, false]
    );
    assert!(
        full.document().contains("| model suspected |"),
        "{}",
        full.document()
    );
    assert!(
        full.document().contains("| quarantine: poisoned |"),
        "{}",
        full.document()
    );
    assert_eq!(lost(&full), ["Contact", "orders/q1", "phase", "timeline"]);
}
