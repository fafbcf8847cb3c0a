use std::collections::BTreeSet;
use std::time::Duration;

use modelward_artifact::{Date, Timestamp};
use thiserror::Error;

use super::rule::{Due, WhenClosed};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// How many days may be closed in a row before a calendar is given up.
const MAX_CLOSED: u32 = 400;

/// States which days are working days, and what time of day it is, at the place of a deadline.
///
/// Saturdays and Sundays are never working days. Holidays are the caller's, since they differ from
/// state to state and from year to year. The offset is fixed: where summer time begins or ends
/// within a period, take the offset of its end.
///
/// ```
/// use modelward_incident::{Due, WorkingCalendar};
///
/// // Aware on a Friday; the second day after is a Sunday.
/// let aware = "2026-11-20T10:00:00Z".parse()?;
/// let calendar = WorkingCalendar::utc();
/// assert_eq!(Due::Days(2).strict(aware), Some("2026-11-22T10:00:00Z".parse()?));
/// // Two working days have to be among the days, so it ends with Tuesday.
/// assert_eq!(calendar.due(aware, Due::Days(2)), Some("2026-11-25T00:00:00Z".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorkingCalendar {
    offset_seconds: i64,
    holidays: BTreeSet<Date>,
}

impl WorkingCalendar {
    /// Returns the calendar of UTC without a holiday.
    #[must_use]
    pub const fn utc() -> Self {
        Self {
            offset_seconds: 0,
            holidays: BTreeSet::new(),
        }
    }

    /// Returns the calendar at an offset from UTC in minutes, east positive: 60 for `+01:00`.
    ///
    /// # Errors
    ///
    /// [`OffsetError`] beyond 14 hours.
    pub const fn at_offset(minutes: i16) -> Result<Self, OffsetError> {
        if minutes < -840 || minutes > 840 {
            return Err(OffsetError { minutes });
        }
        Ok(Self {
            offset_seconds: minutes as i64 * 60,
            holidays: BTreeSet::new(),
        })
    }

    /// Adds holidays.
    #[must_use]
    pub fn with_holidays(mut self, holidays: impl IntoIterator<Item = Date>) -> Self {
        self.holidays.extend(holidays);
        self
    }

    /// Tells whether a day is neither a Saturday nor a Sunday nor a holiday.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let number = day.days_since(Timestamp::UNIX_EPOCH.date()).unwrap_or(0);
        // 1970-01-01 was a Thursday, so Monday is 0.
        (number + 3) % 7 < 5 && !self.holidays.contains(&day)
    }

    /// Returns the end of a period by Regulation (EEC, Euratom) No 1182/71, as we read it.
    ///
    /// - The hour or the day of the start is not counted (Art. 3(1)).
    /// - A period in hours ends with its last full hour, on any day.
    /// - A period in days, weeks or months ends with the last hour of its last day (Art. 3(2)); a
    ///   month without such a day ends with its last day.
    /// - Where that is no working day, it ends with the next one (Art. 3(4)).
    /// - A period of two or more days has at least two working days in it (Art. 3(5)).
    ///
    /// The result is the first instant after the period; `None` after year 9999, and where no
    /// working day comes within 400 days.
    #[must_use]
    pub fn due(&self, start: Timestamp, due: Due) -> Option<Timestamp> {
        self.due_closing(start, due, WhenClosed::EndOfNextWorkingDay)
    }

    /// Returns the end of a period with another rule for what ends on a closed day.
    #[must_use]
    pub fn due_closing(&self, start: Timestamp, due: Due, closed: WhenClosed) -> Option<Timestamp> {
        let first = self.local_day(start)?;
        let (nominal, last) = match due {
            Due::Immediately => return Some(start),
            Due::Hours(hours) => {
                let end = self.hours_after(start, hours)?;
                (end, self.local_day(end)?)
            }
            Due::Days(days) => self.whole_day(first.checked_add_days(days)?)?,
            Due::EveryWeeks(weeks) => {
                self.whole_day(first.checked_add_days(weeks.checked_mul(7)?)?)?
            }
            Due::Months(months) => self.whole_day(add_months(first, months)?)?,
        };
        match closed {
            WhenClosed::NoonOfNextWorkingDay if !self.is_working_day(last) => {
                let (_, day) = self.whole_day(self.open_from(last)?)?;
                self.instant(day.start(), 12 * HOUR)
            }
            WhenClosed::NoonOfNextWorkingDay => Some(nominal),
            WhenClosed::EndOfNextWorkingDay if matches!(due, Due::Hours(_)) => Some(nominal),
            WhenClosed::EndOfNextWorkingDay => {
                let last = self.open_from(last)?;
                let last = match due {
                    Due::Days(1) => last,
                    _ => self.with_two_working_days(first, last)?,
                };
                Some(self.whole_day(last)?.0)
            }
        }
    }

    /// Returns the last day, moved until two working days lie after `first` and up to it.
    fn with_two_working_days(&self, first: Date, last: Date) -> Option<Date> {
        let mut working = 0;
        let mut day = first;
        while day < last && working < 2 {
            day = day.checked_add_days(1)?;
            working += u32::from(self.is_working_day(day));
        }
        let mut last = last;
        while working < 2 {
            last = self.open_from(last.checked_add_days(1)?)?;
            working += 1;
        }
        Some(last)
    }

    /// Returns the day, or the first working day after it.
    fn open_from(&self, day: Date) -> Option<Date> {
        (0..MAX_CLOSED)
            .filter_map(|days| day.checked_add_days(days))
            .find(|day| self.is_working_day(*day))
    }

    fn hours_after(&self, start: Timestamp, hours: u32) -> Option<Timestamp> {
        let local = start.unix_seconds() + self.offset_seconds;
        let into_hour = local.rem_euclid(3600);
        let hour = Timestamp::from_unix_seconds(start.unix_seconds().checked_sub(into_hour)?);
        hour.ok()?
            .checked_add(Duration::from_secs((u64::from(hours) + 1) * HOUR))
    }

    /// Returns the first instant after a local day, and the day.
    fn whole_day(&self, day: Date) -> Option<(Timestamp, Date)> {
        Some((self.instant(day.start(), DAY)?, day))
    }

    /// Returns the instant that is so many seconds after a local midnight.
    fn instant(&self, midnight: Timestamp, seconds: u64) -> Option<Timestamp> {
        let local = midnight.checked_add(Duration::from_secs(seconds))?;
        Timestamp::from_unix_seconds(local.unix_seconds() - self.offset_seconds).ok()
    }

    fn local_day(&self, at: Timestamp) -> Option<Date> {
        let local = Timestamp::from_unix_seconds(at.unix_seconds() + self.offset_seconds);
        Some(local.ok()?.date())
    }
}

impl Due {
    /// Returns the strict end of a period: so many times 24 hours after its start, to the second.
    ///
    /// Months end at the same time of day on the same date in UTC, or on the last day of a shorter
    /// month. `None` after year 9999.
    #[must_use]
    pub fn strict(self, start: Timestamp) -> Option<Timestamp> {
        let later = |seconds: u64| start.checked_add(Duration::from_secs(seconds));
        match self {
            Self::Immediately => Some(start),
            Self::Hours(hours) => later(u64::from(hours) * HOUR),
            Self::Days(days) => later(u64::from(days) * DAY),
            Self::EveryWeeks(weeks) => later(u64::from(weeks) * 7 * DAY),
            Self::Months(months) => {
                let day = start.date();
                let into_day = start.since(day.start())?;
                add_months(day, months)?.start().checked_add(into_day)
            }
        }
    }
}

/// Returns the same date so many months later, or the last day of a month that has no such date.
fn add_months(day: Date, months: u32) -> Option<Date> {
    let text = day.to_string();
    let mut parts = text.split('-').map(str::parse::<u32>);
    let mut part = || parts.next()?.ok();
    let (year, month, date) = (part()?, part()?, part()?);
    let months = year
        .checked_mul(12)?
        .checked_add(month - 1)?
        .checked_add(months)?;
    let (year, month) = (months / 12, months % 12 + 1);
    (28..=date.max(28))
        .rev()
        .map(|last| last.min(date))
        .find_map(|date| format!("{year:04}-{month:02}-{date:02}").parse().ok())
}

/// Says that an offset from UTC is none that a place has.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("offset of {minutes} minutes from utc, expected at most 840 to either side")]
#[non_exhaustive]
pub struct OffsetError {
    /// The offset.
    pub minutes: i16,
}

impl OffsetError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.calendar.offset"
    }
}
