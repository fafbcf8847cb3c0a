use std::error::Error as _;

use modelward_artifact::{AtlasTechnique, Date, Digest, Timestamp};
use modelward_rmf::csv::{
    AssessmentTables, CsvError, CsvErrors, CsvFault, CsvOptions, CsvTable, Delimiter,
    read_assessment,
};
use modelward_rmf::{EvidenceError, EvidenceId, Method, RatingScale, RiskError, Subcategory, Text};

pub(crate) fn read(table: &[u8]) -> Result<AssessmentTables, CsvErrors> {
    read_with(table, &CsvOptions::default())
}

fn read_with(table: &[u8], options: &CsvOptions) -> Result<AssessmentTables, CsvErrors> {
    read_assessment(table, None, &RatingScale::outcome(), options)
}

/// Each fault with its cause, as `text; cause`.
pub(crate) fn said(errors: &CsvErrors) -> Vec<String> {
    let lines = errors.as_slice().iter().map(|error| match error.source() {
        None => error.to_string(),
        Some(cause) => format!("{error}; {cause}"),
    });
    lines.collect()
}

#[test]
fn malformed_tables_are_refused_with_line_and_cell() {
    let cases: [(&[u8], &str, &str); 17] = [
        (b"", "rmf.csv.missing_header", "determinations, line 1: table has no header row"),
        (
            b"\r\n;;\n",
            "rmf.csv.missing_header",
            "determinations, line 1: table has no header row",
        ),
        (
            b"subcategory,determination\nGV-1.1,me\"t\n",
            "rmf.csv.quote_inside",
            "determinations, line 2, cell B2: quote inside a cell that does not begin with one",
        ),
        (
            b"subcategory,determination\nGV-1.1, \"met\"\n",
            "rmf.csv.quote_inside",
            "determinations, line 2, cell B2: quote inside a cell that does not begin with one",
        ),
        (
            b"subcategory,determination\n\"GV-1.1\" ,met\n",
            "rmf.csv.quote_after",
            "determinations, line 2, cell A2: text follows the closing quote, expected a delimiter or the end of the line",
        ),
        (
            b"subcategory,determination,rationale\nGV-1.1,met,\"a\nb\"c\n",
            "rmf.csv.quote_after",
            "determinations, line 3, cell C2: text follows the closing quote, expected a delimiter or the end of the line",
        ),
        (
            b"subcategory,determination,rationale\r\nGV-1.1,met,yes\r\nGV-1.2,met,\"no\r\nGV-1.3,met,yes\r\n",
            "rmf.csv.quote_open",
            "determinations, line 3, cell C3: quote is not closed",
        ),
        (
            b"subcategory,determination\nGV-1.1,\n\nGV-1.2\n",
            "rmf.csv.cells",
            "determinations, line 4: row has 1 cells, expected 2 as in the header row",
        ),
        (
            b"subcategory,determination\nGV-1.1,,,\n",
            "rmf.csv.cells",
            "determinations, line 2: row has 4 cells, expected 2 as in the header row",
        ),
        (
            b"subcategory,determination\nGV-1.1,\nGV-1.\xe9,met\n",
            "rmf.csv.encoding",
            "determinations, line 3, cell A3: not UTF-8 at byte 39",
        ),
        (
            b"subcategory,determination,rationale\rGV-1.1,met,\"a\r\nb\xff\"\r",
            "rmf.csv.encoding",
            "determinations, line 3, cell C2: not UTF-8 at byte 52",
        ),
        (
            b"subcategory,determination\nGV-1.1,\n\xff",
            "rmf.csv.encoding",
            "determinations, line 3, cell A3: not UTF-8 at byte 34",
        ),
        (
            b"\xff\xfes\0u\0",
            "rmf.csv.encoding",
            "determinations, line 1, cell A1: not UTF-8 at byte 0",
        ),
        (
            b"a\"b\n\xff",
            "rmf.csv.quote_inside",
            "determinations, line 1, cell A1: quote inside a cell that does not begin with one",
        ),
        (
            b"subcategory,determination,score\n",
            "rmf.csv.unknown_column",
            "determinations, line 1, cell C1: unknown column `score`, expected one of the table's or one that begins with `x-`",
        ),
        (
            b"subcategory,determination,Sub Category,Determination\n",
            "rmf.csv.unknown_column",
            "determinations, line 1, cell C1: unknown column `Sub Category`, expected one of the table's or one that begins with `x-`",
        ),
        (
            b"sep=;\nrationale;evidence\n",
            "rmf.csv.missing_column",
            "determinations, line 2: column `subcategory` is missing",
        ),
    ];
    for (table, code, text) in cases {
        let errors = read(table).unwrap_err();
        let found = said(&errors);
        assert_eq!(
            (errors.code(), found[0].as_str()),
            (code, text),
            "{found:?}"
        );
    }
}

#[test]
fn every_fault_of_the_header_row_is_listed() {
    let table = b"\nDetermination;determination;;=1+1;x-note\n";
    let errors = read(table).unwrap_err();
    assert_eq!(
        said(&errors),
        [
            "determinations, line 2, cell B2: column `determination` stands twice",
            "determinations, line 2, cell C2: unknown column ``, expected one of the table's or one that begins with `x-`",
            "determinations, line 2, cell D2: unknown column `=1+1`, expected one of the table's or one that begins with `x-`",
            "determinations, line 2: column `subcategory` is missing",
        ]
    );
    assert_eq!(errors.total(), 4);
    assert_eq!(errors.to_string(), "tables have 4 faults");
    let codes: Vec<_> = errors.as_slice().iter().map(CsvError::code).collect();
    assert_eq!(
        codes,
        [
            "rmf.csv.column_twice",
            "rmf.csv.unknown_column",
            "rmf.csv.unknown_column",
            "rmf.csv.missing_column",
        ]
    );
}

#[test]
fn limits_are_checked_and_named() {
    let table = b"subcategory,determination,rationale\nGV-1.1,met,\"a\"\"b\"\nGV-1.2,met,abc\n";
    let options = CsvOptions::default();
    assert!(read_with(table, &options.with_max_cell_bytes(13)).is_ok());
    assert!(read_with(table, &options.with_max_rows(2)).is_ok());
    assert!(read_with(table, &options.with_max_bytes(table.len())).is_ok());
    let long = [
        &b"subcategory,determination,rationale\nGV-1.1,met,\""[..],
        &[b'a'; 14],
        b"\"\n",
    ]
    .concat();
    let wide = [&b"subcategory,determination"[..], &[b','; 300]].concat();
    let cases = [
        (
            read_with(table, &options.with_max_bytes(10)),
            "rmf.csv.too_large",
            "determinations, line 1: table has 69 bytes, expected at most 10".to_owned(),
        ),
        (
            read_with(table, &options.with_max_rows(1)),
            "rmf.csv.too_many_rows",
            "determinations, line 3: table has more than 1 rows".to_owned(),
        ),
        (
            read_with(&long, &options.with_max_cell_bytes(13)),
            "rmf.csv.cell_too_large",
            "determinations, line 2, cell C2: cell has more than 13 bytes".to_owned(),
        ),
        (
            read_with(table, &options.with_max_cell_bytes(12)),
            "rmf.csv.cell_too_large",
            "determinations, line 1, cell B1: cell has more than 12 bytes".to_owned(),
        ),
        (
            read_with(&wide, &options),
            "rmf.csv.too_many_columns",
            "determinations, line 1, cell DY1: row has more than 128 cells".to_owned(),
        ),
    ];
    for (read, code, text) in cases {
        let errors = read.unwrap_err();
        assert_eq!((errors.code(), &said(&errors)[0]), (code, &text));
    }
}

#[test]
fn a_fault_says_its_place_in_parts() {
    let table = b"subcategory,x-a,determination\n\n\"GV-1.1\",\"\n\n\",excellent\n";
    let errors = read(table).unwrap_err();
    let error = errors.first();
    assert_eq!(error.table(), CsvTable::Determinations);
    assert_eq!((error.line(), error.row()), (5, 3));
    assert_eq!(
        (error.column(), error.column_name()),
        (Some(3), Some("determination"))
    );
    assert_eq!(error.cell().as_deref(), Some("C3"));
    assert!(matches!(error.fault(), CsvFault::Level { .. }));
    assert_eq!(errors.to_string(), "table has a fault");
    let source = errors.source().unwrap().to_string();
    assert_eq!(
        source,
        "determinations, line 5, cell C3 (`determination`): unknown level `excellent`, expected one of not-met, partially-met, met"
    );
}

#[test]
fn a_hundred_faults_are_kept_and_all_are_counted() {
    let table = format!("subcategory,determination\n{}", "GV-9.9,\n".repeat(150));
    let errors = read(table.as_bytes()).unwrap_err();
    assert_eq!((errors.as_slice().len(), errors.total()), (100, 150));
    assert_eq!(errors.as_slice()[99].line(), 101);
}

#[test]
fn tables_are_read_in_every_usual_form() {
    let forms = [
        "subcategory,determination,rationale\r\nGOVERN 1.1,met,yes\r\n",
        "subcategory,determination,rationale\nGOVERN 1.1,met,yes",
        "subcategory,determination,rationale\rGOVERN 1.1,met,yes\r",
        "\u{feff}subcategory;determination;rationale\r\nGOVERN 1.1;met;yes\r\n",
        "\u{feff}sep=;\r\nsubcategory;determination;rationale\r\nGOVERN 1.1;met;yes\r\n",
        "subcategory\tdetermination\trationale\r\nGOVERN 1.1\tmet\tyes\r\n",
        "\"subcategory\";\"determination\";\"rationale\"\n\"GOVERN 1.1\";\"met\";\"yes\"\n",
        " Rationale ,DETERMINATION,Subcategory,x-ref, X-Other\n\nyes, Met ,gv-1.1,=1,?\n,,,,\n",
        "\n\nsubcategory;determination;rationale;summary\nGOVERN-1.1@1.0;met;yes;whatever\n",
    ];
    let expected = read(forms[0].as_bytes()).unwrap();
    assert_eq!(expected.current().entries().len(), 1);
    assert_eq!(expected.target(), None);
    for form in forms {
        assert_eq!(read(form.as_bytes()).unwrap(), expected, "{form:?}");
    }
}

#[test]
fn a_given_delimiter_is_not_guessed() {
    let table = b"subcategory,determination\n";
    let options = CsvOptions::default().delimited_by(Delimiter::Semicolon);
    assert_eq!(options.delimiter(), Some(Delimiter::Semicolon));
    let errors = read_with(table, &options).unwrap_err();
    assert_eq!(errors.code(), "rmf.csv.unknown_column");
    assert!(read_with(b"subcategory;determination\n", &options).is_ok());
}

#[test]
fn each_fault_of_a_cell_has_a_code() {
    let key = "a b".parse::<EvidenceId>().unwrap_err();
    let id = "GV-9.9".parse::<Subcategory>().unwrap_err();
    let found = || "a\u{1b}b".to_owned();
    let cases = [
        (CsvFault::from(key), "rmf.csv.key", "not a valid key"),
        (
            CsvFault::from(id),
            "rmf.csv.id",
            "not the id of a subcategory",
        ),
        (
            "x".parse::<Date>().unwrap_err().into(),
            "rmf.csv.date",
            "not a valid day",
        ),
        (
            "x".parse::<Digest>().unwrap_err().into(),
            "rmf.csv.digest",
            "not a valid digest",
        ),
        (
            "x".parse::<Timestamp>().unwrap_err().into(),
            "rmf.csv.timestamp",
            "not a valid time",
        ),
        (
            "-".parse::<Text>().unwrap_err().into(),
            "rmf.csv.text",
            "not a valid text",
        ),
        (
            "x".parse::<AtlasTechnique>().unwrap_err().into(),
            "rmf.csv.technique",
            "not the id of a technique",
        ),
        (
            RiskError::NoAction.into(),
            "rmf.csv.risk",
            "not a valid risk",
        ),
        (
            EvidenceError::Method {
                found: Method::Test,
            }
            .into(),
            "rmf.csv.evidence",
            "not valid evidence",
        ),
        (
            CsvFault::ItemTwice { found: found() },
            "rmf.csv.item_twice",
            r"`a\u{1b}b` stands twice",
        ),
        (
            CsvFault::Name {
                found: found(),
                expected: "no, yes".to_owned(),
            },
            "rmf.csv.name",
            r"unknown name `a\u{1b}b`, expected one of no, yes",
        ),
        (
            CsvFault::Number { found: found() },
            "rmf.csv.number",
            r"expected a whole number from 0 to 4294967295, found `a\u{1b}b`",
        ),
        (
            CsvFault::Polarity { found: found() },
            "rmf.csv.polarity",
            r"expected items such as `GOVERN 1.6: supports` or `MAP 4.1: contradicts`, found `a\u{1b}b`",
        ),
        (
            CsvFault::RowTwice {
                found: found(),
                first: 7,
            },
            "rmf.csv.row_twice",
            r"`a\u{1b}b` stands in line 7 already",
        ),
        (
            CsvFault::MissingCell { column: "due" },
            "rmf.csv.missing_cell",
            "`due` is empty, which this row needs",
        ),
        (
            CsvFault::Unused {
                column: "due",
                row: "a document",
            },
            "rmf.csv.unused",
            "`due` is not empty, but a document has none",
        ),
        (
            CsvFault::UnknownRisk {
                risk: "R-1".parse().unwrap(),
            },
            "rmf.csv.unknown_risk",
            "risk `R-1` is not in the table of risks as one that actions treat",
        ),
    ];
    for (fault, code, text) in cases {
        assert_eq!((fault.code(), fault.to_string().as_str()), (code, text));
    }
}
