#![no_main]

libfuzzer_sys::fuzz_target!(
    init: modelward_sign_fuzz::prepare(),
    |bytes: &[u8]| modelward_sign_fuzz::verify(bytes)
);
