//! Tables for other tools.

use std::path::Path;

use modelward::artifact::write_atomically;
use modelward::audit::fleet::{Fleet, FleetReport};
use modelward::audit::inventory::Inventory;
use modelward::graph::TableFormat;

use crate::world::Failure;

pub(crate) fn write(
    folder: &Path,
    (inventory, fleet): (&Inventory, &Fleet),
    report: &FleetReport,
) -> Result<(), Failure> {
    let mut tables: [(&str, Vec<u8>); 5] = [
        ("components.csv", Vec::new()),
        ("edges.csv", Vec::new()),
        ("findings.csv", Vec::new()),
        ("conflicts.csv", Vec::new()),
        ("decisions.csv", Vec::new()),
    ];
    let [components, edges, findings, conflicts, decisions] = &mut tables;
    let csv = TableFormat::Csv;
    inventory.write_components(&mut components.1, csv)?;
    inventory.write_edges(&mut edges.1, csv)?;
    inventory.write_findings(&mut findings.1, csv)?;
    fleet.write_findings(&mut conflicts.1, csv)?;
    report.write_models(&mut decisions.1, csv)?;
    println!("\nFor other tools");
    for (name, bytes) in &tables {
        write_atomically(&folder.join(name), bytes)?;
        let rows = bytes.iter().filter(|it| **it == b'\n').count();
        println!("  {name:<16}{rows:>6} lines");
    }
    write_atomically(&folder.join("decisions.json"), &report.to_json())?;
    Ok(())
}
