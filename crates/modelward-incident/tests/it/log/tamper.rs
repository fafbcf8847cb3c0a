use std::error::Error as _;

use modelward_artifact::{Digest, JsonLimits, Party, json};
use modelward_incident::log::{Context, Draft, Fault, IncidentLog, LogLimits, Reading};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{at, draft, log_of, origin};

fn lines(log: &IncidentLog) -> Vec<String> {
    let text = String::from_utf8(log.to_lines().unwrap()).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn verify(lines: &[String]) -> Reading {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    IncidentLog::verify(text.as_bytes())
}

#[test]
fn a_line_is_the_canonical_form_that_the_docs_promise() {
    let log = log_of(2);
    let expected = format!(
        concat!(
            r#"{{"actor":{{"name":"Jo Example","role":"on call"}},"commitments":{{}},"#,
            r#""event":{{"kind":"note","text":"note 1","weight":0.5}},"prev":"{}","#,
            r#""recordedAt":"2026-11-23T10:00:01Z","seq":1}}"#,
        ),
        log.entries()[0].leaf().unwrap(),
    );
    assert_eq!(lines(&log)[1], expected);
    assert_eq!(log.entries()[1].kind(), Some("note"));
    assert_eq!(log.entries()[0].prev(), None);
    let first = log.entries()[0].leaf().unwrap();
    assert_eq!(log.entries()[1].prev(), Some(&first));
}

#[test]
fn a_commitment_by_another_algorithm_is_none_that_a_log_makes() {
    let line = lines(&log_of(1)).remove(0);
    for (algorithm, fault) in [("sha256", None), ("blake3", Some("incident.log.canonical"))] {
        let commitments = format!(r#""commitments":{{"a":"{algorithm}:{}"}}"#, "0".repeat(64));
        let line = line.replace(r#""commitments":{}"#, &commitments);
        let reading = verify(&[line]);
        assert_eq!(reading.fault().map(Fault::code), fault, "{algorithm}");
    }
}

#[test]
fn a_sound_log_is_read_whole() {
    let log = log_of(20);
    let reading = IncidentLog::verify(&log.to_lines().unwrap());
    assert!(reading.fault().is_none());
    let again = reading.into_verdict().into_result().unwrap();
    assert_eq!(again.entries(), log.entries());
    assert_eq!(again.root(), log.root());
    assert!(IncidentLog::verify(b"").readable().is_empty());
}

#[test]
fn the_first_bad_entry_is_named_and_what_is_before_it_is_readable() {
    type Change = fn(&mut Vec<String>);
    let table: [(&str, Change, u64, &str); 15] = [
        ("dropped", |l| drop(l.remove(2)), 2, "incident.log.gap"),
        (
            "first dropped",
            |l| drop(l.remove(0)),
            0,
            "incident.log.gap",
        ),
        ("moved", |l| l.swap(2, 4), 2, "incident.log.gap"),
        (
            "doubled",
            |l| l.insert(3, l[2].clone()),
            3,
            "incident.log.repeated",
        ),
        (
            "an earlier one again",
            |l| l[4] = l[1].clone(),
            4,
            "incident.log.repeated",
        ),
        (
            "reworded",
            |l| l[2] = l[2].replace("note 2", "note 9"),
            2,
            "incident.log.changed",
        ),
        (
            "first reworded",
            |l| l[0] = l[0].replace("note 0", "note 9"),
            0,
            "incident.log.changed",
        ),
        (
            "another prev at the end",
            |l| l[5] = l[5].replace(&prev(&l[5]), &prev(&l[3])),
            5,
            "incident.log.prev",
        ),
        (
            "a prev at the first",
            |l| l[0] = l[0].replace("null", &format!("\"{}\"", prev(&l[3]))),
            0,
            "incident.log.prev",
        ),
        (
            "blank",
            |l| l[3] = l[3].replace("\"seq\":", "\"seq\": "),
            3,
            "incident.log.canonical",
        ),
        (
            "member twice",
            |l| l[3] = l[3].replace("{\"actor", "{\"seq\":3,\"actor"),
            3,
            "incident.log.entry",
        ),
        (
            "member of the event twice",
            |l| l[3] = l[3].replace("{\"kind", "{\"kind\":\"a\",\"kind"),
            3,
            "incident.log.canonical",
        ),
        (
            "another spelling of the time",
            |l| l[3] = l[3].replace("Z\"", "+00:00\""),
            3,
            "incident.log.canonical",
        ),
        (
            "empty line",
            |l| l.insert(1, String::new()),
            1,
            "incident.log.entry",
        ),
        ("no json", |l| l[1].truncate(40), 1, "incident.log.entry"),
    ];
    let log = log_of(6);
    for (name, change, seq, code) in table {
        let mut changed = lines(&log);
        change(&mut changed);
        let reading = verify(&changed);
        let fault = reading
            .fault()
            .unwrap_or_else(|| panic!("{name} is not found"));
        assert_eq!((fault.seq(), fault.code()), (seq, code), "{name}");
        let sound = usize::try_from(seq).unwrap();
        assert_eq!(
            reading.readable().entries(),
            &log.entries()[..sound],
            "{name}"
        );
        let start: usize = lines(&log)[..sound].iter().map(|line| line.len() + 1).sum();
        assert_eq!(fault.offset(), start as u64, "{name}");
        let findings = reading.into_verdict().into_result().unwrap_err();
        assert!(findings.has(code), "{name}");
        assert_eq!(
            findings.as_slice()[0].subject(),
            Some(format!("entry {seq}").as_str())
        );
    }
}

fn prev(line: &str) -> String {
    let value: Value = serde_json::from_str(line).unwrap();
    value["prev"].as_str().unwrap().to_owned()
}

#[test]
fn every_flipped_bit_is_found_in_the_log_or_against_the_checkpoint() {
    let log = log_of(5);
    let bytes = log.to_lines().unwrap();
    let remembered = log.chain().checkpoint(origin());
    let mut line = 0;
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let reading = IncidentLog::verify(&flipped);
            let readable = reading.readable().entries();
            match reading.fault() {
                // The last entry has none after it that would tell.
                None => assert_eq!(line, 4, "bit {bit} of byte {at}"),
                // The one before it was changed, or it is the last one itself: none vouches.
                Some(fault) if fault.seq() > line => {
                    assert_eq!((line, fault.seq()), (3, 4), "bit {bit} of byte {at}");
                    assert_eq!(fault.code(), "incident.log.prev");
                    assert_eq!(readable[..3], log.entries()[..3]);
                }
                Some(fault) => {
                    assert_eq!(fault.seq(), line, "bit {bit} of byte {at}: {fault}");
                    let sound = usize::try_from(line).unwrap();
                    assert_eq!(readable, &log.entries()[..sound]);
                }
            }
            let verdict = reading.readable().chain().verify_against(&remembered);
            assert!(verdict.rejected().is_some(), "bit {bit} of byte {at}");
        }
        line += u64::from(bytes[at] == b'\n');
    }
}

#[test]
fn a_log_cut_off_or_written_anew_shows_only_against_a_remembered_checkpoint() {
    let log = log_of(5);
    let remembered = log.chain().checkpoint(origin());
    let continued = log_of(8).chain().verify_against(&remembered);
    let continued = continued.into_result().unwrap();
    assert_eq!((continued.old_size(), continued.added()), (5, 3));

    let short = verify(&lines(&log)[..4]);
    assert!(short.fault().is_none());
    let found = short.readable().chain().verify_against(&remembered);
    assert!(found.rejected().unwrap().has("incident.log.truncated"));

    let mut other = IncidentLog::new();
    for number in 0..8 {
        other
            .append(draft(number + u32::from(number == 4)), &at(number))
            .unwrap();
    }
    assert!(
        IncidentLog::verify(&other.to_lines().unwrap())
            .fault()
            .is_none()
    );
    let found = other.chain().verify_against(&remembered);
    assert_eq!(
        found.rejected().unwrap().to_string(),
        "example.org/incidents: the first 5 entries of the log are not those that it had [incident.log.rewritten]",
    );
}

#[test]
fn time_goes_back_neither_in_appending_nor_in_reading() {
    let mut log = log_of(3);
    let error = log.append(draft(3), &at(1)).unwrap_err();
    assert_eq!(error.code(), "incident.log.append.time");
    assert_eq!(log.len(), 3);

    // Two at one time are in order.
    log.append(draft(3), &at(2)).unwrap();
    assert!(verify(&lines(&log)).fault().is_none());

    // What is left of a changed log has its time, too.
    log.append(draft(4), &at(3)).unwrap();
    let mut changed = lines(&log);
    changed[2] = changed[2].replace("10:00:02", "10:00:01");
    let reading = verify(&changed);
    assert_eq!(reading.fault().unwrap().code(), "incident.log.changed");
    let mut left = reading.readable().clone();
    assert_eq!(left.len(), 2);
    let error = left.append(draft(4), &at(0)).unwrap_err();
    assert_eq!(error.code(), "incident.log.append.time");

    // One who writes the whole log by hand can make every hash fit.
    let mut forged = lines(&log_of(1));
    let leaf = log.entries()[0].leaf().unwrap();
    forged.push(lines(&log)[1].replace("10:00:01", "09:00:00"));
    assert_eq!(prev(&forged[1]), leaf.to_string());
    let reading = verify(&forged);
    let fault = reading.fault().unwrap();
    assert_eq!((fault.seq(), fault.code()), (1, "incident.log.time"));
}

#[test]
fn a_first_entry_that_follows_another_is_at_fault_whatever_the_next_one_says() {
    let mut forged = lines(&log_of(3));
    forged[0] = forged[0].replace("null", &format!("\"{}\"", prev(&forged[2])));
    let leaf = Digest::sha256(&[&[0], forged[0].as_bytes()].concat());
    forged[1] = forged[1].replace(&prev(&forged[1]), &leaf.to_string());
    let reading = verify(&forged);
    let fault = reading.fault().unwrap();
    assert_eq!((fault.seq(), fault.code()), (0, "incident.log.prev"));
    assert!(reading.readable().is_empty());
}

#[test]
fn what_is_left_of_a_changed_log_grows_as_if_nothing_had_been() {
    for (changed, number) in (0..10_usize).zip(0..) {
        let mut lines = lines(&log_of(number + 3));
        lines[changed] = lines[changed].replace("0.5", "0.25");
        let mut left = verify(&lines).readable().clone();
        assert_eq!(left.entries().len(), changed);
        for number in number..number + 3 {
            left.append(draft(number), &at(number)).unwrap();
        }
        assert_eq!(left.root(), log_of(number + 3).root(), "{changed}");
    }
}

#[test]
fn limits_bind_what_is_appended_and_what_is_read() {
    let line = lines(&log_of(2))[1].len();
    let exact = LogLimits::default().with_max_line_bytes(line);
    let tight = LogLimits::default().with_max_line_bytes(line - 1);
    let bytes = log_of(2).to_lines().unwrap();
    assert!(IncidentLog::verify_within(&bytes, exact).fault().is_none());
    let reading = IncidentLog::verify_within(&bytes, tight);
    assert_eq!(
        reading.fault().unwrap().code(),
        "incident.log.line_too_long"
    );
    let mut log = IncidentLog::with_limits(exact);
    for seq in 0..2 {
        log.append(draft(seq), &at(seq)).unwrap();
    }
    let mut log = IncidentLog::with_limits(tight);
    log.append(draft(0), &at(0)).unwrap();
    let error = log.append(draft(1), &at(1)).unwrap_err();
    assert_eq!(error.code(), "incident.log.append.line_too_long");

    let small = LogLimits::default().with_max_bytes(bytes.len() as u64 - 1);
    let reading = IncidentLog::verify_within(&bytes, small);
    let fault = reading.fault().unwrap();
    assert_eq!((fault.seq(), fault.code()), (1, "incident.log.too_large"));
    let mut log = IncidentLog::with_limits(small);
    log.append(draft(0), &at(0)).unwrap();
    let error = log.append(draft(1), &at(1)).unwrap_err();
    assert_eq!(error.code(), "incident.log.append.too_large");
    // The last line lost its end.
    let torn = &bytes[..bytes.len() - 1];
    let reading = IncidentLog::verify_within(torn, exact);
    assert_eq!(reading.fault().unwrap().code(), "incident.log.torn");
    let exact = LogLimits::default().with_max_bytes(bytes.len() as u64);
    assert!(IncidentLog::verify_within(&bytes, exact).fault().is_none());
    let mut log = IncidentLog::with_limits(exact);
    for seq in 0..2 {
        log.append(draft(seq), &at(seq)).unwrap();
    }
}

#[test]
fn a_fault_says_where_it_is_and_why() {
    let mut broken = lines(&log_of(2));
    let offset = broken[0].len() + 1;
    broken[1] = "{\"seq\":1}".to_owned();
    let reading = verify(&broken);
    let fault = reading.fault().unwrap();
    let text = format!("entry 1 at byte {offset}: the line is not an entry");
    assert_eq!(fault.to_string(), text);
    let why = fault.source().unwrap().to_string();
    assert!(why.starts_with("missing field"), "{why}");
}

#[test]
fn what_has_no_canonical_form_is_not_appended() {
    let deep = (0..70).fold(json!(1), |inner, _| json!([inner]));
    let table = [
        json!({"a": 1_u64 << 53}),
        json!({"a": -(1_i64 << 53)}),
        json!({"a": 1e17}),
        json!({"a": deep}),
    ];
    for event in table {
        let mut log = IncidentLog::new();
        let error = log.append(Draft::new(event).unwrap(), &at(0)).unwrap_err();
        assert_eq!(error.code(), "incident.log.append.form");
        assert!(log.is_empty());
    }
    for event in [json!([1]), json!({}), json!(null)] {
        let error = Draft::new(event).unwrap_err();
        assert_eq!(error.code(), "incident.log.draft.event");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53) + 1..1_i64 << 53).prop_map(Value::from),
        (-1e15..1e15_f64).prop_map(Value::from),
        (-1e-5..1e-5_f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_event_is_written_canonically_and_read_again(
        members in prop::collection::btree_map(any::<String>(), any_json(), 1..6),
        name in "[a-zA-Z\u{e9}\"\\\\ ]{0,8}x",
    ) {
        let mut log = IncidentLog::new();
        let event = Value::Object(members.into_iter().collect());
        let context = Context::new("2026-11-23T10:00:00.250Z".parse().unwrap(), Party::new(&name).unwrap());
        log.append(Draft::new(event).unwrap(), &context).unwrap();
        let line = log.entries()[0].to_line().unwrap();
        let value = json::read(&line, &JsonLimits::default()).unwrap();
        prop_assert_eq!(&line, &json::canonical(&value).unwrap());
        let reading = IncidentLog::verify(&log.to_lines().unwrap());
        prop_assert!(reading.fault().is_none(), "{:?}", reading.fault());
        prop_assert_eq!(reading.readable().root(), log.root());
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(IncidentLog::verify(&bytes).fault().is_none(), bytes.is_empty());
    }
}
