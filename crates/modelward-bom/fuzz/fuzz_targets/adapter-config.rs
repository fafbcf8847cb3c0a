#![no_main]

modelward_bom_fuzz::inspect!("adapter_config.json");
