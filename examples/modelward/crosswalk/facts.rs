use modelward::rmf::currency;
use serde_json::json;

use crate::Answer;
use crate::rmf::Clock;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only about this, such as `EU AI Act` or `OWASP`: a part of the name, in any case.
    subject: Option<String>,
    #[command(flatten)]
    clock: Clock,
}

/// The answer is no where nothing is known of the subject.
pub(crate) fn run(args: &Args) -> Answer {
    let subject = args.subject.as_deref().unwrap_or_default().to_lowercase();
    let is_about = |name: &str| name.to_lowercase().contains(&subject);
    let facts: Vec<_> = currency::facts()
        .filter(|fact| is_about(fact.subject()))
        .collect();
    let today = args.clock.now().date();
    let act = is_about("EU AI Act");
    let ahead: Vec<_> = currency::ai_act_after(today).filter(|_| act).collect();
    let mut lines: Vec<_> = facts
        .iter()
        .map(|fact| {
            format!(
                "{}: {}\n  as of {}, {} source: {}",
                fact.subject(),
                fact.statement(),
                fact.as_of(),
                fact.source_kind(),
                fact.source()
            )
        })
        .collect();
    let coming = ahead.iter();
    lines.extend(coming.map(|next| {
        format!(
            "EU AI Act, to apply from {}: {}",
            next.applies_from(),
            next.what()
        )
    }));
    let found = !lines.is_empty();
    if found {
        lines.push("These facts are as good as their day, and no legal advice.".to_owned());
    }
    Answer {
        yes: found,
        text: lines.join("\n"),
        json: json!({"facts": facts, "aiActAhead": ahead}),
    }
}
