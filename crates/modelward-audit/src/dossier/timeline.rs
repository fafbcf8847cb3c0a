use std::fmt::Write as _;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Markup;

/// The least width of a phase, in thousandths, so that a short one is seen too.
const LEAST: u64 = 40;

/// Holds a phase of an incident and when it began.
pub(super) struct Step<'a> {
    pub(super) phase: &'a str,
    pub(super) began: Timestamp,
}

/// Draws the phases of an incident along a line, from its opening to the time of the dossier.
///
/// Widths go by time, but for phases too short to be seen.
pub(super) fn draw(id: &str, title: &str, steps: &[Step<'_>], now: Timestamp) -> String {
    let widths = widths(steps, now);
    let mut out = String::new();
    let name = format!("timeline-{id}");
    let said = words(steps);
    let written = write!(
        out,
        "<svg class=\"band\" width=\"100%\" height=\"30\" role=\"img\" aria-labelledby=\"{name}-t\" \
         aria-describedby=\"{name}-d\">\n<title id=\"{name}-t\">{}</title>\n\
         <desc id=\"{name}-d\">{}</desc>\n",
        Markup(title),
        Markup(&said)
    );
    written.expect("writing to a string does not fail");
    let mut x = 0;
    for (step, width) in steps.iter().zip(&widths) {
        let (class, number) = (rank(step.phase), rank(step.phase));
        let (start, wide, middle) = (percent(x), percent(*width), percent(x + width / 2));
        let written = writeln!(
            out,
            "<rect class=\"phase p-{class}\" x=\"{start}\" y=\"3\" width=\"{wide}\" height=\"24\"/>\
             <text class=\"p-t-{class}\" x=\"{middle}\" y=\"20\" text-anchor=\"middle\">{number}</text>"
        );
        written.expect("writing to a string does not fail");
        x += width;
    }
    out.push_str("</svg>");
    out
}

/// Returns the number by which a phase is known in the picture.
pub(super) fn rank(phase: &str) -> usize {
    let phases = modelward_incident::Phase::ALL;
    phases.iter().position(|it| it.name() == phase).unwrap_or(0)
}

fn words(steps: &[Step<'_>]) -> String {
    let steps: Vec<_> = steps
        .iter()
        .map(|step| format!("{} {} since {}", rank(step.phase), step.phase, step.began))
        .collect();
    format!("{}.", steps.join(", "))
}

/// Returns how wide each phase is, in thousandths of the whole.
fn widths(steps: &[Step<'_>], now: Timestamp) -> Vec<u64> {
    let ends = steps.iter().skip(1).map(|step| step.began).chain([now]);
    let lasted: Vec<u64> = steps
        .iter()
        .zip(ends)
        .map(|(step, end)| {
            let seconds = end.unix_seconds().saturating_sub(step.began.unix_seconds());
            u64::try_from(seconds).unwrap_or(0)
        })
        .collect();
    let whole: u128 = lasted.iter().map(|it| u128::from(*it)).sum();
    let free = 1000_u64.saturating_sub(LEAST * steps.len() as u64);
    lasted
        .iter()
        .map(|it| {
            let share = (u128::from(*it) * u128::from(free))
                .checked_div(whole)
                .unwrap_or(0);
            LEAST + u64::try_from(share).unwrap_or(0)
        })
        .collect()
}

fn percent(thousandths: u64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
