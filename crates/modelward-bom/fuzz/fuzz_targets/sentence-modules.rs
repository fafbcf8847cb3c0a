#![no_main]

modelward_bom_fuzz::inspect!("modules.json");
