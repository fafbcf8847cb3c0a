#![no_main]

modelward_bom_fuzz::inspect!("generation_config.json");
