use modelward_rmf::csv::{
    self, CsvErrors, CsvOptions, CsvTable, Delimiter, Dialect, read_assessment, read_risks,
};
use modelward_rmf::{
    Attainment, Confidence, Determination, EvidenceSource, Level, Method, Polarity, Priority,
    RatingScale, Risk, RiskMatrix, RiskStatus, Subcategory, Treatment,
};

use crate::assessment::{builder, id, rated, sample};
use crate::csv_malformed::{read, said};
use crate::register;

fn evidence(table: &str) -> Vec<String> {
    let determinations = b"subcategory,determination\n";
    let scale = RatingScale::outcome();
    let options = CsvOptions::default();
    let read = read_assessment(determinations, Some(table.as_bytes()), &scale, &options);
    said(&read.unwrap_err())
}

fn risks(risks: &str, actions: Option<&str>) -> Result<Vec<Risk>, CsvErrors> {
    let matrix = RiskMatrix::five_by_five();
    let actions = actions.map(str::as_bytes);
    read_risks(risks.as_bytes(), actions, &matrix, &CsvOptions::default())
}

/// A table of risks with these columns and rows after those that every risk has.
fn risk_rows(columns: &str, rows: &[&str]) -> String {
    let mut table = format!(
        "id,kind,cause,event,consequence,current-likelihood,current-impact,identified-at,{columns}\n"
    );
    for (at, row) in (1..).zip(rows) {
        let fixed = "threat,c,e,q,likely,major,2026-11-20T10:00:00Z";
        table += &format!("R-{at},{fixed},{row}\n");
    }
    table
}

#[test]
fn the_sheet_of_an_assessor_is_read() {
    let sheet = "sep=;\n\
        Rationale;x-Row;Determination;Sub-Category;Evidence;Outcomes;Goal;Due;Priority;Confidence\n\
        ;1;;GV-1.1;;;;;;\n\
        Every release is listed.;2;Met;GV-1.6:;E-1 E-2;;;;;High\n\
        \"The site measures it; we do not.\";3;N/A;measure.2.12;;;;;;\n\
        \"One of two attacks was tested,\nthe other was not.\";4;Partially met;MS-2.7;E-2;\"Evasion: tested\n\nPoisoning: not tested\n\";MET;2027-06-30;high;\n\
        ;5;not assessed;MG-4.3;;;Met;;low;\n";
    // A name of a column is one word or several, but not another word.
    let errors = read(sheet.as_bytes()).unwrap_err();
    assert_eq!(errors.code(), "rmf.csv.unknown_column");

    let read = read(sheet.replace("Sub-Category", "SUBCATEGORY").as_bytes()).unwrap();
    let current = read.current();
    assert_eq!(current.attainment(id("GOVERN 1.6")), Some(Attainment::Met));
    let govern = current.determination(id("GOVERN 1.6")).rated().unwrap();
    assert_eq!(govern.evidence().count(), 2);
    assert_eq!(govern.confidence(), Some(Confidence::High));
    let excluded = current.determination(id("MEASURE 2.12"));
    assert!(matches!(excluded, Determination::NotApplicable { .. }));
    let attacks = current.determination(id("MEASURE 2.7")).rated().unwrap();
    assert_eq!(
        attacks.rationale().as_str(),
        "One of two attacks was tested,\nthe other was not."
    );
    assert_eq!(attacks.outcomes().len(), 2);
    let target = read.target().unwrap();
    let goal = target.entry(id("MEASURE 2.7")).unwrap();
    assert_eq!(
        (goal.level().as_str(), goal.priority()),
        ("met", Priority::High)
    );
    assert_eq!(target.entries().len(), 2);
    let all = Subcategory::ALL.into_iter();
    let silent = all.filter(|id| *current.determination(*id) == Determination::NotAssessed);
    assert_eq!(silent.count(), 69);
}

#[test]
fn every_faulty_cell_of_determinations_is_listed() {
    let sheet = "subcategory,determination,rationale,confidence,evidence,outcomes,goal,priority,due\n\
        GV-1.1,met,,sure,E-1;?;E-1,-,great,,tomorrow\n\
        PROTECT 1.1,nearly,why not,,,,,,\n\
        ,not-assessed,because,,,,,high,\n\
        GOVERN 1.1,not-applicable,--,high,E-1,,,,\n";
    let errors = read(sheet.as_bytes()).unwrap_err();
    assert_eq!(
        said(&errors),
        [
            "determinations, line 2, cell C2 (`rationale`): `rationale` is empty, which this row needs",
            "determinations, line 2, cell D2 (`confidence`): unknown name `sure`, expected one of low, medium, high",
            "determinations, line 2, cell E2 (`evidence`): not a valid key; key has a character that is not allowed at byte 0",
            "determinations, line 2, cell F2 (`outcomes`): not a valid text; text has neither a letter nor a digit",
            "determinations, line 2, cell G2 (`goal`): unknown level `great`, expected one of not-met, partially-met, met",
            "determinations, line 2, cell H2 (`priority`): `priority` is empty, which this row needs",
            "determinations, line 2, cell I2 (`due`): not a valid day; expected a date such as 2026-11-26",
            "determinations, line 3, cell A3 (`subcategory`): not the id of a subcategory; unknown function `PROTECT`, expected GOVERN, MAP, MEASURE or MANAGE",
            "determinations, line 3, cell B3 (`determination`): unknown level `nearly`, expected one of not-met, partially-met, met",
            "determinations, line 4, cell A4 (`subcategory`): `subcategory` is empty, which this row needs",
            "determinations, line 4, cell C4 (`rationale`): `rationale` is not empty, but a subcategory that is not assessed has none",
            "determinations, line 4, cell G4 (`goal`): `goal` is empty, which this row needs",
            "determinations, line 5, cell A5 (`subcategory`): `GOVERN 1.1` stands in line 2 already",
            "determinations, line 5, cell C5 (`rationale`): not a valid text; text has neither a letter nor a digit",
            "determinations, line 5, cell D5 (`confidence`): `confidence` is not empty, but a subcategory that is not applicable has none",
            "determinations, line 5, cell E5 (`evidence`): `evidence` is not empty, but a subcategory that is not applicable has none",
        ]
    );
}

#[test]
fn a_column_that_a_row_needs_is_named_where_it_is_missing() {
    let errors = read(b"subcategory,determination,evidence\nGV-1.1,met,E-1 E-1\n").unwrap_err();
    assert_eq!(
        said(&errors),
        ["determinations, line 2: `rationale` is empty, which this row needs"]
    );
    let twice = b"subcategory,determination,rationale,evidence\nGV-1.1,met,yes,E-1 E-1\n";
    assert_eq!(
        said(&read(twice).unwrap_err()),
        ["determinations, line 2, cell D2 (`evidence`): `E-1` stands twice"]
    );
}

#[test]
fn evidence_that_is_cited_has_to_be_in_its_table() {
    let determinations = b"subcategory,determination,rationale,evidence\nGV-1.1,met,yes,E-1;E-2\n";
    let table = b"id,kind,title,method,collector,collected\nE-1,document,A,examine,Ada,2026-11-20T10:00:00Z\n";
    let scale = RatingScale::outcome();
    let options = CsvOptions::default();
    let errors = read_assessment(determinations, Some(table), &scale, &options).unwrap_err();
    assert_eq!(errors.code(), "rmf.csv.dangling");
    assert_eq!(
        said(&errors),
        [
            "determinations, line 2, cell D2 (`evidence`): evidence `E-2` is not in the table of evidence"
        ]
    );
    // A table that cannot be told apart has one fault, not one for each citation.
    let errors = read_assessment(determinations, Some(b"id\n\""), &scale, &options).unwrap_err();
    assert!(
        errors
            .as_slice()
            .iter()
            .all(|error| error.table() == CsvTable::Evidence)
    );
    // Without the table the builder of the assessment sees it.
    let read = read_assessment(determinations, None, &scale, &options).unwrap();
    let error = read.add_to(builder()).build().unwrap_err();
    assert_eq!(error.code(), "rmf.assessment.dangling");
}

#[test]
fn evidence_is_read_by_its_kind() {
    let table = "id;kind;title;with;with role;method;collector;collected;period from;period to;bears on\n\
        E-1;Document;Policy;;;Examine;Ada;2026-11-20T10:00:00Z;2026-01-01;2026-06-30;GV-1.1: Supports, MAP 4.1 : contradicts\n\
        E-2;interview;;Grace;owner;interview;Ada;2026-11-20T10:00:00+01:00;;;\n";
    let scale = RatingScale::outcome();
    let none = b"subcategory;determination\n";
    let read = read_assessment(none, Some(table.as_bytes()), &scale, &CsvOptions::default());
    let read = read.unwrap();
    let [(_, policy), (_, talk)] = read.evidence() else {
        panic!("two rows make two pieces of evidence");
    };
    assert_eq!(policy.polarity(id("GOVERN 1.1")), Some(Polarity::Supports));
    assert_eq!(policy.polarity(id("MAP 4.1")), Some(Polarity::Contradicts));
    assert_eq!(policy.period().unwrap().to().to_string(), "2026-06-30");
    assert_eq!(talk.method(), Method::Interview);
    assert!(matches!(
        talk.source(),
        EvidenceSource::Interview { with } if with.role().unwrap().as_str() == "owner"
    ));
}

#[test]
fn every_faulty_cell_of_evidence_is_listed() {
    let columns = "id,kind,title,bom-version,serial,bom-ref,method,collector,collected,expires,digest,period-from,period-to,bears-on,with";
    let rows = [
        "E-1,document,,,,,examine,Ada,2026-11-20,2026-11-19,sha256:12,,2026-01-01,GV-1.1,",
        "E-1,memo,,,,,guess,,2026-11-20T10:00:00Z,,,,,GV-1.1: supports;GV-1.1: helps,",
        "E-2,bom-component,A,two,urn,m,examine,Ada,2026-11-20T10:00:00Z,2026-11-19,,2026-02-01,2026-01-01,GV-1.1:supports;GOVERN 1.1:supports,",
        "E-3,interview,,,,,test,Ada,2026-11-20T10:00:00Z,,,,,,Grace",
    ];
    assert_eq!(
        evidence(&format!("{columns}\n{}\n", rows.join("\n"))),
        [
            "evidence, line 2, cell C2 (`title`): `title` is empty, which this row needs",
            "evidence, line 2, cell I2 (`collected`): not a valid time; expected a date and time with an offset, such as 2026-11-23T10:00:00Z",
            "evidence, line 2, cell K2 (`digest`): not a valid digest; expected 64 hexadecimal digits in digest, found 2",
            "evidence, line 2, cell L2 (`period-from`): `period-from` is empty, which this row needs",
            "evidence, line 2, cell N2 (`bears-on`): expected items such as `GOVERN 1.6: supports` or `MAP 4.1: contradicts`, found `GV-1.1`",
            "evidence, line 3, cell A3 (`id`): `E-1` stands in line 2 already",
            "evidence, line 3, cell B3 (`kind`): unknown name `memo`, expected one of bom-component, document, graph-finding, incident, interview, test-run, verified-signature",
            "evidence, line 3, cell G3 (`method`): unknown name `guess`, expected one of examine, interview, test",
            "evidence, line 3, cell H3 (`collector`): `collector` is empty, which this row needs",
            "evidence, line 3, cell N3 (`bears-on`): unknown name `helps`, expected one of contradicts, supports",
            "evidence, line 4, cell C4 (`title`): `title` is not empty, but a BOM component has none",
            "evidence, line 4, cell D4 (`bom-version`): expected a whole number from 0 to 4294967295, found `two`",
            "evidence, line 4, cell M4 (`period-to`): not valid evidence; period from 2026-02-01 ends on 2026-01-01, before it begins",
            "evidence, line 4, cell N4 (`bears-on`): `GOVERN 1.1` stands twice",
            "evidence, line 5, cell G5 (`method`): not valid evidence; an interview is collected by interview, not by test",
        ]
    );
}

#[test]
fn every_faulty_cell_of_risks_and_actions_is_listed() {
    let columns = "treatment,decision,accepted-by,accepted-on,acceptance-expires,acceptance-justification,status,closed-on,closed-reason,assets,techniques,residual-impact,owner-role";
    let table = risk_rows(
        columns,
        &[
            "accept,no,Ada,2026-11-20,2026-11-20,why,treating,,,,,,",
            "pursue,,,,,,closed,2026-11-01,gone,,AML.1,huge,",
            "ignore,no,Ada,,,,,2026-11-01,,\"package: npm\ndigest: 12\",,,boss",
            "mitigate,,,,,,treating,,,A,AML.T0001;AML.T0001,,",
            "undecided,,,,,,treating,,,,,,",
        ],
    );
    let actions = "risk,id,description,state,state-on,state-reason,counted-in-residual\n\
        R-2,A-1,Do it.,done,2026-11-20,,perhaps\n\
        R-9,A-2,Do it.,completed,,,\n\
        R-4,A-2,Do it.,planned,2026-11-20,,yes\n";
    let errors = risks(&table, Some(actions)).unwrap_err();
    assert_eq!(
        said(&errors),
        [
            "actions, line 2, cell D2 (`state`): unknown name `done`, expected one of planned, in-progress, completed, cancelled",
            "actions, line 2, cell G2 (`counted-in-residual`): unknown name `perhaps`, expected one of no, yes",
            "actions, line 3, cell A3 (`risk`): risk `R-9` is not in the table of risks as one that actions treat",
            "actions, line 3, cell E3 (`state-on`): `state-on` is empty, which this row needs",
            "actions, line 4, cell B4 (`id`): `A-2` stands in line 3 already",
            "actions, line 4, cell E4 (`state-on`): `state-on` is not empty, but an action that is neither completed nor cancelled has none",
            "risks, line 2, cell J2 (`decision`): `decision` is not empty, but a risk that is accepted has none",
            "risks, line 2, cell M2 (`acceptance-expires`): not a valid risk; acceptance of 2026-11-20 expires on 2026-11-20, expected a later day",
            "risks, line 3, cell S3 (`techniques`): not the id of a technique; expected the id of a technique such as `AML.T0010.001`, found `AML.1`",
            "risks, line 3, cell T3 (`residual-impact`): unknown level `huge`, expected one of negligible, minor, moderate, major, severe",
            "risks, line 3: `residual-likelihood` is empty, which this row needs",
            "risks, line 4, cell I4 (`treatment`): unknown name `ignore`, expected one of accept, avoid, mitigate, pursue, transfer, undecided",
            "risks, line 4, cell P4 (`closed-on`): `closed-on` is not empty, but a risk that is not closed has none",
            "risks, line 4, cell R4 (`assets`): not a valid risk; expected a package URL such as `pkg:huggingface/org/model@1`",
            "risks, line 4, cell R4 (`assets`): not a valid digest; expected 64 hexadecimal digits in digest, found 2",
            "risks, line 4: `owner` is empty, which this row needs",
            "risks, line 6, cell S5 (`techniques`): not a valid risk; technique `AML.T0001` stands twice",
            "risks, line 7, cell O6 (`status`): not a valid risk; risk is being treated, but its treatment is undecided",
        ]
    );
}

#[test]
fn risks_and_their_actions_have_to_meet() {
    let table = risk_rows(
        "treatment,status",
        &["mitigate,", "pursue,", "avoid,closed"],
    );
    let actions = "risk,id,description\nR-2,A-1,Do it.\nR-3,A-2,Do it.\n";
    let errors = risks(&table, Some(actions)).unwrap_err();
    assert_eq!(
        said(&errors),
        [
            "actions, line 3, cell A3 (`risk`): risk `R-3` is not in the table of risks as one that actions treat",
            "risks, line 2, cell I2 (`treatment`): risk `R-1` has no action in the table of actions",
            "risks, line 3, cell I3 (`treatment`): not a valid risk; threat cannot be pursued",
            "risks, line 4: `decision` is empty, which this row needs",
            "risks, line 4: `closed-on` is empty, which this row needs",
            "risks, line 4: `closed-reason` is empty, which this row needs",
        ]
    );
    // Where the actions cannot be told apart, no risk is blamed for lacking them.
    let errors = risks(&risk_rows("treatment", &["mitigate"]), Some("risk,id\n")).unwrap_err();
    assert_eq!(
        said(&errors),
        ["actions, line 1: column `description` is missing"]
    );
    assert_eq!(errors.first().table().to_string(), "actions");
}

#[test]
fn what_a_cell_may_leave_out_is_not_needed() {
    let row = ",,\"The bot\nnamed: x: y\n\"\"a\\nb\"\"\"";
    let table = risk_rows("treatment,status,assets", &[row]);
    let read = risks(&table, None).unwrap();
    assert_eq!(read[0].treatment(), &Treatment::Undecided);
    assert_eq!(read[0].status(), &RiskStatus::Open);
    let assets: Vec<_> = read[0].assets().iter().map(ToString::to_string).collect();
    assert_eq!(assets, ["The bot", "a\nb", "x: y"]);
}

#[test]
fn tables_are_written_by_the_standard() {
    let table = csv::write_determinations(&sample(), Dialect::default());
    let mut lines = table.split_inclusive("\r\n");
    assert_eq!(
        lines.next(),
        Some(
            "subcategory,summary,determination,rationale,confidence,evidence,outcomes,goal,priority,due,goal-rationale\r\n"
        )
    );
    assert_eq!(lines.count(), 72);
    assert_eq!(
        csv::write_determinations(&sample(), Dialect::default()),
        table
    );
    let excel = Dialect::default()
        .delimited_by(Delimiter::Semicolon)
        .with_byte_order_mark();
    assert_eq!(
        (excel.delimiter(), excel.has_byte_order_mark()),
        (Delimiter::Semicolon, true)
    );
    let table = csv::write_evidence(&sample(), excel);
    assert!(table.starts_with("\u{feff}id;kind;title;"));
    assert!(table.contains("\r\nE-2;document;Red team report;;"));
    let actions = csv::write_actions(&register::sample(), Dialect::default());
    assert_eq!(
        actions,
        "risk,id,description,owner,owner-organization,owner-role,due,state,state-on,state-reason,counted-in-residual\r\n\
         R-1,A-1,Sign the training data.,,,,2026-12-10,planned,,,no\r\n\
         R-1,A-2,Sign the training data.,,,,2026-12-10,planned,,,no\r\n"
    );
}

#[test]
fn formulas_are_written_as_texts() {
    let formula = "=HYPERLINK(\"http://example.org\",\"a\")";
    let assessment = builder()
        .rate(id("GOVERN 1.1"), rated("met", formula))
        .build()
        .unwrap();
    let table = csv::write_determinations(&assessment, Dialect::default());
    assert!(
        table.contains(",met,\"'=HYPERLINK(\"\"http://example.org\"\",\"\"a\"\")\",,,,,,,\r\n")
    );
    let cases = [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("\na", "'\na"),
        ("\u{ff1d}1", "'\u{ff1d}1"),
        ("\u{ff0b}1", "'\u{ff0b}1"),
        ("\u{ff0d}1", "'\u{ff0d}1"),
        ("\u{ff20}a", "'\u{ff20}a"),
        ("  =1", "'  =1"),
        ("\u{a0}\u{200b}=1", "'\u{a0}\u{200b}=1"),
        ("'=1", "''=1"),
        ("''", "'''"),
        ("'tis", "''tis"),
        ("a=1", "a=1"),
        ("1-1", "1-1"),
        ("", ""),
    ];
    for (text, cell) in cases {
        assert_eq!(csv::guarded(text), cell);
        assert_eq!(csv::unguarded(cell), text);
    }
    assert_eq!(csv::unguarded("'tis"), "'tis");
}

#[test]
fn levels_that_are_called_like_a_determination_stay_levels() {
    let names = ["not-assessed", "N/A", "level:met", "met", "Met"];
    let levels = (0..).zip(names).map(|(at, name)| {
        let attainment = Attainment::ALL[usize::min(at, 2)];
        Level::new(name, attainment, "Same", "Something is the case.").unwrap()
    });
    let scale = RatingScale::new("org.odd".parse().unwrap(), "1", levels.collect()).unwrap();
    let mut builder = builder().scale(scale.clone());
    for (subcategory, name) in Subcategory::ALL.into_iter().zip(names) {
        builder = builder.rate(subcategory, rated(name, "yes"));
    }
    let assessment = builder.build().unwrap();
    let table = csv::write_determinations(&assessment, Dialect::default());
    let read = read_assessment(table.as_bytes(), None, &scale, &CsvOptions::default()).unwrap();
    assert_eq!(read.current(), assessment.current());
    assert!(table.contains(",level:not-assessed,") && table.contains(",level:level:met,"));
    let unclear = b"subcategory,determination,rationale\nGV-1.1,MET,yes\nGV-1.2,same,yes\n";
    let errors = read_assessment(unclear, None, &scale, &CsvOptions::default()).unwrap_err();
    let codes: Vec<_> = errors.as_slice().iter().map(csv::CsvError::code).collect();
    assert_eq!(codes, ["rmf.csv.level"; 2]);
}
