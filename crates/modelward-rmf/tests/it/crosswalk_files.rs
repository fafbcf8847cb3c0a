use std::error::Error as _;

use modelward_artifact::JsonLimits;
use modelward_rmf::Crosswalk;
use modelward_rmf::crosswalk::{Confidence, KnownIds, Method, Relation, Status};

const HEAD: &str = "# source: ai-rmf-1.0\n# target: new\n# target-title: New\n\
    # author: Ada Example\n# method: hybrid\n# confidence: medium\n# date: 2026-11-26\n\
    source\ttarget\trelation\tconfidence\tnote\n";

fn tsv(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

#[test]
fn blank_cells_inherit_what_the_head_says() {
    let text =
        tsv("GV-1.1\tx\tsubset-of\t\t\nGV-1.2\ty\tequal-to\tlow\twhy\nGV-1.3\tz\tequal-to\r\n");
    let crosswalk = Crosswalk::from_tsv(text.as_bytes()).unwrap();
    let rows: Vec<_> = crosswalk
        .rows()
        .iter()
        .map(|it| (it.source(), it.relation(), it.confidence(), it.note()))
        .collect();
    assert_eq!(
        rows,
        [
            ("GOVERN 1.1", Relation::SubsetOf, Confidence::Medium, None),
            (
                "GOVERN 1.2",
                Relation::EqualTo,
                Confidence::Low,
                Some("why")
            ),
            ("GOVERN 1.3", Relation::EqualTo, Confidence::Medium, None),
        ]
    );
    let provenance = crosswalk.provenance();
    assert_eq!(provenance.method(), Method::Hybrid);
    assert_eq!(provenance.status(), Status::Draft);
    assert_eq!(crosswalk.target().title(), "New");
    assert_eq!(crosswalk.source().name(), "NIST AI RMF 1.0");
}

#[test]
fn a_composition_survives_the_tab_separated_form() {
    let derived = Crosswalk::ssdf_218a()
        .compose(&Crosswalk::draft_iso_42001())
        .unwrap();
    let read = Crosswalk::from_tsv(derived.to_tsv().as_bytes()).unwrap();
    assert_eq!(read, derived);
    assert_eq!(read.provenance().derived_from().count(), 2);
}

#[test]
fn malformed_text_is_refused_at_its_line() {
    let cases = [
        (
            tsv("1\n"),
            "rmf.tsv.cells",
            "line 9 has 1 cells, expected 3 to 5",
        ),
        (
            tsv("1\tx\tsubset-of\n\n"),
            "rmf.tsv.cells",
            "line 10 has 1 cells, expected 3 to 5",
        ),
        (
            tsv("1\tx\tsubset-of\t\t\tmore\n"),
            "rmf.tsv.cells",
            "line 9 has 6 cells, expected 3 to 5",
        ),
        (
            tsv("1\tx\tsubset\n"),
            "rmf.tsv.term",
            "line 9 has a word that is not allowed there",
        ),
        (
            tsv("1\tx\n"),
            "rmf.tsv.cells",
            "line 9 has 2 cells, expected 3 to 5",
        ),
        (
            tsv("1\t\tsubset-of\n"),
            "rmf.tsv.text",
            "line 9 has a value that cannot stand there",
        ),
        (
            tsv("gv-1.1\tx\tsubset-of\nGOVERN 1.1\tx\tsubset-of\n"),
            "rmf.tsv.duplicate",
            "line 10 repeats line 9",
        ),
        (
            HEAD.replace("# author: Ada Example\n", ""),
            "rmf.tsv.missing",
            "head has no value for the key `author`",
        ),
        (
            HEAD.replace("Ada Example", ""),
            "rmf.tsv.missing",
            "head has no value for the key `author`",
        ),
        (
            HEAD.replace("hybrid", "guess"),
            "rmf.tsv.term",
            "line 5 has a word that is not allowed there",
        ),
        (
            HEAD.replace("-26", "-31"),
            "rmf.tsv.date",
            "line 7 has no date",
        ),
        (
            HEAD.replace("target: new", "target: New One"),
            "rmf.tsv.framework",
            "line 3 names no framework",
        ),
        (
            HEAD.replace("# method", "# mood"),
            "rmf.tsv.key",
            "line 5 has the key `mood`, which is unknown or stands twice",
        ),
        (
            HEAD.replace("# method: hybrid", "# author: Bob"),
            "rmf.tsv.key",
            "line 5 has the key `author`, which is unknown or stands twice",
        ),
        (
            HEAD.replace("# method: ", "# "),
            "rmf.tsv.head",
            "line 5 has the form `# key: value`, found `# hybrid`",
        ),
        (
            HEAD.replace("source\ttarget", "target\tsource"),
            "rmf.tsv.columns",
            "line 8 does not name the columns source, target, relation, confidence, note, status",
        ),
        (
            String::new(),
            "rmf.tsv.columns",
            "line 1 does not name the columns source, target, relation, confidence, note, status",
        ),
        (
            "x".repeat((16 << 20) + 1),
            "rmf.tsv.too_large",
            "text is larger than 16777216 bytes",
        ),
        (
            "\n".repeat(200_000),
            "rmf.tsv.too_many",
            "text has more than 200000 lines",
        ),
    ];
    for (text, code, message) in cases {
        let error = Crosswalk::from_tsv(text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.code(), code, "{message}");
    }
    let error = Crosswalk::from_tsv(b"# source: a\n# target: \xff\n").unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("rmf.tsv.utf8", "line 2 is not utf-8")
    );
    let error = Crosswalk::from_tsv(tsv("1\tx\tsame\n").as_bytes()).unwrap_err();
    assert_eq!(
        error.source().unwrap().to_string(),
        "unknown relation `same`"
    );
}

#[test]
fn lists_of_ids_are_read_as_strictly() {
    let cases = [
        (
            "# framework: a\nid\tlabel\n1\tOne\n1\tTwo\n",
            "rmf.tsv.duplicate",
        ),
        ("# framework: a\nid\tlabel\n1\tOne\n\tTwo\n", "rmf.tsv.text"),
        ("# framework: a\nid\tlabel\n1\tOne\tmore\n", "rmf.tsv.cells"),
        ("# framework: A\nid\tlabel\n", "rmf.tsv.framework"),
        ("# framework: a\n# color: red\nid\tlabel\n", "rmf.tsv.key"),
        ("id\tlabel\n", "rmf.tsv.missing"),
        ("# framework: a\nid\n", "rmf.tsv.columns"),
    ];
    for (text, code) in cases {
        let error = KnownIds::from_tsv(text.as_bytes()).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
    }
}

#[test]
fn the_document_is_written_sorted_and_says_only_what_differs() {
    let text = tsv("GV-1.1\tx\tsubset-of\tlow\twhy\n");
    let crosswalk = Crosswalk::from_tsv(text.as_bytes()).unwrap();
    let json = String::from_utf8(crosswalk.to_json().unwrap()).unwrap();
    assert_eq!(
        json,
        r#"{
  "provenance": {
    "author": "Ada Example",
    "confidence": "medium",
    "date": "2026-11-26",
    "method": "hybrid",
    "rationale": "semantic",
    "status": "draft"
  },
  "rows": [
    {
      "confidence": "low",
      "note": "why",
      "relation": "subset-of",
      "source": "GOVERN 1.1",
      "target": "x"
    }
  ],
  "schema": "modelward.crosswalk/1",
  "source": {
    "edition": "1.0",
    "id": "ai-rmf-1.0",
    "title": "NIST AI RMF"
  },
  "target": {
    "id": "new",
    "title": "New"
  }
}
"#
    );
}

#[test]
fn documents_that_say_more_or_less_are_refused() {
    let crosswalk = Crosswalk::from_tsv(tsv("GV-1.1\tx\tsubset-of\n").as_bytes()).unwrap();
    let json = String::from_utf8(crosswalk.to_json().unwrap()).unwrap();
    let cases = [
        ("\"rows\"", "\"lines\"", "document has no member `rows`"),
        ("\"rows\"", "\"more\": 1, \"rows\"", "unknown member `more`"),
        (
            "\"rows\"",
            "\"schema\": 1, \"rows\"",
            "document is not readable JSON",
        ),
        (
            "crosswalk/1",
            "crosswalk/2",
            "unknown schema `modelward.crosswalk/2`, expected `modelward.crosswalk/1`",
        ),
        (
            "\"relation\"",
            "\"extra\": 1, \"relation\"",
            "`rows[0].extra` is not valid",
        ),
        ("subset-of", "part-of", "`rows[0].relation` is not valid"),
        ("Ada Example", " ", "`provenance` is not valid"),
        ("\"ai-rmf-1.0\"", "\"AI RMF\"", "`source` is not valid"),
        ("2026-11-26", "2026-11-31", "`provenance.date` is not valid"),
    ];
    for (from, to, message) in cases {
        assert!(json.contains(from), "{from}");
        let error = Crosswalk::from_json(
            json.replacen(from, to, 1).as_bytes(),
            &JsonLimits::default(),
        );
        let error = error.unwrap_err();
        assert_eq!(error.code(), "rmf.read_crosswalk.document");
        assert_eq!(error.to_string(), "text is no crosswalk document");
        assert_eq!(error.source().unwrap().to_string(), message);
    }
    let row = &json[json.find("    {").unwrap()..json.find("    }").unwrap() + 5];
    let twice = json.replacen(row, &format!("{row},\n{row}"), 1);
    let error = Crosswalk::from_json(twice.as_bytes(), &JsonLimits::default()).unwrap_err();
    assert_eq!(error.code(), "rmf.read_crosswalk.build");
    assert_eq!(error.source().unwrap().to_string(), "row 2 repeats row 1");
    let small = JsonLimits::default().with_max_values(5);
    assert!(Crosswalk::from_json(json.as_bytes(), &small).is_err());
}
