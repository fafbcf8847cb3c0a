//! What licenses ask for, by our reading.

use crate::license::Term::{
    ApartFromGpl, ApartFromGpl2, Attribution, Branding, NetworkCopyleft, NoDerivatives,
    NoOutputTraining, NonCommercial, ResearchOnly, ScaleLimit, ShareAlike, StrongCopyleft,
    UseRestrictions, WeakCopyleft,
};
use crate::license::Terms;

/// What one license asks for.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) terms: Terms,
    /// What is asked of what was trained on it, where the license itself says so.
    pub(super) trained: Option<Terms>,
    pub(super) source: &'static str,
}

impl Row {
    const fn new(terms: Terms, source: &'static str) -> Self {
        Self {
            terms,
            trained: None,
            source,
        }
    }

    /// The license says that what is computed from the data is free.
    const fn with_free_results(mut self) -> Self {
        self.trained = Some(Terms::NONE);
        self
    }
}

/// Returns the row of a license, by its identifier.
pub(super) fn row(id: &str) -> Option<Row> {
    let listed = ROWS.iter().find(|(ids, _)| ids.contains(&id));
    let listed = listed.map(|(_, row)| *row);
    let row = listed
        .or_else(|| creative_commons(id))
        .or_else(|| gnu(id))?;
    let terms = if APART_FROM_GPL.contains(&id) {
        row.terms.with(ApartFromGpl)
    } else if APART_FROM_GPL_2.contains(&id) {
        row.terms.with(ApartFromGpl2)
    } else {
        row.terms
    };
    Some(Row { terms, ..row })
}

/// Those of the table that the Free Software Foundation calls incompatible with every version of
/// the GPL ("Various Licenses and Comments about Them").
const APART_FROM_GPL: &[&str] = &[
    "AFL-3.0",
    "Apache-1.0",
    "Apache-1.1",
    "BSD-4-Clause",
    "CDDL-1.0",
    "CDDL-1.1",
    "CNRI-Python",
    "CPL-1.0",
    "EPL-1.0",
    "EPL-2.0",
    "LPPL-1.3c",
    "MPL-1.1",
    "MPL-2.0-no-copyleft-exception",
    "MS-PL",
    "MS-RL",
    "OSL-3.0",
    "OpenSSL",
];

/// Those that it calls incompatible with version 2 alone.
const APART_FROM_GPL_2: &[&str] = &["Apache-2.0", "ECL-2.0"];

const ATTRIBUTION: Terms = Terms::of(&[Attribution]);
const WEAK: Terms = Terms::of(&[Attribution, WeakCopyleft]);
const SHARE_ALIKE: Terms = Terms::of(&[Attribution, ShareAlike]);
const NETWORK: Terms = Terms::of(&[Attribution, NetworkCopyleft]);
const RAIL: Terms = Terms::of(&[Attribution, UseRestrictions]);
const RESEARCH: Terms = Terms::of(&[Attribution, NonCommercial, ResearchOnly]);
const RESEARCH_WITH_POLICY: Terms = RESEARCH.with(UseRestrictions);
/// Llama 3.1 and later: their outputs may train other models, which then bear the name.
const LLAMA: Terms = Terms::of(&[Attribution, Branding, ScaleLimit, UseRestrictions]);

const ROWS: &[(&[&str], Row)] = &[
    (
        &[
            "0BSD",
            "CC0-1.0",
            "CC-PDDC",
            "MIT-0",
            "PDDL-1.0",
            "Unlicense",
            "WTFPL",
            "blessing",
        ],
        Row::new(
            Terms::NONE,
            "the license: every right is given, and nothing asked for",
        ),
    ),
    (
        &[
            "AFL-3.0",
            "AML",
            "Apache-1.0",
            "Apache-1.1",
            "Apache-2.0",
            "Artistic-2.0",
            "BSD-1-Clause",
            "BSD-2-Clause",
            "BSD-2-Clause-Patent",
            "BSD-3-Clause",
            "BSD-3-Clause-Attribution",
            "BSD-3-Clause-Clear",
            "BSD-3-Clause-LBNL",
            "BSD-3-Clause-Open-MPI",
            "BSD-4-Clause",
            "BSD-Source-Code",
            "BSL-1.0",
            "BlueOak-1.0.0",
            "CECILL-B",
            "CNRI-Python",
            "ECL-2.0",
            "FTL",
            "HPND",
            "ICU",
            "IJG",
            "ISC",
            "JasPer-2.0",
            "LPPL-1.3c",
            "Libpng",
            "MIT",
            "MIT-CMU",
            "MIT-Modern-Variant",
            "MulanPSL-2.0",
            "NCSA",
            "OLDAP-2.8",
            "OpenSSL",
            "PSF-2.0",
            "PostgreSQL",
            "Python-2.0",
            "Python-2.0.1",
            "SGI-B-2.0",
            "TCL",
            "UPL-1.0",
            "Unicode-3.0",
            "Unicode-DFS-2016",
            "W3C",
            "X11",
            "ZPL-2.1",
            "Zlib",
            "bzip2-1.0.6",
            "curl",
            "libpng-2.0",
            "zlib-acknowledgement",
        ],
        Row::new(
            ATTRIBUTION,
            "the license: notices are kept, other terms may be added",
        ),
    ),
    (
        &["DL-DE-BY-2.0", "ODC-By-1.0", "OGL-UK-3.0", "etalab-2.0"],
        Row::new(ATTRIBUTION, "the license: the source of the data is named"),
    ),
    (
        &["CDLA-Permissive-1.0"],
        Row::new(
            ATTRIBUTION,
            "CDLA-Permissive-1.0: the text is kept with the data, results are free",
        )
        .with_free_results(),
    ),
    (
        &["CDLA-Permissive-2.0"],
        Row::new(
            ATTRIBUTION,
            "CDLA-Permissive-2.0: the text is kept with the data, results are free",
        )
        .with_free_results(),
    ),
    (
        &["CDLA-Sharing-1.0"],
        Row::new(
            SHARE_ALIKE,
            "CDLA-Sharing-1.0: enhanced data under the same text, results are free",
        )
        .with_free_results(),
    ),
    (
        &["C-UDA-1.0"],
        Row::new(
            RAIL,
            "C-UDA-1.0: data for computation alone, passed on as such; results are free",
        )
        .with_free_results(),
    ),
    (
        &["ODbL-1.0"],
        Row::new(SHARE_ALIKE, "ODbL-1.0, sections 4.2 to 4.4"),
    ),
    (
        &["OFL-1.1", "OFL-1.1-RFN", "OFL-1.1-no-RFN"],
        Row::new(SHARE_ALIKE, "OFL-1.1, conditions 2 and 5"),
    ),
    (
        &["MPL-1.1", "MPL-2.0", "MPL-2.0-no-copyleft-exception"],
        Row::new(WEAK, "the license, section 3: files under it stay under it"),
    ),
    (
        &[
            "CDDL-1.0", "CDDL-1.1", "CECILL-C", "CPL-1.0", "EPL-1.0", "EPL-2.0", "MS-PL", "MS-RL",
        ],
        Row::new(WEAK, "the license: source files under it stay under it"),
    ),
    (
        &["LGPLLR"],
        Row::new(
            WEAK,
            "LGPLLR: changed resources stay under it, works that use them need not",
        ),
    ),
    (
        &["CECILL-2.0", "CECILL-2.1"],
        Row::new(ATTRIBUTION.with(StrongCopyleft), "the license, section 5.3"),
    ),
    (
        &["EUPL-1.1", "EUPL-1.2"],
        Row::new(
            NETWORK,
            "the license, section 5, with online use in the definitions",
        ),
    ),
    (
        &["OSL-3.0"],
        Row::new(NETWORK, "OSL-3.0, sections 1.c and 5 (external deployment)"),
    ),
    (&["SSPL-1.0"], Row::new(NETWORK, "SSPL-1.0, section 13")),
    (
        &["PolyForm-Noncommercial-1.0.0"],
        Row::new(
            ATTRIBUTION.with(NonCommercial),
            "PolyForm-Noncommercial-1.0.0, Notices",
        ),
    ),
    (
        &["OpenMDW-1.0", "LicenseRef-HF-openmdw-1.1"],
        Row::new(
            ATTRIBUTION,
            "OpenMDW: the agreement and notices are kept, outputs are free",
        ),
    ),
    (
        &["LicenseRef-HF-apple-ascl"],
        Row::new(ATTRIBUTION, "Apple Sample Code License: its notice is kept"),
    ),
    (
        &["LicenseRef-HF-openrail"],
        Row::new(
            RAIL,
            "what the licenses of the OpenRAIL family have in common",
        ),
    ),
    (
        &["LicenseRef-HF-bigscience-bloom-rail-1.0"],
        Row::new(
            RAIL,
            "BigScience RAIL 1.0, sections 4 and 5 with attachment A",
        ),
    ),
    (
        &["LicenseRef-HF-bigscience-openrail-m"],
        Row::new(RAIL, "BigScience OpenRAIL-M, section III with attachment A"),
    ),
    (
        &["LicenseRef-HF-bigcode-openrail-m"],
        Row::new(
            RAIL,
            "BigCode OpenRAIL-M v1, conditions of use and sharing with attachment A",
        ),
    ),
    (
        &["LicenseRef-HF-creativeml-openrail-m"],
        Row::new(
            RAIL,
            "CreativeML Open RAIL-M, sections 4 and 5 with attachment A",
        ),
    ),
    (
        &["LicenseRef-HF-openrail-plus-plus"],
        Row::new(
            RAIL,
            "CreativeML Open RAIL++-M, sections 4 and 5 with attachment A",
        ),
    ),
    (
        &["LicenseRef-HF-gemma"],
        Row::new(
            RAIL,
            "Gemma Terms of Use, sections 3.1 and 3.2 with the prohibited use policy",
        ),
    ),
    (
        &["LicenseRef-HF-llama2"],
        Row::new(
            Terms::of(&[Attribution, NoOutputTraining, ScaleLimit, UseRestrictions]),
            "Llama 2 Community License, sections 1.b and 2",
        ),
    ),
    (
        &["LicenseRef-HF-llama3"],
        Row::new(
            LLAMA.with(NoOutputTraining),
            "Llama 3 Community License, sections 1.b and 2",
        ),
    ),
    (
        &[
            "LicenseRef-HF-llama3.1",
            "LicenseRef-HF-llama3.2",
            "LicenseRef-HF-llama3.3",
            "LicenseRef-HF-llama4",
        ],
        Row::new(
            LLAMA,
            "Llama Community License of that version, sections 1.b and 2",
        ),
    ),
    (
        &["LicenseRef-HF-grok2-community"],
        Row::new(
            LLAMA.without(ScaleLimit).with(NoOutputTraining),
            "Grok 2 Community License: acceptable use, its mark, no training of other models",
        ),
    ),
    (
        &["LicenseRef-HF-apple-amlr"],
        Row::new(
            RESEARCH,
            "Apple Machine Learning Research Model License: research purposes",
        ),
    ),
    (
        &["LicenseRef-HF-deepfloyd-if-license"],
        Row::new(
            RESEARCH_WITH_POLICY,
            "DeepFloyd IF License Agreement, sections 1 to 3",
        ),
    ),
    (
        &["LicenseRef-HF-fair-noncommercial-research-license"],
        Row::new(
            RESEARCH_WITH_POLICY,
            "FAIR Noncommercial Research License: its title, with the acceptable use policy",
        ),
    ),
    (
        &["LicenseRef-HF-h-research", "LicenseRef-HF-intel-research"],
        Row::new(
            RESEARCH,
            "its title, taken strictly: the text may ask for less or more",
        ),
    ),
];

/// Reads what the names of the Creative Commons' licenses say, ports to a country included.
fn creative_commons(id: &str) -> Option<Row> {
    let mut parts = id.strip_prefix("CC-BY-")?.split('-');
    let mut terms = ATTRIBUTION;
    loop {
        terms = match parts.next()? {
            "NC" => terms.with(NonCommercial),
            "ND" => terms.with(NoDerivatives),
            "SA" => terms.with(ShareAlike),
            version if version.starts_with(|c: char| c.is_ascii_digit()) => break,
            _ => return None,
        };
    }
    let source = "the license's deed: BY, NC, ND and SA stand in its name (4.0: sections 2 and 3)";
    Some(Row::new(terms, source))
}

/// GNU's licenses of every version, `-only`, `-or-later` and as they were called before.
fn gnu(id: &str) -> Option<Row> {
    let (family, version) = id.split_once('-')?;
    if !version.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (terms, source) = match family {
        "AGPL" => (NETWORK, "AGPL-3.0, sections 5 and 13"),
        "GFDL" => (SHARE_ALIKE, "GFDL-1.3, sections 4 and 7"),
        "GPL" => (
            ATTRIBUTION.with(StrongCopyleft),
            "GPL-3.0, section 5 (2.0: section 2)",
        ),
        "LGPL" => (WEAK, "LGPL-2.1, sections 2, 5 and 6 (3.0: sections 2 to 4)"),
        _ => return None,
    };
    Some(Row::new(terms, source))
}
