use modelward::rmf::{Category, Function, Subcategory};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A function, category or subcategory in any spelling, such as MAP, MS-2 or `GOVERN 1.6`.
    #[arg(value_parser = outcomes)]
    ids: Vec<Outcomes>,
}

/// Subcategories that were named by one text.
#[derive(Clone)]
struct Outcomes(Vec<Subcategory>);

/// The answer is yes.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let mut listed: Vec<Subcategory> = args.ids.iter().flat_map(|ids| ids.0.clone()).collect();
    if listed.is_empty() {
        listed = Subcategory::ALL.to_vec();
    }
    listed.sort();
    listed.dedup();
    let mut lines = Vec::new();
    for &id in &listed {
        lines.push(format!("{id}  {}", id.summary()));
        lines.push(format!("  evidence of tools: {}", id.tool_evidence()));
        lines.extend(id.note().map(|note| format!("  note: {note}")));
    }
    Ok(Answer {
        yes: true,
        text: lines.join("\n"),
        json: json!({
            "framework": "AI RMF 1.0",
            "outcomes": listed.into_iter().map(outcome).collect::<Value>(),
        }),
    })
}

fn outcome(id: Subcategory) -> Value {
    json!({
        "id": id,
        "summary": id.summary(),
        "note": id.note(),
        "toolEvidence": id.tool_evidence().name(),
        "phases": id.phases(),
        "organizational": id.is_organizational(),
        "revisionExposed": id.revision_exposed(),
    })
}

fn outcomes(text: &str) -> Result<Outcomes, String> {
    if let Ok(function) = text.parse::<Function>() {
        return Ok(Outcomes(function.subcategories().collect()));
    }
    if let Ok(category) = text.parse::<Category>() {
        return Ok(Outcomes(category.subcategories().collect()));
    }
    let subcategory: Result<Subcategory, _> = text.parse();
    let subcategory = subcategory.map_err(|error| error.to_string())?;
    Ok(Outcomes(vec![subcategory]))
}
