#![no_main]

modelward_bom_fuzz::inspect!("model.pt");
