#![no_main]

modelward_bom_fuzz::inspect!("saved_model.pb");
