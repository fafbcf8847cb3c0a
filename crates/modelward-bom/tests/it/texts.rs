//! Inspectors of the texts around a model, and of HDF5.

mod cards;
mod requirements;
mod settings;

use std::io::Cursor;

use modelward_artifact::Finding;
use modelward_bom::inspect::{Fact, Input, InspectError, InspectLimits};

/// What every inspector gives.
type Said = (Vec<Fact>, Vec<Finding>);

type Reader = fn(&[u8], &InspectLimits) -> Result<Said, InspectError>;

/// Makes a [`Reader`] of an inspector.
macro_rules! reader {
    ($inspector:ty) => {
        |bytes, limits| {
            $crate::texts::with(bytes, limits, |input| {
                let file = <$inspector>::read(input)?;
                Ok((file.facts(), file.findings()))
            })
        }
    };
}
use reader;

fn with<T>(
    bytes: &[u8],
    limits: &InspectLimits,
    read: impl FnOnce(&mut Input<'_>) -> Result<T, InspectError>,
) -> Result<T, InspectError> {
    let mut cursor = Cursor::new(bytes);
    read(&mut Input::new(&mut cursor, limits)?)
}

/// Reads with the default limits.
fn said(reader: Reader, bytes: impl AsRef<[u8]>) -> Said {
    reader(bytes.as_ref(), &InspectLimits::default()).expect("a well-formed file")
}

/// Writes a fact in one line: `aspect:detail [slice] = value (origin, location)`.
fn line(fact: &Fact) -> String {
    let json = serde_json::to_value(fact).expect("facts are JSON");
    let text = |member: &str| json[member].as_str().map(str::to_owned);
    let detail = text("detail").map_or_else(String::new, |detail| format!(":{detail}"));
    let slice = text("slice").map_or_else(String::new, |slice| format!(" [{slice}]"));
    format!(
        "{}{detail}{slice} = {} ({}, {})",
        fact.aspect().name(),
        fact.value(),
        fact.origin(),
        fact.location()
    )
}

fn lines(facts: &[Fact]) -> Vec<String> {
    facts.iter().map(line).collect()
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(Finding::code).collect()
}

fn code(reader: Reader, bytes: impl AsRef<[u8]>) -> &'static str {
    let limits = InspectLimits::default();
    let outcome = reader(bytes.as_ref(), &limits);
    outcome.map_or_else(|error| error.code(), |_| "no error")
}

/// Reads every truncation of a file and many changes of single bytes; each has to end, well or not.
///
/// Returns how many were refused, so that a test can tell that it did something.
fn mutate(reader: Reader, bytes: &[u8]) -> usize {
    let limits = InspectLimits::default();
    let mut refused = 0;
    for end in 0..bytes.len() {
        refused += usize::from(reader(&bytes[..end], &limits).is_err());
    }
    let mut changed = bytes.to_vec();
    for at in 0..bytes.len() {
        for value in [
            0,
            1,
            0x22,
            0x7f,
            0x80,
            0xff,
            bytes[at] ^ 1,
            bytes[at] ^ 0x20,
        ] {
            changed[at] = value;
            refused += usize::from(reader(&changed, &limits).is_err());
        }
        changed[at] = bytes[at];
    }
    refused
}
