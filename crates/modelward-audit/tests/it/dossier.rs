//! The dossier of a model, in its three forms.

mod sample;

use std::path::PathBuf;

use crate::dossier::sample::{Kind, Sample};

#[test]
fn the_same_input_has_the_same_bytes() {
    for kind in [Kind::Go, Kind::Hostile, Kind::Stopped] {
        let (one, two) = (Sample::new(kind), Sample::new(kind));
        assert_eq!(one.json(), one.json());
        assert_eq!(one.name, two.name);
    }
}

/// Writes the pages into the folder that `MODELWARD_REPORT_OUT` names, where a browser can look at
/// them, and beside each its Markdown and JSON.
#[test]
fn the_pages_can_be_looked_at() {
    let folder = std::env::var_os("MODELWARD_REPORT_OUT").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")));
    std::fs::create_dir_all(&folder).unwrap();
    let samples = [
        ("go", Kind::Go),
        ("hostile", Kind::Hostile),
        ("stopped", Kind::Stopped),
    ];
    for (name, kind) in samples {
        let sample = Sample::new(kind);
        let path = |end: &str| folder.join(format!("dossier-{name}.{end}"));
        std::fs::write(path("html"), sample.html()).unwrap();
        std::fs::write(path("md"), sample.markdown()).unwrap();
        std::fs::write(path("json"), sample.json()).unwrap();
    }
}
