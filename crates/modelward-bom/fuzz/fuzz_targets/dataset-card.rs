#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| modelward_bom_fuzz::dataset_card(bytes));
