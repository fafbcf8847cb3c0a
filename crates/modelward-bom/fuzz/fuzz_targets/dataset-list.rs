#![no_main]

modelward_bom_fuzz::inspect!("data_config.json");
