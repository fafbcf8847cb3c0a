use modelward::artifact::escape::Terminal;
use modelward::graph::license::LicensePolicy;
use modelward::graph::{NodeSet, SignatureState};
use serde_json::json;

use super::Graph;
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
}

/// The answer is yes where nothing was found.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let cycles: Vec<String> = graph
        .cycles()
        .iter()
        .map(|cycle| cycle.path().to_string())
        .collect();
    let shared = graph.contaminations();
    let contaminated: Vec<String> = shared.iter().map(ToString::to_string).collect();
    let licenses = graph.license_flow(&LicensePolicy::default());
    let conflicts: Vec<String> = licenses
        .findings()
        .iter()
        .map(ToString::to_string)
        .collect();
    let sets = [
        ("unpinned", graph.unpinned()),
        ("unsigned", graph.with_signature(SignatureState::Missing)),
        ("origin unknown", graph.of_unknown_origin()),
        ("without a license", licenses.unlicensed().clone()),
    ];
    let mut lines = Vec::new();
    for (what, found) in [
        ("cycle", &cycles),
        ("evaluated on training data", &contaminated),
        ("license", &conflicts),
    ] {
        lines.extend(found.iter().map(|text| format!("{what}: {text}")));
    }
    for (what, set) in &sets {
        lines.extend(
            set.ids()
                .into_iter()
                .map(|id| format!("{what}: {}", Terminal(id))),
        );
    }
    let [unpinned, unsigned, origin, unlicensed] = sets.map(|(_, set): (_, NodeSet<'_>)| set.ids());
    Ok(Answer {
        yes: lines.is_empty(),
        text: lines.join("\n"),
        json: json!({
            "cycles": cycles,
            "contaminations": contaminated,
            "licenses": conflicts,
            "unpinned": unpinned,
            "unsigned": unsigned,
            "originUnknown": origin,
            "unlicensed": unlicensed,
            "licensesNotFollowed": licenses.not_followed(),
        }),
    })
}
