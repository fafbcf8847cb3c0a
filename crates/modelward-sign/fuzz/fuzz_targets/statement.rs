#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| modelward_sign_fuzz::statement(bytes));
