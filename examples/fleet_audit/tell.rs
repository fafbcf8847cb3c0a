//! What an auditor asks, and what a person reads.

use std::collections::BTreeMap;

use modelward::artifact::JsonLimits;
use modelward::audit::fleet::{Fleet, FleetGate, FleetReport};
use modelward::audit::inventory::{Inventory, Standing};
use modelward::audit::{AffectedAssets, ReleasePolicy};
use modelward::graph::license::LicensePolicy;
use modelward::incident::AssetRef;
use modelward::rmf::{AuditCadence, Phase};

use crate::world::{Failure, POISONED, day};

const POLICY: &str = include_str!("policy.toml");

pub(crate) fn models(inventory: &Inventory, fleet: &Fleet) -> Result<(), Failure> {
    let standing = |of| inventory.standing(of).count();
    let (active, old) = (standing(Standing::Active), standing(Standing::Superseded));
    let gone = standing(Standing::Retired);
    println!("The fleet");
    println!("  {active} models in use, {old} superseded, {gone} retired");
    let (nodes, edges) = (fleet.graph().node_count(), fleet.graph().edge_count());
    println!("  one supply chain of {nodes} things and {edges} relations");
    Ok(())
}

pub(crate) fn questions(inventory: &Inventory) -> Result<(), Failure> {
    let line = |question: &str, count: usize| println!("  {question:<52}{count:>5}");
    println!("\nWhat an auditor asks");
    let data = AssetRef::purl(POISONED)?;
    line(
        "whose own ML-BOM lists acme/crawl-2",
        inventory.trained_on(&data).count(),
    );
    line("nobody answers for", inventory.owner_unknown().count());
    line("no signature was verified of", inventory.unsigned().count());
    let licenses = inventory.license_conflicts(&LicensePolicy::default());
    line("licenses of materials to look at", licenses.len());
    line(
        "changes since 21 October",
        inventory.changed_since(day(293)?).len(),
    );
    let due = inventory.due_for_audit(&AuditCadence::recommended(), &BTreeMap::new(), day(320)?);
    line("never assessed, and so due for audit", due.len());
    let answers = inventory.audit_questions();
    line("answers that an auditor would miss", answers.unknown());
    Ok(())
}

pub(crate) fn conflicts(fleet: &Fleet) {
    println!(
        "\nWhat ML-BOMs contradict each other in ({})",
        fleet.findings().len()
    );
    for finding in fleet.findings().iter().take(3) {
        let documents: Vec<_> = finding.documents().into_iter().collect();
        let code = finding.conflict().code();
        println!("  {code}  {}", finding.subject());
        println!("    in {}", documents.join(", "));
    }
}

pub(crate) fn poisoned(inventory: &Inventory, fleet: &Fleet) -> Result<(), Failure> {
    let asset = AssetRef::purl(POISONED)?;
    let radius = fleet.blast_radius(&asset);
    println!("\nThe dataset acme/crawl-2 turns out to be poisoned");
    let listed = inventory.trained_on(&asset).count();
    println!(
        "  {listed} ML-BOM lists it, and it reaches {} models",
        radius.models().len()
    );
    let runs = |document: &str| {
        let entry = inventory.entry(&document.parse().ok()?)?;
        (!entry.deployments().is_empty()).then_some(entry)
    };
    let running = radius
        .models()
        .iter()
        .filter(|it| runs(it.document()).is_some());
    println!("  {} of them run somewhere", running.count());
    let farthest = radius
        .models()
        .iter()
        .max_by_key(|it| it.path().hops().len());
    if let Some(model) = farthest {
        println!("  the longest way there:");
        for hop in model.path().hops() {
            println!("    {} {} {}", hop.from(), hop.relation(), hop.to());
        }
    }
    Ok(())
}

pub(crate) fn gate(inventory: &Inventory, fleet: &Fleet) -> Result<FleetReport, Failure> {
    let policy = ReleasePolicy::from_toml(POLICY, &JsonLimits::default())?;
    let affected = AffectedAssets::new().with(AssetRef::purl(POISONED)?, "poisoned");
    let gate = FleetGate::new(inventory, fleet).with_affected(&affected);
    let report = gate.judge(&policy, Phase::Operation, day(320)?);
    println!("\nOne policy over all of them");
    let text = report.to_string();
    let lines: Vec<_> = text.lines().collect();
    for line in lines.iter().take(7) {
        let line: String = line.chars().take(150).collect();
        println!("  {line}");
    }
    println!("  ..");
    Ok(report)
}
