use modelward_artifact::Date;
use modelward_incident::format::aiid::{
    AiidEntity, AiidSubject, AiidSubmission, AiidSubmissionBuilder, PublishedAccount,
};
use proptest::prelude::{Strategy, any, proptest};
use serde_json::{Value, json};

use super::{bytes, faults, limits, shared};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn account() -> PublishedAccount {
    let text = "x".repeat(80);
    PublishedAccount::new("https://example.org/a", "A title", &text, day("2026-11-20"))
        .and_then(|account| account.by("Jo Example"))
        .expect("an account")
}

fn subject() -> AiidSubject {
    AiidSubject::new("Scorer denies loans", "It denied loans.", day("2026-11-01"))
        .with_developer("Acme Models")
        .with_deployer("Acme Bank")
        .with_harmed_party("applicants")
}

fn builder() -> AiidSubmissionBuilder {
    AiidSubmissionBuilder::new(&account(), day("2026-11-26"))
}

pub(super) fn document() -> Value {
    let submission = builder()
        .about(subject())
        .with_submitter("Jo Example")
        .build();
    serde_json::from_slice(&submission.unwrap().to_json().unwrap()).unwrap()
}

fn refusals(document: &Value) -> Vec<String> {
    match AiidSubmission::from_json(&bytes(document), &limits()) {
        Ok(_) => vec![],
        Err(error) => faults(&error),
    }
}

#[test]
fn a_submission_is_made_of_an_account_and_its_subject() {
    let submission = builder()
        .about(subject().with_system("Scorer 3"))
        .with_submitter("Jo Example")
        .with_tag("lending")
        .with_language("de")
        .with_image("https://example.org/a.png")
        .with_notes("Seen first by a customer.")
        .build()
        .unwrap();
    let written: Value = serde_json::from_slice(&submission.to_json().unwrap()).unwrap();
    assert_eq!(
        written,
        json!({
            "authors": ["Jo Example"], "submitters": ["Jo Example"], "tags": ["lending"],
            "title": "A title", "text": "x".repeat(80), "language": "de",
            "url": "https://example.org/a", "source_domain": "example.org",
            "image_url": "https://example.org/a.png", "editor_notes": "Seen first by a customer.",
            "date_published": "2026-11-20", "date_downloaded": "2026-11-26",
            "date_modified": "2026-11-26", "date_submitted": "2026-11-26",
            "incident_title": "Scorer denies loans", "description": "It denied loans.",
            "incident_date": "2026-11-01", "developers": ["Acme Models"],
            "deployers": ["Acme Bank"], "harmed_parties": ["applicants"],
            "implicated_systems": ["Scorer 3"],
        })
    );
    assert!(submission.incident_ids().is_empty());
    assert_eq!(
        submission.developers().next().map(AiidEntity::name),
        Some("Acme Models")
    );
    let again = AiidSubmission::from_json(&submission.to_json().unwrap(), &limits()).unwrap();
    assert_eq!(again, submission);
}

#[test]
fn a_report_on_a_known_incident_needs_no_more() {
    let submission = builder().about_known(&[7, 9]).build().unwrap();
    assert_eq!(submission.incident_ids(), [7, 9]);
    assert_eq!(submission.incident_title(), None);
    let error = builder().about_known(&[]).build().unwrap_err();
    assert_eq!(
        faults(&error),
        [
            "/incident_title incident.aiid.missing",
            "/description incident.aiid.missing",
            "/incident_date incident.aiid.missing",
            "/developers incident.aiid.missing",
            "/deployers incident.aiid.missing",
            "/harmed_parties incident.aiid.missing",
        ]
    );
}

#[test]
fn each_member_has_its_limits() {
    let text = |length: usize| json!("x".repeat(length));
    let names = |length: usize| json!(["x".repeat(length)]);
    let cases = [
        ("title", text(5), text(6), text(500), text(501)),
        ("incident_title", text(5), text(6), text(500), text(501)),
        ("text", text(79), text(80), text(50_000), text(50_001)),
        ("description", text(2), text(3), text(500), text(501)),
        ("language", text(1), text(2), text(35), text(36)),
        ("source_domain", text(0), text(1), text(253), text(254)),
    ];
    for (member, short, least, most, long) in cases {
        for (value, expected) in [
            (short, vec![format!("/{member} incident.aiid.length")]),
            (least, vec![]),
            (most, vec![]),
            (long, vec![format!("/{member} incident.aiid.length")]),
        ] {
            let mut document = document();
            document[member] = value;
            assert_eq!(refusals(&document), expected, "{member}");
        }
    }
    let lists = [
        "authors",
        "submitters",
        "developers",
        "deployers",
        "harmed_parties",
        "implicated_systems",
    ];
    for member in lists {
        for (length, sound) in [(2, false), (3, true), (200, true), (201, false)] {
            let mut document = document();
            document[member] = names(length);
            let expected: &[String] = &[format!("/{member}/0 incident.aiid.length")];
            assert_eq!(
                refusals(&document),
                if sound { &[] } else { expected },
                "{member} {length}"
            );
        }
    }
}

#[test]
fn hostile_members_are_refused_by_their_place() {
    let cases = [
        ("authors", json!([]), "/authors incident.aiid.missing"),
        (
            "authors",
            json!("Jo Example"),
            "/authors incident.aiid.shape",
        ),
        (
            "authors",
            json!(vec!["Jo Example"; 1001]),
            "/authors incident.aiid.too_many",
        ),
        ("developers", json!([]), "/developers incident.aiid.missing"),
        (
            "developers",
            json!({"link": []}),
            "/developers incident.aiid.missing",
        ),
        (
            "developers",
            json!({"link": [1]}),
            "/developers/link/0 incident.aiid.shape",
        ),
        (
            "developers",
            json!([{"entity_id": "x"}]),
            "/developers/0/entity_id incident.aiid.length",
        ),
        (
            "developers",
            json!(null),
            "/developers incident.aiid.missing",
        ),
        (
            "description",
            json!(null),
            "/description incident.aiid.missing",
        ),
        (
            "date_published",
            json!("2026-11-20T00:00:00Z"),
            "/date_published incident.aiid.date",
        ),
        (
            "date_downloaded",
            json!("26.11.2026"),
            "/date_downloaded incident.aiid.date",
        ),
        (
            "date_modified",
            json!(0),
            "/date_modified incident.aiid.date",
        ),
        (
            "incident_date",
            json!("2026-02-30"),
            "/incident_date incident.aiid.date",
        ),
        (
            "incident_ids",
            json!([1, 0]),
            "/incident_ids/1 incident.aiid.shape",
        ),
        (
            "url",
            json!("data:text/html,x"),
            "/url incident.aiid.address",
        ),
        (
            "image_url",
            json!("x.png"),
            "/image_url incident.aiid.address",
        ),
        ("image_url", json!(7), "/image_url incident.aiid.shape"),
        ("tags", json!([""]), "/tags/0 incident.aiid.length"),
        ("text", json!({}), "/text incident.aiid.shape"),
    ];
    for (member, value, expected) in cases {
        let mut document = document();
        document[member] = value;
        assert_eq!(refusals(&document), [expected], "{member}");
    }
    assert_eq!(refusals(&json!({})).len(), 6 + 4 + 9);
}

#[test]
fn no_day_lies_after_the_submission() {
    let today = day("2026-11-26");
    for (published, occurred, expected) in [
        ("2026-11-26", "2026-11-26", vec![]),
        (
            "2026-11-27",
            "2026-11-26",
            vec!["/date_published incident.aiid.future"],
        ),
        (
            "2026-11-27",
            "2027-01-01",
            vec![
                "/date_published incident.aiid.future",
                "/incident_date incident.aiid.future",
                "/description incident.aiid.length",
            ],
        ),
    ] {
        let text = "x".repeat(80);
        let account =
            PublishedAccount::new("https://example.org", "A title", &text, day(published));
        let account = account.unwrap().by("Jo Example").unwrap();
        let description = if expected.len() == 3 {
            "x"
        } else {
            "It denied loans."
        };
        let subject = AiidSubject::new("Scorer denies loans", description, day(occurred))
            .with_developer("Acme Models")
            .with_deployer("Acme Bank")
            .with_harmed_party("applicants");
        let outcome = AiidSubmissionBuilder::new(&account, today)
            .about(subject)
            .build();
        let found = outcome.map_or_else(|error| faults(&error), |_| vec![]);
        assert_eq!(found, expected);
    }
}

#[test]
fn the_seeds_of_the_database_come_back_as_they_were() {
    let Some(seeds) = shared("aiid/submissions.json") else {
        return;
    };
    let submissions = AiidSubmission::list_from_json(&seeds, &limits()).expect("seeds");
    assert_eq!(submissions.len(), 4);
    let written: Vec<Value> = submissions
        .iter()
        .map(|submission| serde_json::from_slice(&submission.to_json().unwrap()).unwrap())
        .collect();
    let seeds: Value = serde_json::from_slice(&seeds).unwrap();
    assert_eq!(Value::Array(written), seeds);
    assert!(submissions[0].unknown().contains_key("cloudinary_id"));
}

proptest! {
    #[test]
    fn what_is_read_is_written_again(
        title in "[ -~]{0,12}|\\PC{6,20}",
        ids in proptest::option::of(proptest::collection::vec(any::<u64>(), 0..4)),
        extra in any::<i32>(),
        names in proptest::collection::vec("[a-z]{2,6}", 0..4).prop_map(|names| json!(names)),
    ) {
        let mut document = document();
        document["title"] = json!(title);
        document["harmed_parties"] = names;
        document["cloudinary_id"] = json!(extra);
        if let Some(ids) = ids {
            document["incident_ids"] = json!(ids);
        }
        if let Ok(read) = AiidSubmission::from_json(&bytes(&document), &limits()) {
            let written: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
            assert_eq!(written, document);
            assert!((6..=500).contains(&title.encode_utf16().count()));
        }
    }
}
