//! Tests of what other tools wrote, until the binary `it` takes them in.
#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

#[path = "it"]
mod it {
    mod import;
}
