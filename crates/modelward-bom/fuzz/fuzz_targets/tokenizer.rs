#![no_main]

modelward_bom_fuzz::inspect!("tokenizer.json");
