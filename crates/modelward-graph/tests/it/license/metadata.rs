use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use modelward_graph::license::{License, LicenseExpression, LicenseKind};
use serde_json::Value;

use super::readings;
use crate::version::fixtures;

/// Every id of the Hub's documentation, with what it means. Where that is several things, they are
/// joined by `|`.
const HUB: &[(&str, LicenseKind, &str)] = &[
    ("apache-2.0", LicenseKind::Exact, "Apache-2.0"),
    ("mit", LicenseKind::Exact, "MIT"),
    ("openrail", LicenseKind::Custom, "LicenseRef-HF-openrail"),
    (
        "bigscience-openrail-m",
        LicenseKind::Custom,
        "LicenseRef-HF-bigscience-openrail-m",
    ),
    (
        "creativeml-openrail-m",
        LicenseKind::Custom,
        "LicenseRef-HF-creativeml-openrail-m",
    ),
    (
        "bigscience-bloom-rail-1.0",
        LicenseKind::Custom,
        "LicenseRef-HF-bigscience-bloom-rail-1.0",
    ),
    (
        "bigcode-openrail-m",
        LicenseKind::Custom,
        "LicenseRef-HF-bigcode-openrail-m",
    ),
    ("afl-3.0", LicenseKind::Exact, "AFL-3.0"),
    ("artistic-2.0", LicenseKind::Exact, "Artistic-2.0"),
    ("bsl-1.0", LicenseKind::Exact, "BSL-1.0"),
    ("bsd", LicenseKind::Ambiguous, "BSD-2-Clause|BSD-3-Clause"),
    ("bsd-2-clause", LicenseKind::Exact, "BSD-2-Clause"),
    ("bsd-3-clause", LicenseKind::Exact, "BSD-3-Clause"),
    (
        "bsd-3-clause-clear",
        LicenseKind::Exact,
        "BSD-3-Clause-Clear",
    ),
    ("c-uda", LicenseKind::Inferred, "C-UDA-1.0"),
    (
        "cc",
        LicenseKind::Ambiguous,
        "CC-BY-4.0|CC-BY-NC-4.0|CC-BY-NC-ND-4.0|CC-BY-NC-SA-4.0|CC-BY-ND-4.0|CC-BY-SA-4.0|CC0-1.0",
    ),
    ("cc0-1.0", LicenseKind::Exact, "CC0-1.0"),
    ("cc-by-2.0", LicenseKind::Exact, "CC-BY-2.0"),
    ("cc-by-2.5", LicenseKind::Exact, "CC-BY-2.5"),
    ("cc-by-3.0", LicenseKind::Exact, "CC-BY-3.0"),
    ("cc-by-4.0", LicenseKind::Exact, "CC-BY-4.0"),
    ("cc-by-sa-3.0", LicenseKind::Exact, "CC-BY-SA-3.0"),
    ("cc-by-sa-4.0", LicenseKind::Exact, "CC-BY-SA-4.0"),
    ("cc-by-nc-2.0", LicenseKind::Exact, "CC-BY-NC-2.0"),
    ("cc-by-nc-3.0", LicenseKind::Exact, "CC-BY-NC-3.0"),
    ("cc-by-nc-4.0", LicenseKind::Exact, "CC-BY-NC-4.0"),
    ("cc-by-nd-4.0", LicenseKind::Exact, "CC-BY-ND-4.0"),
    ("cc-by-nc-nd-3.0", LicenseKind::Exact, "CC-BY-NC-ND-3.0"),
    ("cc-by-nc-nd-4.0", LicenseKind::Exact, "CC-BY-NC-ND-4.0"),
    ("cc-by-nc-sa-2.0", LicenseKind::Exact, "CC-BY-NC-SA-2.0"),
    ("cc-by-nc-sa-3.0", LicenseKind::Exact, "CC-BY-NC-SA-3.0"),
    ("cc-by-nc-sa-4.0", LicenseKind::Exact, "CC-BY-NC-SA-4.0"),
    ("cdla-sharing-1.0", LicenseKind::Exact, "CDLA-Sharing-1.0"),
    (
        "cdla-permissive-1.0",
        LicenseKind::Exact,
        "CDLA-Permissive-1.0",
    ),
    (
        "cdla-permissive-2.0",
        LicenseKind::Exact,
        "CDLA-Permissive-2.0",
    ),
    ("wtfpl", LicenseKind::Exact, "WTFPL"),
    ("ecl-2.0", LicenseKind::Exact, "ECL-2.0"),
    ("epl-1.0", LicenseKind::Exact, "EPL-1.0"),
    ("epl-2.0", LicenseKind::Exact, "EPL-2.0"),
    ("etalab-2.0", LicenseKind::Exact, "etalab-2.0"),
    ("eupl-1.1", LicenseKind::Exact, "EUPL-1.1"),
    ("eupl-1.2", LicenseKind::Exact, "EUPL-1.2"),
    ("agpl-3.0", LicenseKind::Inferred, "AGPL-3.0-only"),
    (
        "gfdl",
        LicenseKind::Ambiguous,
        "GFDL-1.1-only|GFDL-1.1-or-later|GFDL-1.2-only|GFDL-1.2-or-later|GFDL-1.3-only|\
         GFDL-1.3-or-later",
    ),
    (
        "gpl",
        LicenseKind::Ambiguous,
        "GPL-1.0-or-later|GPL-2.0-only|GPL-2.0-or-later|GPL-3.0-only|GPL-3.0-or-later",
    ),
    ("gpl-2.0", LicenseKind::Inferred, "GPL-2.0-only"),
    ("gpl-3.0", LicenseKind::Inferred, "GPL-3.0-only"),
    (
        "lgpl",
        LicenseKind::Ambiguous,
        "LGPL-2.0-only|LGPL-2.0-or-later|LGPL-2.1-only|LGPL-2.1-or-later|LGPL-3.0-only|\
         LGPL-3.0-or-later",
    ),
    ("lgpl-2.1", LicenseKind::Inferred, "LGPL-2.1-only"),
    ("lgpl-3.0", LicenseKind::Inferred, "LGPL-3.0-only"),
    ("isc", LicenseKind::Exact, "ISC"),
    (
        "h-research",
        LicenseKind::Custom,
        "LicenseRef-HF-h-research",
    ),
    (
        "intel-research",
        LicenseKind::Custom,
        "LicenseRef-HF-intel-research",
    ),
    ("lppl-1.3c", LicenseKind::Exact, "LPPL-1.3c"),
    ("ms-pl", LicenseKind::Exact, "MS-PL"),
    (
        "apple-ascl",
        LicenseKind::Custom,
        "LicenseRef-HF-apple-ascl",
    ),
    (
        "apple-amlr",
        LicenseKind::Custom,
        "LicenseRef-HF-apple-amlr",
    ),
    ("mpl-2.0", LicenseKind::Exact, "MPL-2.0"),
    ("odc-by", LicenseKind::Inferred, "ODC-By-1.0"),
    ("odbl", LicenseKind::Inferred, "ODbL-1.0"),
    ("openmdw-1.0", LicenseKind::Exact, "OpenMDW-1.0"),
    (
        "openmdw-1.1",
        LicenseKind::Custom,
        "LicenseRef-HF-openmdw-1.1",
    ),
    (
        "openrail++",
        LicenseKind::Custom,
        "LicenseRef-HF-openrail-plus-plus",
    ),
    ("osl-3.0", LicenseKind::Exact, "OSL-3.0"),
    ("postgresql", LicenseKind::Exact, "PostgreSQL"),
    ("ofl-1.1", LicenseKind::Exact, "OFL-1.1"),
    ("ncsa", LicenseKind::Exact, "NCSA"),
    ("unlicense", LicenseKind::Exact, "Unlicense"),
    ("zlib", LicenseKind::Exact, "Zlib"),
    ("pddl", LicenseKind::Inferred, "PDDL-1.0"),
    ("lgpl-lr", LicenseKind::Inferred, "LGPLLR"),
    (
        "deepfloyd-if-license",
        LicenseKind::Custom,
        "LicenseRef-HF-deepfloyd-if-license",
    ),
    (
        "fair-noncommercial-research-license",
        LicenseKind::Custom,
        "LicenseRef-HF-fair-noncommercial-research-license",
    ),
    ("llama2", LicenseKind::Custom, "LicenseRef-HF-llama2"),
    ("llama3", LicenseKind::Custom, "LicenseRef-HF-llama3"),
    ("llama3.1", LicenseKind::Custom, "LicenseRef-HF-llama3.1"),
    ("llama3.2", LicenseKind::Custom, "LicenseRef-HF-llama3.2"),
    ("llama3.3", LicenseKind::Custom, "LicenseRef-HF-llama3.3"),
    ("llama4", LicenseKind::Custom, "LicenseRef-HF-llama4"),
    (
        "grok2-community",
        LicenseKind::Custom,
        "LicenseRef-HF-grok2-community",
    ),
    ("gemma", LicenseKind::Custom, "LicenseRef-HF-gemma"),
    ("unknown", LicenseKind::Unknown, ""),
    ("other", LicenseKind::Unknown, ""),
];

#[test]
fn every_id_of_the_hub_has_a_meaning_and_terms() {
    assert_eq!(HUB.len(), 83);
    for (id, kind, meaning) in HUB {
        let license = License::of(id);
        assert_eq!(
            (license.kind(), &*readings(&license)),
            (*kind, *meaning),
            "{id}"
        );
        for license in license
            .candidates()
            .iter()
            .flat_map(LicenseExpression::licenses)
        {
            assert!(license.terms().is_some(), "{license}");
            assert!(
                license.source().is_some_and(|source| !source.is_empty()),
                "{license}"
            );
        }
    }
}

/// Every license of the packages that pip found for three sets of requirements.
#[test]
fn licenses_of_real_packages_are_counted() {
    let Some(folder) = fixtures() else { return };
    let mut files: Vec<_> = fs::read_dir(folder.join("../edges"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 3);
    let mut counts: BTreeMap<LicenseKind, usize> = BTreeMap::new();
    let mut empty = 0;
    let mut unknown = BTreeSet::new();
    let mut without_terms = BTreeSet::new();
    for file in files {
        let graph: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        for node in graph["nodes"].as_array().unwrap() {
            let license = License::of(node["license"].as_str().unwrap_or_default());
            if license.text().is_empty() {
                empty += 1;
                continue;
            }
            *counts.entry(license.kind()).or_default() += 1;
            if license.kind() == LicenseKind::Unknown {
                unknown.insert(license.text().chars().take(14).collect::<String>());
            }
            for named in license
                .candidates()
                .iter()
                .flat_map(LicenseExpression::licenses)
            {
                if named.terms().is_none() {
                    without_terms.insert(named.to_string());
                }
            }
        }
    }
    let counts = LicenseKind::ALL.map(|kind| counts.get(&kind).copied().unwrap_or_default());
    // Ambiguous, custom, exact, inferred, unknown: in all 282 packages, of which 67 say nothing.
    assert_eq!(counts, [11, 16, 161, 19, 8]);
    assert_eq!(empty, 67);
    assert_eq!(unknown.len(), 5, "{unknown:?}");
    let without_terms: Vec<_> = without_terms.iter().map(String::as_str).collect();
    assert_eq!(without_terms, ["LicenseRef-NVIDIA-Proprietary"]);
}
