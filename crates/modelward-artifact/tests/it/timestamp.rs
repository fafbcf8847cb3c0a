use std::time::Duration;

use modelward_artifact::Timestamp;

#[test]
fn texts_with_an_offset_become_utc() {
    let cases = [
        ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
        ("2026-11-23t10:00:00z", "2026-11-23T10:00:00Z"),
        ("2026-11-23T10:00:00.5+02:30", "2026-11-23T07:30:00.500Z"),
        ("2026-11-23T10:00:00.123456789Z", "2026-11-23T10:00:00.123Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("9999-12-30T22:00:00Z", "9999-12-30T22:00:00Z"),
    ];
    for (text, expected) in cases {
        let time: Timestamp = text.parse().expect("RFC 3339");
        assert_eq!(time.to_string(), expected);
    }
}

#[test]
fn other_texts_are_refused() {
    let form = "expected a date and time with an offset, such as 2026-11-23T10:00:00Z";
    let range = "expected a time from 1970 to 9999";
    let cases = [
        ("", form),
        ("2026-11-23", form),
        ("2026-11-23T10:00:00", form),
        ("2026-11-23 10:00:00Z", form),
        ("2026-11-23T10:00:00+00:00[UTC]", form),
        ("2026-13-01T00:00:00Z", form),
        ("2026-02-30T00:00:00Z", form),
        ("+002026-11-23T10:00:00Z", form),
        ("1969-12-31T23:59:59Z", range),
    ];
    for (text, expected) in cases {
        let error = text
            .parse::<Timestamp>()
            .expect_err("the text must be refused");
        assert_eq!(error.to_string(), expected, "{text}");
    }
}

#[test]
fn time_goes_forward_only() {
    let start = Timestamp::from_unix_seconds(1_000).expect("in range");
    let later = start
        .checked_add(Duration::from_millis(1_500))
        .expect("in range");
    assert_eq!(later.since(start), Some(Duration::from_millis(1_500)));
    assert_eq!(start.since(later), None);
    assert_eq!(later.unix_seconds(), 1_001);
    assert_eq!(start.checked_add(Duration::MAX), None);
    assert!(Timestamp::from_unix_seconds(-1).is_err());
}
