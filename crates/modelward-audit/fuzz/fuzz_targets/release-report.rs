#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| modelward_audit_fuzz::release_report(bytes));
