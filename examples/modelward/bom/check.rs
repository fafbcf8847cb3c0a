use std::path::PathBuf;

use modelward::Verdict;
use modelward::bom::profile::Profile;
use serde_json::json;

use crate::Answer;
use crate::bom::{noted, read};
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The document: CycloneDX in JSON (1.2 to 1.7) or XML (1.3 to 1.5).
    document: PathBuf,
    /// Assess against a standard too: ai-act-annex-iv, ai-act-annex-xi, audit, bsi-tr-03183-2,
    /// cisa-2026, g7-ai, ntia-2021 or owasp-aibom.
    #[arg(long)]
    profile: Option<Profile>,
}

/// The answer is yes where the schema and our lints have nothing against the document, and nothing
/// that the standard requires is missing.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (bom, losses) = read(&args.document)?;
    let schema = match bom.validate() {
        Verdict::Verified(()) => Vec::new(),
        Verdict::Rejected(findings) => findings.as_slice().to_vec(),
    };
    let lints = bom.lints();
    let unknowns = bom.unknowns();
    let mut lines = vec![format!("CycloneDX {}", bom.spec_version())];
    lines.extend(schema.iter().map(|finding| format!("schema: {finding}")));
    lines.extend(lints.iter().map(|finding| format!("lint: {finding}")));
    lines.extend(unknowns.iter().map(|finding| format!("unknown: {finding}")));
    lines.extend(losses.iter().map(|loss| format!("not read: {loss}")));
    let completeness = args.profile.map(|profile| profile.assess(&bom));
    lines.extend(completeness.as_ref().map(ToString::to_string));
    let missing = completeness
        .as_ref()
        .map_or(0, |found| found.missing().len());
    Ok(Answer {
        yes: schema.is_empty() && lints.is_empty() && missing == 0,
        text: lines.join("\n"),
        json: json!({
            "specVersion": bom.spec_version().name(),
            "schema": noted(&schema),
            "lints": noted(&lints),
            "unknown": noted(&unknowns),
            "notRead": noted(&losses),
            "completeness": completeness,
        }),
    })
}
