use modelward_artifact::{Date, Digest, Timestamp};
use modelward_rmf::csv::{self, CsvOptions, Delimiter, Dialect};
use modelward_rmf::{
    Acceptance, ActionItem, ActionPlan, ActionState, Assessment, AssetRef, Collection,
    ComponentRef, Confidence, Determination, Evidence, EvidenceId, EvidenceSource, Goal, Link,
    Method, PackageUrl, Party, Period, Polarity, Priority, Profile, Rated, RatingScale, Revocation,
    Risk, RiskMatrix, RiskRating, RiskStatement, RiskStatus, Subcategory, Target, Text, Treatment,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::assessment::builder;
use crate::register::{register, sample};
use crate::risk::SERIAL;
use crate::treatment::day;

/// Texts of what is hard for tables: marks of formulas, quotes, delimiters, line breaks, blanks.
fn text() -> impl Strategy<Value = Text> {
    let hard = select(vec![
        '=',
        '+',
        '-',
        '@',
        '\'',
        '"',
        ',',
        ';',
        ':',
        '\t',
        '\r',
        '\n',
        ' ',
        'a',
        '\\',
        '#',
        '{',
        '\u{ff1d}',
        '\u{a0}',
        '\u{200b}',
        '\u{2028}',
        '\u{feff}',
        '\u{e9}',
        '\u{1f600}',
    ]);
    let part = vec(hard, 0..6).prop_map(String::from_iter);
    let word = select(vec!["x", "\"x\"", "named: x", "level:", "7", "sep=;\n"]);
    let texts = (part.clone(), word, part).prop_map(|(a, b, c)| format!("{a}{b}{c}"));
    texts.prop_map(|text| text.parse().unwrap())
}

fn party() -> impl Strategy<Value = Party> {
    let parts = (text(), option::of(text()), option::of(text()));
    parts.prop_map(|(name, organization, role)| {
        let party = Party::new(name.as_str()).unwrap();
        let party = match organization {
            Some(it) => party.with_organization(it.as_str()).unwrap(),
            None => party,
        };
        match role {
            Some(it) => party.with_role(it.as_str()).unwrap(),
            None => party,
        }
    })
}

fn date() -> impl Strategy<Value = Date> {
    (1_u32..200).prop_map(|days| day("2026-11-26").checked_add_days(days).unwrap())
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    (0_u32..1000).prop_map(|millis| format!("2026-11-26T10:00:00.{millis:03}Z").parse().unwrap())
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<u8>().prop_map(|byte| Digest::sha256(&[byte]))
}

fn source() -> impl Strategy<Value = EvidenceSource> {
    prop_oneof![
        (text(), any::<u32>(), text()).prop_map(|(serial, version, bom_ref)| {
            EvidenceSource::BomComponent {
                serial,
                version,
                bom_ref,
            }
        }),
        text().prop_map(|title| EvidenceSource::Document { title }),
        (digest(), text())
            .prop_map(|(report, finding)| EvidenceSource::GraphFinding { report, finding }),
        text().prop_map(|incident| EvidenceSource::Incident { incident }),
        party().prop_map(|with| EvidenceSource::Interview { with }),
        (text(), text()).prop_map(|(tool, run)| EvidenceSource::TestRun { tool, run }),
        (digest(), digest(), text()).prop_map(|(subject, bundle, identity)| {
            EvidenceSource::VerifiedSignature {
                subject,
                bundle,
                identity,
            }
        }),
    ]
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let collection = (select(Method::ALL.to_vec()), party(), timestamp());
    let days = (option::of((date(), date())), option::of(date()));
    let rest = (option::of(digest()), option::of(text()), option::of(text()));
    let polarity = select(vec![Polarity::Contradicts, Polarity::Supports]);
    let bears_on = vec((select(Subcategory::ALL.to_vec()), polarity), 0..4);
    let parts = (source(), collection, days, rest, bears_on);
    parts.prop_map(
        |(source, (method, collector, collected), days, rest, bears_on)| {
            let method = match &source {
                EvidenceSource::Interview { .. } => Method::Interview,
                _ => method,
            };
            let mut evidence =
                Evidence::new(source, Collection::new(method, collector, collected)).unwrap();
            if let Some((one, other)) = days.0 {
                let period = Period::new(one.min(other), one.max(other)).unwrap();
                evidence = evidence.with_period(period);
            }
            if let Some(day) = days.1 {
                evidence = evidence.expiring(day).unwrap();
            }
            if let Some(digest) = rest.0 {
                evidence = evidence.with_digest(digest);
            }
            if let Some(text) = rest.1 {
                evidence = evidence.with_location(text.as_str()).unwrap();
            }
            if let Some(text) = rest.2 {
                evidence = evidence.with_description(text.as_str()).unwrap();
            }
            let bear = |evidence: Evidence, (id, polarity)| evidence.bearing_on(id, polarity);
            bears_on.into_iter().fold(evidence, bear)
        },
    )
}

fn level() -> impl Strategy<Value = &'static str> {
    select(vec!["not-met", "partially-met", "met"])
}

fn rated(known: Vec<EvidenceId>) -> impl Strategy<Value = Rated> {
    let count = known.len();
    let confidence = option::of(select(Confidence::ALL.to_vec()));
    let cited = subsequence(known, 0..=count);
    let parts = (level(), text(), confidence, cited, vec(text(), 0..3));
    parts.prop_map(|(level, rationale, confidence, cited, outcomes)| {
        let rated = Rated::new(level, rationale.as_str()).unwrap();
        let rated = confidence.into_iter().fold(rated, Rated::with_confidence);
        let rated = cited.into_iter().fold(rated, Rated::citing);
        outcomes.into_iter().fold(rated, Rated::with_outcome)
    })
}

fn determination(known: Vec<EvidenceId>) -> impl Strategy<Value = Determination> {
    prop_oneof![
        text().prop_map(|justification| Determination::NotApplicable { justification }),
        rated(known).prop_map(Determination::Rated),
    ]
}

fn goal() -> impl Strategy<Value = Goal> {
    let priority = select(Priority::ALL.to_vec());
    let parts = (level(), priority, option::of(date()), option::of(text()));
    parts.prop_map(|(level, priority, due, rationale)| {
        let goal = Goal::new(level, priority).unwrap();
        let goal = due.into_iter().fold(goal, Goal::due);
        rationale.into_iter().fold(goal, Goal::because)
    })
}

fn assessment() -> impl Strategy<Value = Assessment> {
    let ids = || subsequence(Subcategory::ALL.to_vec(), 0..6);
    let known = vec(evidence(), 0..4);
    let parts = (ids(), ids(), known).prop_flat_map(|(found, aimed, known)| {
        let named = (1..).zip(known);
        let known: Vec<(EvidenceId, Evidence)> = named
            .map(|(at, item)| (format!("E-{at}").parse().unwrap(), item))
            .collect();
        let ids: Vec<_> = known.iter().map(|(id, _)| id.clone()).collect();
        let determinations = vec(determination(ids), found.len());
        let goals = vec(goal(), aimed.len());
        (Just(found), determinations, Just(aimed), goals, Just(known))
    });
    parts.prop_map(|(found, determinations, aimed, goals, known)| {
        let scale = RatingScale::outcome();
        let found = found.into_iter().zip(determinations);
        let mut builder = builder().current(Profile::new(scale.clone(), found).unwrap());
        if !goals.is_empty() {
            let goals = aimed.into_iter().zip(goals);
            builder = builder.target(Profile::<Target>::new(scale, goals).unwrap());
        }
        for (id, item) in known {
            builder = builder.evidence(id, item);
        }
        builder.build().unwrap()
    })
}

fn acceptance() -> impl Strategy<Value = Acceptance> {
    let revocation = option::of((party(), date(), text()));
    let parts = (party(), date(), text(), 1_u32..9, revocation);
    parts.prop_map(|(by, on, why, days, revocation)| {
        let expires = on.checked_add_days(days).unwrap();
        let acceptance = Acceptance::new(by, on, why.as_str(), expires).unwrap();
        match revocation {
            None => acceptance,
            Some((by, day, why)) => {
                let revocation = Revocation::new(by, day.max(on), why.as_str()).unwrap();
                acceptance.revoke(revocation).unwrap()
            }
        }
    })
}

fn action() -> impl Strategy<Value = ActionItem> {
    let state = prop_oneof![
        Just(ActionState::Planned),
        Just(ActionState::InProgress),
        date().prop_map(|on| ActionState::Completed { on }),
        (date(), text()).prop_map(|(on, reason)| ActionState::Cancelled { on, reason }),
    ];
    let rest = (option::of(party()), option::of(date()), any::<bool>());
    (any::<u128>(), text(), state, rest).prop_map(|(id, text, state, (owner, due, counted))| {
        let id = format!("A-{id}").parse().unwrap();
        let action = ActionItem::new(id, text.as_str())
            .unwrap()
            .with_state(state);
        let action = owner.into_iter().fold(action, ActionItem::with_owner);
        let action = due.into_iter().fold(action, ActionItem::with_due);
        if counted {
            action.counted_in_residual()
        } else {
            action
        }
    })
}

fn plan() -> impl Strategy<Value = ActionPlan> {
    vec(action(), 1..4).prop_filter_map("ids differ", |actions| ActionPlan::new(actions).ok())
}

fn treatment() -> impl Strategy<Value = Treatment> {
    let remainder = || option::of(acceptance());
    prop_oneof![
        acceptance().prop_map(Treatment::Accept),
        text().prop_map(|decision| Treatment::Avoid { decision }),
        (plan(), remainder())
            .prop_map(|(actions, remainder)| Treatment::Mitigate { actions, remainder }),
        plan().prop_map(|actions| Treatment::Pursue { actions }),
        (party(), text(), remainder()).prop_map(|(to, instrument, remainder)| {
            Treatment::Transfer {
                to,
                instrument,
                remainder,
            }
        }),
        Just(Treatment::Undecided),
    ]
}

fn link() -> impl Strategy<Value = Link> {
    prop_oneof![
        text().prop_map(|it| {
            Link::Asset(AssetRef::Component(
                ComponentRef::new(SERIAL, it.as_str()).unwrap(),
            ))
        }),
        digest().prop_map(|it| Link::Asset(AssetRef::Digest(it))),
        text().prop_map(|it| Link::Asset(AssetRef::Named(it))),
        select(vec!["pkg:npm/a", "pkg:pypi/b@1?c=d:e#f;g,h"])
            .prop_map(|it| Link::Asset(AssetRef::Package(PackageUrl::new(it).unwrap()))),
        text().prop_map(Link::Incident),
        text().prop_map(Link::Taxonomy),
        select(Subcategory::ALL.to_vec()).prop_map(Link::Subcategory),
        select(vec!["AML.T0020", "AML.T0020.001"])
            .prop_map(|it| Link::Technique(it.parse().unwrap())),
    ]
}

fn rating() -> impl Strategy<Value = RiskRating> {
    let matrix = RiskMatrix::five_by_five();
    let likelihood: Vec<_> = matrix
        .likelihood()
        .iter()
        .map(|it| it.name().clone())
        .collect();
    let impact: Vec<_> = matrix.impact().iter().map(|it| it.name().clone()).collect();
    let parts = (select(likelihood), select(impact));
    parts.prop_map(|(likelihood, impact)| RiskRating::new(likelihood, impact))
}

fn status() -> impl Strategy<Value = RiskStatus> {
    prop_oneof![
        Just(RiskStatus::Open),
        Just(RiskStatus::Treating),
        Just(RiskStatus::Monitoring),
        (date(), text()).prop_map(|(on, reason)| RiskStatus::Closed { on, reason }),
    ]
}

fn risk() -> impl Strategy<Value = Risk> {
    let head = (any::<u128>(), text(), text(), text(), timestamp());
    let ratings = (rating(), option::of(rating()), option::of(rating()));
    let tail = (option::of(party()), option::of(date()), status());
    let parts = (head, ratings, vec(link(), 0..6), treatment(), tail);
    parts.prop_map(
        |(head, (current, inherent, residual), mut links, treatment, tail)| {
            let (id, cause, event, consequence, at) = head;
            let id = format!("R-{id}").parse().unwrap();
            let statement =
                RiskStatement::new(cause.as_str(), event.as_str(), consequence.as_str()).unwrap();
            let start = match treatment {
                Treatment::Pursue { .. } => Risk::opportunity,
                _ => Risk::threat,
            };
            let (owner, review_by, status) = tail;
            let status = match status {
                RiskStatus::Treating if !treatment.is_decided() => RiskStatus::Open,
                status => status,
            };
            links.sort();
            links.dedup();
            let mut risk = start(id, statement, current, at)
                .treatment(treatment)
                .status(status);
            if let Some(rating) = inherent {
                risk = risk.inherent(rating);
            }
            if let Some(rating) = residual {
                risk = risk.residual(rating);
            }
            if let Some(owner) = owner {
                risk = risk.owner(owner);
            }
            if let Some(day) = review_by {
                risk = risk.review_by(day);
            }
            links
                .into_iter()
                .fold(risk, modelward_rmf::RiskBuilder::link)
                .build()
                .unwrap()
        },
    )
}

fn dialect() -> impl Strategy<Value = Dialect> {
    (select(Delimiter::ALL.to_vec()), any::<bool>()).prop_map(|(delimiter, mark)| {
        let dialect = Dialect::default().delimited_by(delimiter);
        if mark {
            dialect.with_byte_order_mark()
        } else {
            dialect
        }
    })
}

/// What another reader sees in the table: the rows as they are cut, without the header row.
fn cut(table: &str, dialect: Dialect) -> Vec<Vec<String>> {
    let delimiter = u8::try_from(dialect.delimiter().as_char()).unwrap();
    let mut reader = ::csv::ReaderBuilder::new();
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let mut reader = reader.delimiter(delimiter).from_reader(table.as_bytes());
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_text_survives_the_guard_and_is_no_formula(text in ".*|[-=+@'\t\r\n \u{ff1d}]{0,4}.?") {
        let cell = csv::guarded(&text);
        prop_assert_eq!(csv::unguarded(&cell), &text);
        let marks = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
        let is_formula = cell.trim_start().starts_with(marks);
        prop_assert!(!is_formula);
    }

    #[test]
    fn an_assessment_survives_its_tables(assessment in assessment(), dialect in dialect()) {
        let determinations = csv::write_determinations(&assessment, dialect);
        let evidence = csv::write_evidence(&assessment, dialect);
        let read = csv::read_assessment(
            determinations.as_bytes(),
            Some(evidence.as_bytes()),
            &RatingScale::outcome(),
            &CsvOptions::default(),
        ).unwrap();
        prop_assert_eq!(read.add_to(builder()).build().unwrap(), assessment);
    }

    #[test]
    fn a_register_survives_its_tables(risks in vec(risk(), 0..4), dialect in dialect()) {
        let Ok(register) = register(risks) else {
            return Ok(());
        };
        let risks = csv::write_risks(&register, dialect);
        let actions = csv::write_actions(&register, dialect);
        let read = csv::read_risks(
            risks.as_bytes(),
            Some(actions.as_bytes()),
            register.matrix(),
            &CsvOptions::default(),
        ).unwrap();
        let read = crate::register::register(read).unwrap();
        prop_assert_eq!(read.digest(), register.digest());
    }

    #[test]
    fn another_reader_sees_the_same_cells(risks in vec(risk(), 0..3), dialect in dialect()) {
        let Ok(register) = register(risks) else {
            return Ok(());
        };
        let rows = cut(&csv::write_risks(&register, dialect), dialect);
        let expected = register.risks().map(|risk| {
            let statement = risk.statement();
            let parts = [risk.id().as_str(), statement.cause().as_str(), statement.event().as_str()];
            parts.map(|part| csv::guarded(part).into_owned())
        });
        let found = rows.iter().map(|row| [0, 2, 3].map(|at| row[at].clone()));
        prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in vec(select(b"a,;\"\r\n\t'=\xff\xc3\xa9x-".to_vec()), 0..60)) {
        let table = [&b"subcategory,determination,rationale\n"[..], &bytes].concat();
        let scale = RatingScale::outcome();
        for table in [&table, &bytes] {
            if let Err(errors) = csv::read_assessment(table, None, &scale, &CsvOptions::default()) {
                let lines = 1 + table.iter().filter(|byte| b"\r\n".contains(byte)).count();
                prop_assert!(errors.as_slice().iter().all(|error| error.line() <= lines));
            }
        }
    }
}

#[test]
fn a_history_is_all_that_a_table_does_not_hold() {
    let before = sample();
    let id = "R-1".parse().unwrap();
    let note = modelward_rmf::Amendment::Note("Seen by the board.".parse().unwrap());
    let at = "2026-11-27T10:00:00Z".parse().unwrap();
    let revision = modelward_rmf::Revision::new(crate::treatment::ada(), at, note);
    let noted = before.revise(&id, revision).unwrap();
    assert_ne!(noted.digest(), before.digest());
    let risks = csv::write_risks(&noted, Dialect::default());
    let actions = csv::write_actions(&noted, Dialect::default());
    let read = csv::read_risks(
        risks.as_bytes(),
        Some(actions.as_bytes()),
        noted.matrix(),
        &CsvOptions::default(),
    );
    assert_eq!(register(read.unwrap()).unwrap().digest(), before.digest());
}
