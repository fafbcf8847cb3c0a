//! The texts that name things: digests, paths, times, techniques.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::path::{Component, Path};
use std::str::FromStr;

use modelward_artifact::{
    AtlasTechnique, Date, Digest, DigestAlgorithm, EntryPath, ResourceName, Text, Timestamp,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::refused;

/// Reads a text as every kind of name, which is written and read as the same.
pub fn name(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(digest) = read::<Digest>(text) {
        let hex = Digest::from_hex(digest.algorithm(), &digest.to_hex());
        assert_eq!(hex, Ok(digest));
    }
    if let Ok(algorithm) = text.parse::<DigestAlgorithm>() {
        assert_eq!(algorithm.name().parse(), Ok(algorithm));
    }
    if let Some(path) = read::<EntryPath>(text) {
        assert_eq!(path.as_str(), text, "nothing is put right");
        inside(&path);
    }
    match ResourceName::parse_shard(text) {
        Ok(name) => {
            assert_eq!(name.to_string(), text, "nothing is put right");
            let shard = name.shard().expect("it was read as one");
            assert!(shard.start() < shard.end());
            inside(name.path());
        }
        Err(error) => refused(&error),
    }
    if let Some(time) = read::<Timestamp>(text) {
        let date = time.date();
        assert!(date.start() <= time && (date == Date::MAX || !date.is_over(time)));
        assert_eq!(time.since(time), Some(std::time::Duration::ZERO));
    }
    if let Some(date) = read::<Date>(text) {
        assert_eq!(date.to_string(), text, "a date has one form");
        assert_eq!(date.start().date(), date);
    }
    if let Some(technique) = read::<AtlasTechnique>(text) {
        assert_eq!(technique.to_string(), text, "an id has one form");
    }
    if let Some(read) = read::<Text>(text) {
        assert_eq!(read.as_str(), text, "nothing is put right");
    }
}

/// Reads a name, by its own reader and by that of serde.
fn read<T>(text: &str) -> Option<T>
where
    T: Clone + Debug + DeserializeOwned + Display + FromStr + PartialEq + Serialize,
    T::Err: Error,
{
    let value = serde_json::Value::from(text);
    match text.parse::<T>() {
        Ok(name) => {
            let again = name.to_string().parse::<T>().ok();
            assert_eq!(again.as_ref(), Some(&name), "what we wrote is read");
            let by_serde: T = serde_json::from_value(value).expect("serde reads the same");
            assert_eq!(by_serde, name);
            let written = serde_json::to_value(&name).expect("it is a text");
            assert_eq!(written, serde_json::Value::from(name.to_string()));
            Some(name)
        }
        Err(error) => {
            refused(&error);
            assert!(serde_json::from_value::<T>(value).is_err());
            None
        }
    }
}

/// Holds that a path never leaves the model, whoever joins it.
fn inside(path: &EntryPath) {
    let text = Path::new(path.as_str());
    assert!(
        text.components()
            .all(|it| matches!(it, Component::Normal(_)))
    );
    assert_eq!(text.components().count(), path.segments().count());
    let below = path.below(Path::new("/model"));
    assert!(below.starts_with("/model"));
    assert_eq!(below, Path::new("/model").join(path.as_str()));
    assert_eq!(EntryPath::from_relative(text).as_ref(), Ok(path));
}
