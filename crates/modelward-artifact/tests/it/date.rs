use modelward_artifact::{Date, Timestamp};
use proptest::prelude::{prop_assert_eq, proptest};

#[test]
fn a_day_is_read_as_it_is_written() {
    for text in ["1970-01-01", "2024-02-29", "2026-11-26", "9999-12-29"] {
        let date: Date = text.parse().unwrap();
        assert_eq!(date.to_string(), text);
    }
    assert_eq!(Date::MAX.to_string(), "9999-12-29");
}

#[test]
fn other_texts_are_refused() {
    let form = ("expected a date such as 2026-11-26", "artifact.date.form");
    let range = (
        "expected a date from 1970-01-01 to 9999-12-29",
        "artifact.date.range",
    );
    let cases = [
        ("", form),
        ("2026-11-26T00:00:00Z", form),
        ("2026-02-30", form),
        ("2025-02-29", form),
        ("2026-13-01", form),
        ("20261126", form),
        ("2026/11/26", form),
        ("+2026-11-2", form),
        ("26-11-2026", form),
        ("1969-12-31", range),
        ("0000-01-01", range),
        ("9999-12-30", range),
    ];
    for (text, (message, code)) in cases {
        let error = text.parse::<Date>().unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.code()),
            (message, code),
            "{text}"
        );
    }
}

#[test]
fn a_day_is_over_when_the_next_one_begins() {
    let day: Date = "2026-12-31".parse().unwrap();
    assert_eq!(day.start().to_string(), "2026-12-31T00:00:00Z");
    assert_eq!(day.end().to_string(), "2027-01-01T00:00:00Z");
    let last: Timestamp = "2026-12-31T23:59:59.999Z".parse().unwrap();
    assert!(!day.is_over(last));
    assert!(day.is_over(day.end()));
    assert_eq!(last.date(), day);
    assert_eq!(Timestamp::MAX.date(), Date::MAX);
}

proptest! {
    #[test]
    fn days_are_counted_and_ordered_as_the_calendar_has_them(from in 0_u32..2_000_000, days in 0_u32..900_000) {
        let first: Date = Timestamp::UNIX_EPOCH.date();
        let from = first.checked_add_days(from).unwrap();
        let to = from.checked_add_days(days).unwrap();
        prop_assert_eq!(to.days_since(from), Some(days));
        prop_assert_eq!(from.days_since(to).is_some(), days == 0);
        prop_assert_eq!(to.to_string().parse::<Date>(), Ok(to));
        prop_assert_eq!(to.to_string().cmp(&from.to_string()), to.cmp(&from));
    }
}

#[test]
fn what_lies_behind_the_last_day_is_none() {
    assert_eq!(Date::MAX.checked_add_days(1), None);
    assert_eq!(Date::MAX.checked_add_days(u32::MAX), None);
}
