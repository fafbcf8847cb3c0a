use std::error::Error as _;

use modelward_rmf::RatingScale;
use modelward_rmf::csv::{
    AssessmentTables, CsvError, CsvErrors, CsvFault, CsvOptions, CsvTable, Delimiter,
    read_assessment,
};

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
