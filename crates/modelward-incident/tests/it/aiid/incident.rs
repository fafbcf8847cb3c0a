use modelward_artifact::Timestamp;
use modelward_incident::format::aiid::{AiidEntity, AiidForm, AiidIncident, AiidTime};
use serde_json::{Value, json};

use super::{bytes, faults, limits, shared};

pub(super) fn row() -> Value {
    json!({
        "incident_id": 7,
        "title": "Scorer denies loans",
        "date": "2021-09-14",
        "description": null,
        "Alleged deployer of AI system": ["acme", "hp"],
        "Alleged developer of AI system": [],
        "reports": [12, 13],
        "editor_similar_incidents": [3],
        "embedding": {"vector": [0.1, -0.25], "from_reports": [12]},
    })
}

pub(super) fn graph_ql() -> Value {
    json!({
        "incident_id": 7,
        "title": "Scorer denies loans",
        "date": "2021-09-14",
        "description": "It denied loans.",
        "AllegedDeployerOfAISystem": [{"entity_id": "acme", "name": "Acme Bank", "__typename": "Entity"}],
        "AllegedDeveloperOfAISystem": {"link": ["acme"]},
        "AllegedHarmedOrNearlyHarmedParties": null,
        "implicated_systems": [{"entity_id": "scorer"}],
        "reports": [{"report_number": 12, "title": "Loans", "url": "https://example.org/loans"}],
        "editors": [{"userId": "1", "first_name": "Jo"}],
    })
}

fn read(value: &Value) -> AiidIncident {
    AiidIncident::from_json(&bytes(value), &limits()).expect("an incident")
}

#[test]
fn an_incident_is_written_as_it_was_read() {
    for value in [row(), graph_ql()] {
        let written = read(&value).to_json().unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), value);
    }
}

#[test]
fn both_forms_say_the_same() {
    let row = read(&row());
    assert_eq!((row.form(), row.number()), (AiidForm::Row, 7));
    let ids: Vec<_> = row.deployers().iter().map(AiidEntity::id).collect();
    assert_eq!(ids, ["acme", "hp"]);
    assert_eq!(row.deployers()[0].name(), "acme");
    assert_eq!((row.description(), row.similar()), (None, &[3][..]));
    assert_eq!(row.reports()[1].number(), 13);
    assert_eq!(
        (row.reports()[1].url(), row.reports()[1].title()),
        (None, None)
    );
    assert!(row.developers().is_empty() && row.harmed_parties().is_empty());
    assert!(row.unknown().contains_key("embedding") && row.unknown().contains_key("description"));

    let other = read(&graph_ql());
    assert_eq!((other.form(), other.number()), (AiidForm::GraphQl, 7));
    assert_eq!(other.title(), row.title());
    assert_eq!(other.date(), row.date());
    assert_eq!(other.deployers()[0].name(), "Acme Bank");
    assert_eq!(other.developers()[0].id(), "acme");
    assert_eq!(other.implicated_systems()[0].name(), "scorer");
    assert_eq!(other.reports()[0].url(), Some("https://example.org/loans"));
    assert_eq!(other.reports()[0].title(), Some("Loans"));
    assert!(other.unknown().contains_key("editors"));
}

#[test]
fn everything_wrong_with_an_incident_is_listed() {
    let many = vec![json!("x"); 1001];
    let cases = [
        (json!([]), vec![" incident.aiid.shape"]),
        (
            json!({}),
            vec![
                "/incident_id incident.aiid.missing",
                "/title incident.aiid.missing",
                "/date incident.aiid.missing",
            ],
        ),
        (
            json!({
                "incident_id": -1, "title": "", "date": "2021-02-29",
                "description": 1, "reports": [0, 1, "2", {"url": "x"}, {"report_number": 1.5}],
                "Alleged deployer of AI system": ["", {"name": "x"}, 3],
                "Alleged developer of AI system": {"link": ["ok", ""]},
                "Alleged harmed or nearly harmed parties": {"link": [], "more": 1},
                "implicated_systems": many,
                "editor_similar_incidents": "3",
            }),
            vec![
                "/Alleged deployer of AI system/0 incident.aiid.length",
                "/Alleged deployer of AI system/1/entity_id incident.aiid.missing",
                "/Alleged deployer of AI system/2 incident.aiid.shape",
                "/Alleged developer of AI system/link/1 incident.aiid.length",
                "/Alleged harmed or nearly harmed parties incident.aiid.shape",
                "/implicated_systems incident.aiid.too_many",
                "/incident_id incident.aiid.shape",
                "/title incident.aiid.length",
                "/date incident.aiid.date",
                "/description incident.aiid.shape",
                "/reports/0 incident.aiid.shape",
                "/reports/2 incident.aiid.shape",
                "/reports/3/report_number incident.aiid.missing",
                "/reports/4/report_number incident.aiid.shape",
                "/editor_similar_incidents incident.aiid.shape",
            ],
        ),
    ];
    for (value, expected) in cases {
        let error = AiidIncident::from_json(&bytes(&value), &limits()).unwrap_err();
        assert_eq!(error.code(), "incident.aiid.faults");
        let text = error.to_string();
        assert!(!text.contains("  ") && text.len() < 400, "{text}");
        assert_eq!(faults(&error), expected);
    }
}

#[test]
fn the_rows_of_a_list_are_all_looked_at() {
    let mut wrong = row();
    wrong["date"] = json!("yesterday");
    let list = json!([row(), wrong, graph_ql(), {"incident_id": 8, "title": "x"}]);
    let error = AiidIncident::list_from_json(&bytes(&list), &limits()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "document breaks 2 rules of the database: \
         /1/date: is no date such as 2026-11-26; /3/date: is missing"
    );
    let answer = json!({"data": {"incidents": [graph_ql(), {"title": "x"}]}, "extensions": {}});
    let error = AiidIncident::list_from_json(&bytes(&answer), &limits()).unwrap_err();
    assert_eq!(
        faults(&error),
        [
            "/data/incidents/1/incident_id incident.aiid.missing",
            "/data/incidents/1/date incident.aiid.missing",
        ]
    );
    let error = AiidIncident::list_from_json(b"{}", &limits()).unwrap_err();
    assert_eq!(faults(&error), [" incident.aiid.shape"]);
    let list = json!([row(), graph_ql()]);
    let read = AiidIncident::list_from_json(&bytes(&list), &limits()).unwrap();
    assert_eq!(read.len(), 2);
}

#[test]
fn what_is_no_strict_json_is_refused() {
    let cases: [(&[u8], &str); 4] = [
        (b"", "artifact.json.syntax"),
        (b"{\"title\": 1, \"title\": 2}", "artifact.json.duplicate"),
        (b"{\"title\": \"\xff\"}", "artifact.json.syntax"),
        (&b"[".repeat(200), "artifact.json.depth"),
    ];
    for (text, code) in cases {
        let error = AiidIncident::from_json(text, &limits()).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.faults().is_empty());
        assert!(std::error::Error::source(&error).is_some());
    }
    let small = limits().with_max_bytes(8);
    let error = AiidIncident::list_from_json(&bytes(&row()), &small).unwrap_err();
    assert_eq!(error.code(), "artifact.json.too_large");
}

#[test]
fn times_are_days_or_instants_of_the_calendar() {
    let cases = [
        ("2021-09-14", Some("2021-09-14T00:00:00Z")),
        ("2020-02-29", Some("2020-02-29T00:00:00Z")),
        ("2021-09-14T10:30:00.500Z", Some("2021-09-14T10:30:00.500Z")),
        ("2021-09-14T10:30:00+02:00", Some("2021-09-14T08:30:00Z")),
        ("1966-01-17", None),
        ("1966-01-17T00:00:00Z", None),
    ];
    for (text, instant) in cases {
        let time: AiidTime = text.parse().expect(text);
        assert_eq!(time.as_str(), text);
        assert_eq!(time.is_day(), text.len() == 10);
        let expected: Option<Timestamp> = instant.map(|it| it.parse().unwrap());
        assert_eq!(time.timestamp(), expected, "{text}");
        assert_eq!(time.date(), expected.map(Timestamp::date), "{text}");
    }
    let refused = [
        "",
        "2021",
        "2021-9-14",
        "2021-13-01",
        "2021-00-10",
        "2021-04-31",
        "2021-04-00",
        "1900-02-29",
        "0000-01-01",
        "+021-01-01",
        "2021-09-1é",
        "14-09-2021",
        "2021-09-14T10:30",
        "2021-09-14 ",
        "2021-09-14T10:30:00",
        "20210914T103000Z",
        "2021/09/14",
    ];
    for text in refused {
        assert!(text.parse::<AiidTime>().is_err(), "{text}");
    }
}

#[test]
fn the_seeds_of_the_database_come_back_as_they_were() {
    let Some(seeds) = shared("aiid/incidents.json") else {
        return;
    };
    let incidents = AiidIncident::list_from_json(&seeds, &limits()).expect("seeds");
    assert_eq!(incidents.len(), 4);
    let written: Vec<Value> = incidents
        .iter()
        .map(|incident| serde_json::from_slice(&incident.to_json().unwrap()).unwrap())
        .collect();
    let seeds: Value = serde_json::from_slice(&seeds).unwrap();
    assert_eq!(Value::Array(written), seeds);
    assert_eq!(incidents[2].deployers()[0].id(), "starbucks");
    assert_eq!(incidents[2].reports().len(), 5);
}
