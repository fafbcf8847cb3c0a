use super::rule::Due;

/// The number words that laws use for short periods; the index is the number less one.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Tells whether a quote says the limit; a quote without a number that can be read is believed.
pub(super) fn agrees(quote: &str, due: Due) -> bool {
    let mut numbers = numbers(quote).peekable();
    let number = match due {
        Due::Immediately => return true,
        Due::Days(number) | Due::EveryWeeks(number) | Due::Hours(number) | Due::Months(number) => {
            number
        }
    };
    numbers.peek().is_none() || numbers.any(|found| found == number)
}

fn numbers(quote: &str) -> impl Iterator<Item = u32> {
    quote
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| {
            let spelled = NUMBERS
                .iter()
                .position(|name| word.eq_ignore_ascii_case(name));
            match spelled {
                Some(index) => u32::try_from(index + 1).ok(),
                None => word.parse().ok(),
            }
        })
}
