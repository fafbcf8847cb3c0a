use modelward_artifact::{Date, Timestamp};
use modelward_incident::{Due, WhenClosed, WorkingCalendar};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_strict_period_is_so_many_times_24_hours() {
    let cases = [
        (
            Due::Immediately,
            "2026-11-23T10:20:30Z",
            "2026-11-23T10:20:30Z",
        ),
        (
            Due::Hours(4),
            "2026-11-23T22:20:30Z",
            "2026-11-24T02:20:30Z",
        ),
        (
            Due::Hours(72),
            "2026-11-23T10:20:30Z",
            "2026-11-26T10:20:30Z",
        ),
        (Due::Days(2), "2028-02-28T10:00:00Z", "2028-03-01T10:00:00Z"),
        (
            Due::Days(15),
            "2026-12-20T23:59:59Z",
            "2027-01-04T23:59:59Z",
        ),
        (
            Due::EveryWeeks(4),
            "2026-02-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
        ),
        (
            Due::Months(1),
            "2027-01-31T10:00:00Z",
            "2027-02-28T10:00:00Z",
        ),
        (
            Due::Months(1),
            "2028-01-31T10:00:00Z",
            "2028-02-29T10:00:00Z",
        ),
        (
            Due::Months(1),
            "2028-01-30T10:00:00Z",
            "2028-02-29T10:00:00Z",
        ),
        (
            Due::Months(12),
            "2028-02-29T10:00:00Z",
            "2029-02-28T10:00:00Z",
        ),
        (
            Due::Months(1),
            "2026-12-15T10:00:00Z",
            "2027-01-15T10:00:00Z",
        ),
        (
            Due::Months(1),
            "2026-11-30T10:00:00.250Z",
            "2026-12-30T10:00:00.250Z",
        ),
    ];
    for (due, start, end) in cases {
        assert_eq!(due.strict(at(start)), Some(at(end)), "{due} from {start}");
    }
}

#[test]
fn a_calendar_period_ends_with_the_last_hour_of_a_working_day() {
    let utc = WorkingCalendar::utc();
    let cases = [
        // The hour of the event is not counted; hours are not moved from weekends.
        (
            Due::Hours(4),
            "2026-11-23T10:20:30Z",
            "2026-11-23T15:00:00Z",
        ),
        (
            Due::Hours(4),
            "2026-11-23T10:00:00Z",
            "2026-11-23T15:00:00Z",
        ),
        (
            Due::Hours(72),
            "2026-11-19T10:20:00Z",
            "2026-11-22T11:00:00Z",
        ),
        // Monday and two days: the end of Wednesday.
        (Due::Days(2), "2026-11-23T00:00:00Z", "2026-11-26T00:00:00Z"),
        (Due::Days(2), "2026-11-23T23:59:59Z", "2026-11-26T00:00:00Z"),
        // Thursday and two days: Saturday becomes Monday, with Friday before it.
        (Due::Days(2), "2026-11-19T10:00:00Z", "2026-11-24T00:00:00Z"),
        // Friday and two days: Monday is but one working day, so Tuesday.
        (Due::Days(2), "2026-11-20T10:00:00Z", "2026-11-25T00:00:00Z"),
        (Due::Days(2), "2026-11-21T10:00:00Z", "2026-11-25T00:00:00Z"),
        // One day has no working days to hold.
        (Due::Days(1), "2026-11-20T10:00:00Z", "2026-11-24T00:00:00Z"),
        (
            Due::Days(10),
            "2026-11-23T10:00:00Z",
            "2026-12-04T00:00:00Z",
        ),
        (
            Due::Days(15),
            "2026-11-23T10:00:00Z",
            "2026-12-09T00:00:00Z",
        ),
        // A month without such a day ends with its last day, here a Sunday.
        (
            Due::Months(1),
            "2027-01-31T10:00:00Z",
            "2027-03-02T00:00:00Z",
        ),
        (
            Due::Months(1),
            "2028-01-31T10:00:00Z",
            "2028-03-01T00:00:00Z",
        ),
        (
            Due::EveryWeeks(4),
            "2026-11-23T10:00:00Z",
            "2026-12-22T00:00:00Z",
        ),
        (
            Due::Immediately,
            "2026-11-21T10:00:00Z",
            "2026-11-21T10:00:00Z",
        ),
    ];
    for (due, start, end) in cases {
        assert_eq!(utc.due(at(start), due), Some(at(end)), "{due} from {start}");
    }
}

#[test]
fn holidays_and_offsets_move_the_end() {
    // Christmas Eve is a Thursday; 25 December and 1 January are holidays.
    let berlin = WorkingCalendar::at_offset(60)
        .unwrap()
        .with_holidays([day("2026-12-25"), day("2027-01-01")]);
    let cases = [
        (Due::Days(1), "2026-12-24T10:00:00Z", "2026-12-28T23:00:00Z"),
        (Due::Days(2), "2026-12-23T10:00:00Z", "2026-12-28T23:00:00Z"),
        // Already the next day there.
        (Due::Days(2), "2026-11-23T23:30:00Z", "2026-11-26T23:00:00Z"),
        (Due::Days(2), "2026-11-23T22:30:00Z", "2026-11-25T23:00:00Z"),
    ];
    for (due, start, end) in cases {
        let found = berlin.due(at(start), due);
        assert_eq!(found, Some(at(end)), "{due} from {start}");
    }
    let half = WorkingCalendar::at_offset(330).unwrap();
    let end = half.due(at("2026-11-23T10:20:00Z"), Due::Hours(4));
    assert_eq!(end, Some(at("2026-11-23T14:30:00Z")));
}

#[test]
fn a_deadline_may_end_at_noon_of_the_next_working_day() {
    let utc = WorkingCalendar::utc();
    let closed = WhenClosed::NoonOfNextWorkingDay;
    let cases = [
        (
            Due::Hours(4),
            "2026-11-21T10:20:00Z",
            "2026-11-23T12:00:00Z",
        ),
        (
            Due::Hours(72),
            "2026-11-23T10:20:00Z",
            "2026-11-26T11:00:00Z",
        ),
        (
            Due::Months(1),
            "2026-11-20T10:20:00Z",
            "2026-12-21T12:00:00Z",
        ),
        (
            Due::Months(1),
            "2026-11-23T10:20:00Z",
            "2026-12-24T00:00:00Z",
        ),
    ];
    for (due, start, end) in cases {
        let found = utc.due_closing(at(start), due, closed);
        assert_eq!(found, Some(at(end)), "{due} from {start}");
    }
}

#[test]
fn what_no_calendar_holds_has_no_due_time() {
    let late = at("9999-12-20T10:00:00Z");
    for due in [Due::Days(15), Due::Months(1), Due::Hours(400)] {
        assert_eq!(due.strict(late), None, "{due}");
        assert_eq!(WorkingCalendar::utc().due(late, due), None, "{due}");
    }
    let start = day("2026-01-01");
    let closed = (0..500).filter_map(|days| start.checked_add_days(days));
    let never = WorkingCalendar::utc().with_holidays(closed);
    assert_eq!(never.due(at("2026-01-01T10:00:00Z"), Due::Days(2)), None);
    for minutes in [-841, 841] {
        let error = WorkingCalendar::at_offset(minutes).unwrap_err();
        assert_eq!(error.code(), "incident.calendar.offset");
    }
}

proptest! {
    /// The event lies before, and at least two working days lie within, whatever the holidays.
    #[test]
    fn a_period_of_days_ends_on_a_working_day_with_two_of_them_in_it(
        start in 1_700_000_000_i64..2_000_000_000,
        days in 2_u32..40,
        offset in -840_i16..=840,
        holidays in proptest::collection::vec(0_u32..60, 0..20),
    ) {
        let start = Timestamp::from_unix_seconds(start).unwrap();
        let shift = i64::from(offset) * 60;
        let local = |at: Timestamp| Timestamp::from_unix_seconds(at.unix_seconds() + shift).unwrap();
        let first = local(start).date();
        let holidays = holidays.iter().filter_map(|days| first.checked_add_days(*days));
        let calendar = WorkingCalendar::at_offset(offset).unwrap().with_holidays(holidays);
        let end = calendar.due(start, Due::Days(days)).unwrap();
        prop_assert!(end >= Due::Days(days).strict(start).unwrap());
        prop_assert_eq!(local(end), local(end).date().start());
        let total = local(end).date().days_since(first).unwrap() - 1;
        prop_assert!(total >= days);
        let within: Vec<_> = (1..=total).filter_map(|n| first.checked_add_days(n)).collect();
        let working = within.iter().filter(|day| calendar.is_working_day(**day)).count();
        prop_assert!(working >= 2);
        prop_assert!(calendar.is_working_day(*within.last().unwrap()));
        // It was moved no further than it had to be.
        if total > days {
            let before = within.len() - 1;
            let fewer = within[..before].iter().filter(|day| calendar.is_working_day(**day)).count();
            let nominal = within[days as usize - 1];
            let closed = |day: &Date| !calendar.is_working_day(*day);
            prop_assert!(fewer < 2 || within[days as usize - 1..before].iter().all(closed), "{nominal}");
        }
    }
}
