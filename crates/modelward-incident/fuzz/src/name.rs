//! The texts that name things in an incident.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use modelward_incident::export::csaf::CsafNumber;
use modelward_incident::format::aiid::AiidTime;
use modelward_incident::format::genai::GenaiDate;
use modelward_incident::log::{Field, Origin};
use modelward_incident::{
    BomRef, IncidentId, IncidentKind, NistAttackId, Pointer, Purl, RmfAction, Slug,
};

/// Reads a text as every kind of name, which is written and read as the same.
pub fn name(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    shown::<AiidTime>(text);
    shown::<CsafNumber>(text);
    shown::<Field>(text);
    shown::<IncidentId>(text);
    shown::<IncidentKind>(text);
    shown::<Origin>(text);
    shown::<Pointer>(text);
    shown::<RmfAction>(text);
    shown::<Slug>(text);
    if let Some(date) = read::<GenaiDate>(text) {
        assert_eq!(date.as_str(), text, "nothing is put right");
    }
    if let Some(purl) = read::<Purl>(text) {
        assert_eq!(
            purl.as_str().parse().ok(),
            Some(purl),
            "what is kept is read"
        );
    }
    if let Some(reference) = read::<BomRef>(text) {
        assert_eq!(reference.as_str(), text, "nothing is put right");
    }
    let _ = read::<NistAttackId>(text);
}

fn shown<T>(text: &str)
where
    T: Debug + Display + FromStr + PartialEq,
    T::Err: Error,
{
    if let Some(name) = read::<T>(text) {
        let again = name.to_string().parse::<T>().ok();
        assert_eq!(again.as_ref(), Some(&name), "what we wrote is read");
        assert_eq!(name.to_string(), text, "a name has one form");
    }
}

fn read<T>(text: &str) -> Option<T>
where
    T: FromStr,
    T::Err: Error,
{
    match text.parse::<T>() {
        Ok(name) => Some(name),
        Err(error) => {
            let said = error.to_string();
            let escaped = Terminal(&said).to_string().replace("\\\\", "\\");
            assert_eq!(escaped, said, "what is shown is escaped");
            None
        }
    }
}
