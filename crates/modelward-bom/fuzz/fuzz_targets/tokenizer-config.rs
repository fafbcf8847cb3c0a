#![no_main]

modelward_bom_fuzz::inspect!("tokenizer_config.json");
