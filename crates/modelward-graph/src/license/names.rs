//! Words that are no SPDX expressions, and what they mean.

/// What a text means that is no SPDX expression, and how that is known.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Ambiguous(&'static [&'static str], &'static str),
    Custom(&'static str, &'static str),
    Inferred(&'static str, &'static str),
    Unknown(&'static str),
}

use Meaning::{Ambiguous, Custom, Inferred, Unknown};

/// Longer than any name, so that a text of megabytes is not copied.
const MAX_NAME: usize = 200;

/// Returns what a text means, if it stands in one of the tables.
pub(super) fn meaning(text: &str) -> Option<&'static Meaning> {
    if text.len() > MAX_NAME || text.contains('\n') {
        return None;
    }
    let name = plain(last_classifier(text));
    let known = HUB.iter().find(|(id, _)| *id == name);
    let known = known.map(|(_, meaning)| meaning);
    known.or_else(|| {
        let usual = USUAL.iter().find(|(names, _)| names.contains(&&*name));
        usual.map(|(_, meaning)| meaning)
    })
}

/// Returns the last part of `License :: OSI Approved :: MIT License`.
fn last_classifier(text: &str) -> &str {
    match text.strip_prefix("License :: ") {
        Some(path) => path.rsplit(" :: ").next().unwrap_or(path),
        None => text,
    }
}

/// Lower case, American, one space between words, no commas, no article and no period.
fn plain(text: &str) -> String {
    let text = text
        .to_lowercase()
        .replace(',', " ")
        .replace("licence", "license");
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ");
    let text = text.strip_prefix("the ").unwrap_or(&text);
    text.trim_end_matches('.').to_owned()
}

const ON_THE_HUB: &str = "an id of the Hugging Face Hub";
const ONE_VERSION: &str = "an id of the Hugging Face Hub for a family that has one version";
const USUAL_NAME: &str = "by a usual name of the license";
const NO_CLAUSES: &str = "the number of clauses is not named";
const NO_VERSION: &str = "the version is not named";
const NO_LATER: &str = "whether later versions may be chosen is not named";
const NO_CC: &str = "which license of the Creative Commons is not named";
const NOT_KNOWN: &str = "the text says that the license is not known";
const ELSEWHERE: &str = "the text says that the license is named elsewhere";

const APACHE: &[&str] = &["Apache-1.0", "Apache-1.1", "Apache-2.0"];
const BSD: &[&str] = &["BSD-2-Clause", "BSD-3-Clause"];
const CC: &[&str] = &[
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
];
const GFDL: &[&str] = &[
    "GFDL-1.1-only",
    "GFDL-1.1-or-later",
    "GFDL-1.2-only",
    "GFDL-1.2-or-later",
    "GFDL-1.3-only",
    "GFDL-1.3-or-later",
];
const GPL: &[&str] = &[
    "GPL-1.0-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
];
const LGPL: &[&str] = &[
    "LGPL-2.0-only",
    "LGPL-2.0-or-later",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
];
const GPL_2: &[&str] = &["GPL-2.0-only", "GPL-2.0-or-later"];
const GPL_3: &[&str] = &["GPL-3.0-only", "GPL-3.0-or-later"];
const LGPL_3: &[&str] = &["LGPL-3.0-only", "LGPL-3.0-or-later"];
const AGPL_3: &[&str] = &["AGPL-3.0-only", "AGPL-3.0-or-later"];
const PYTHON: &[&str] = &["PSF-2.0", "Python-2.0"];

/// The ids of the Hub's documentation ("Licenses") that are none of SPDX in another case.
const HUB: &[(&str, Meaning)] = &[
    ("apple-amlr", Custom("LicenseRef-HF-apple-amlr", ON_THE_HUB)),
    ("apple-ascl", Custom("LicenseRef-HF-apple-ascl", ON_THE_HUB)),
    (
        "bigcode-openrail-m",
        Custom("LicenseRef-HF-bigcode-openrail-m", ON_THE_HUB),
    ),
    (
        "bigscience-bloom-rail-1.0",
        Custom("LicenseRef-HF-bigscience-bloom-rail-1.0", ON_THE_HUB),
    ),
    (
        "bigscience-openrail-m",
        Custom("LicenseRef-HF-bigscience-openrail-m", ON_THE_HUB),
    ),
    ("bsd", Ambiguous(BSD, NO_CLAUSES)),
    ("c-uda", Inferred("C-UDA-1.0", ONE_VERSION)),
    ("cc", Ambiguous(CC, NO_CC)),
    (
        "creativeml-openrail-m",
        Custom("LicenseRef-HF-creativeml-openrail-m", ON_THE_HUB),
    ),
    (
        "deepfloyd-if-license",
        Custom("LicenseRef-HF-deepfloyd-if-license", ON_THE_HUB),
    ),
    (
        "fair-noncommercial-research-license",
        Custom(
            "LicenseRef-HF-fair-noncommercial-research-license",
            ON_THE_HUB,
        ),
    ),
    ("gemma", Custom("LicenseRef-HF-gemma", ON_THE_HUB)),
    ("gfdl", Ambiguous(GFDL, NO_VERSION)),
    ("gpl", Ambiguous(GPL, NO_VERSION)),
    (
        "grok2-community",
        Custom("LicenseRef-HF-grok2-community", ON_THE_HUB),
    ),
    ("h-research", Custom("LicenseRef-HF-h-research", ON_THE_HUB)),
    (
        "intel-research",
        Custom("LicenseRef-HF-intel-research", ON_THE_HUB),
    ),
    ("lgpl", Ambiguous(LGPL, NO_VERSION)),
    ("lgpl-lr", Inferred("LGPLLR", ON_THE_HUB)),
    ("llama2", Custom("LicenseRef-HF-llama2", ON_THE_HUB)),
    ("llama3", Custom("LicenseRef-HF-llama3", ON_THE_HUB)),
    ("llama3.1", Custom("LicenseRef-HF-llama3.1", ON_THE_HUB)),
    ("llama3.2", Custom("LicenseRef-HF-llama3.2", ON_THE_HUB)),
    ("llama3.3", Custom("LicenseRef-HF-llama3.3", ON_THE_HUB)),
    ("llama4", Custom("LicenseRef-HF-llama4", ON_THE_HUB)),
    ("odbl", Inferred("ODbL-1.0", ONE_VERSION)),
    ("odc-by", Inferred("ODC-By-1.0", ONE_VERSION)),
    (
        "openmdw-1.1",
        Custom("LicenseRef-HF-openmdw-1.1", ON_THE_HUB),
    ),
    ("openrail", Custom("LicenseRef-HF-openrail", ON_THE_HUB)),
    (
        "openrail++",
        Custom("LicenseRef-HF-openrail-plus-plus", ON_THE_HUB),
    ),
    ("other", Unknown(ELSEWHERE)),
    ("pddl", Inferred("PDDL-1.0", ONE_VERSION)),
    ("unknown", Unknown(NOT_KNOWN)),
];

/// Names that Python packages have, and the last parts of their classifiers.
const USUAL: &[(&[&str], Meaning)] = &[
    (
        &[
            "apache 2",
            "apache 2.0",
            "apache 2.0 license",
            "apache license 2",
            "apache license 2.0",
            "apache license v2",
            "apache license v2.0",
            "apache license version 2",
            "apache license version 2.0",
            "apache software license 2.0",
            "apache software license version 2.0",
            "apache v2",
            "apache v2.0",
            "apache-2",
            "apache-2.0 license",
            "apache2",
            "apache2.0",
            "asl 2.0",
            "asl2.0",
        ],
        Inferred("Apache-2.0", USUAL_NAME),
    ),
    (
        &["apache", "apache license", "apache software license", "asl"],
        Ambiguous(APACHE, NO_VERSION),
    ),
    (
        &["expat", "expat license", "mit license", "mit license (mit)"],
        Inferred("MIT", USUAL_NAME),
    ),
    (
        &["mit no attribution license (mit-0)", "mit-0 license"],
        Inferred("MIT-0", USUAL_NAME),
    ),
    (
        &[
            "bsd license",
            "bsd licensed",
            "bsd style",
            "bsd-like",
            "bsd-style",
        ],
        Ambiguous(BSD, NO_CLAUSES),
    ),
    (
        &[
            "2-clause bsd",
            "2-clause bsd license",
            "bsd 2 clause",
            "bsd 2-clause",
            "bsd 2-clause license",
            "bsd-2",
            "bsd-2-clause license",
            "simplified bsd",
            "simplified bsd license",
        ],
        Inferred("BSD-2-Clause", USUAL_NAME),
    ),
    (
        &[
            "3-clause bsd",
            "3-clause bsd license",
            "bsd 3 clause",
            "bsd 3-clause",
            "bsd 3-clause license",
            "bsd-3",
            "bsd-3-clause license",
            "bsd3",
            "modified bsd",
            "modified bsd license",
            "new bsd",
            "new bsd license",
            "revised bsd license",
        ],
        Inferred("BSD-3-Clause", USUAL_NAME),
    ),
    (
        &["isc license", "isc license (iscl)"],
        Inferred("ISC", USUAL_NAME),
    ),
    (
        &[
            "mozilla public license 2.0",
            "mozilla public license 2.0 (mpl 2.0)",
            "mpl 2.0",
            "mozilla public license version 2.0",
            "mpl v2.0",
            "mpl-2",
            "mpl2",
        ],
        Inferred("MPL-2.0", USUAL_NAME),
    ),
    (
        &[
            "psf",
            "psf license",
            "psfl",
            "python software foundation license",
        ],
        Ambiguous(PYTHON, NO_VERSION),
    ),
    (
        &["unlicense (unlicense)"],
        Inferred("Unlicense", USUAL_NAME),
    ),
    (
        &["zlib license", "zlib/libpng license"],
        Inferred("Zlib", USUAL_NAME),
    ),
    (
        &[
            "boost software license 1.0 (bsl-1.0)",
            "boost software license 1.0",
        ],
        Inferred("BSL-1.0", USUAL_NAME),
    ),
    (
        &["historical permission notice and disclaimer (hpnd)"],
        Inferred("HPND", USUAL_NAME),
    ),
    (
        &[
            "cc0",
            "cc0 1.0",
            "cc0 1.0 universal (cc0 1.0) public domain dedication",
        ],
        Inferred("CC0-1.0", USUAL_NAME),
    ),
    (
        &["cc by 4.0", "cc-by 4.0", "creative commons attribution 4.0"],
        Inferred("CC-BY-4.0", USUAL_NAME),
    ),
    (
        &["cc by-nc 4.0", "cc by-nc-4.0", "cc-by-nc 4.0"],
        Inferred("CC-BY-NC-4.0", USUAL_NAME),
    ),
    (
        &["cc by-sa 4.0", "cc-by-sa 4.0"],
        Inferred("CC-BY-SA-4.0", USUAL_NAME),
    ),
    (
        &["eclipse public license 2.0 (epl-2.0)"],
        Inferred("EPL-2.0", USUAL_NAME),
    ),
    (
        &["european union public license 1.2 (eupl 1.2)"],
        Inferred("EUPL-1.2", USUAL_NAME),
    ),
    (
        &["university of illinois/ncsa open source license"],
        Inferred("NCSA", USUAL_NAME),
    ),
    (
        &["gnu general public license (gpl)", "gnu gpl"],
        Ambiguous(GPL, NO_VERSION),
    ),
    (
        &[
            "gnu lesser general public license (lgpl)",
            "gnu lgpl",
            "gnu library or lesser general public license (lgpl)",
        ],
        Ambiguous(LGPL, NO_VERSION),
    ),
    (
        &[
            "gnu general public license v2 (gplv2)",
            "gnu gpl v2",
            "gpl 2",
            "gpl v2",
            "gpl2",
            "gplv2",
        ],
        Ambiguous(GPL_2, NO_LATER),
    ),
    (
        &["gnu general public license v2 or later (gplv2+)", "gplv2+"],
        Inferred("GPL-2.0-or-later", USUAL_NAME),
    ),
    (
        &[
            "gnu general public license v3 (gplv3)",
            "gnu gpl v3",
            "gpl 3",
            "gpl v3",
            "gpl3",
            "gplv3",
        ],
        Ambiguous(GPL_3, NO_LATER),
    ),
    (
        &["gnu general public license v3 or later (gplv3+)", "gplv3+"],
        Inferred("GPL-3.0-or-later", USUAL_NAME),
    ),
    (
        &["gnu lesser general public license v3 (lgplv3)", "lgplv3"],
        Ambiguous(LGPL_3, NO_LATER),
    ),
    (
        &[
            "gnu lesser general public license v3 or later (lgplv3+)",
            "lgplv3+",
        ],
        Inferred("LGPL-3.0-or-later", USUAL_NAME),
    ),
    (
        &["gnu affero general public license v3", "agplv3"],
        Ambiguous(AGPL_3, NO_LATER),
    ),
    (
        &[
            "gnu affero general public license v3 or later (agplv3+)",
            "agplv3+",
        ],
        Inferred("AGPL-3.0-or-later", USUAL_NAME),
    ),
    (
        &[
            "all rights reserved",
            "other/proprietary license",
            "proprietary",
            "proprietary license",
        ],
        Custom(
            "LicenseRef-Proprietary",
            "the text says that the license is proprietary",
        ),
    ),
    (
        &["nvidia proprietary software"],
        Custom(
            "LicenseRef-NVIDIA-Proprietary",
            "what other packages of NVIDIA call by this name",
        ),
    ),
    (
        &["dual license"],
        Unknown("the text says that there are two licenses, and not which"),
    ),
    (&["noassertion", "none", "unlicensed"], Unknown(NOT_KNOWN)),
    (
        &[
            "license.md",
            "license.txt",
            "see license",
            "see license file",
        ],
        Unknown(ELSEWHERE),
    ),
    (
        &["public domain"],
        Unknown("the text is no license but a claim that none is needed"),
    ),
];
