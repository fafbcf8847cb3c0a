#![no_main]

modelward_bom_fuzz::inspect!("README.md");
