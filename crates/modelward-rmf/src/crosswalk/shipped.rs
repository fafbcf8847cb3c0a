use modelward_artifact::Date;

use crate::crosswalk::{FrameworkRef, KnownIds, LineError, NewRow, Provenance, Relation, Status};
use crate::{Crosswalk, GenAiAction, SsdfTask};

/// Includes a table of the crate.
macro_rules! table {
    ($path:literal) => {
        include_str!(concat!("../../data/", $path)).as_bytes()
    };
}

impl Crosswalk {
    /// Returns NIST's own links of the 48 tasks of SP 800-218A to subcategories of the AI RMF: 138
    /// rows of 31 tasks, final.
    ///
    /// NIST lists references and says neither how the two relate nor how sure it is. So each row
    /// says intersects-with, which is our reading, and unspecified confidence.
    #[must_use]
    pub fn ssdf_218a() -> Self {
        let rows = SsdfTask::ALL.iter().flat_map(|task| {
            let references = task.references().iter();
            references.map(|it| NewRow::new(task.id(), it.to_string(), Relation::IntersectsWith))
        });
        let basis = "informative references of SP 800-218A, table 1; the relation is our reading";
        of_nist(FrameworkRef::sp_800_218a(), basis, rows)
    }

    /// Returns NIST's own links of the 212 actions of AI 600-1 to subcategories of the AI RMF, final.
    ///
    /// NIST lists each action under the subcategory that it serves. So each row says
    /// intersects-with, which is our reading, and unspecified confidence.
    #[must_use]
    pub fn genai_600_1() -> Self {
        let rows = GenAiAction::ALL.iter().map(|action| {
            let subcategory = action.subcategory().to_string();
            NewRow::new(action.to_string(), subcategory, Relation::IntersectsWith)
        });
        let basis = "tables of AI 600-1, section 3; the relation is our reading";
        of_nist(FrameworkRef::ai_600_1(), basis, rows)
    }

    /// Returns our draft from the AI RMF to the EU AI Act: one reading, reviewed by nobody else.
    #[must_use]
    pub fn draft_eu_ai_act() -> Self {
        draft(table!("crosswalk/eu-ai-act.tsv"))
    }

    /// Returns our draft from the AI RMF to ISO/IEC 42001:2023: one reading, reviewed by nobody else.
    #[must_use]
    pub fn draft_iso_42001() -> Self {
        draft(table!("crosswalk/iso-42001-2023.tsv"))
    }

    /// Returns our draft from the AI RMF to NIST CSF 2.0: one reading, reviewed by nobody else.
    #[must_use]
    pub fn draft_csf_2_0() -> Self {
        draft(table!("crosswalk/nist-csf-2.0.tsv"))
    }

    /// Returns our draft from the AI RMF to the processes of ISO/IEC 5338:2023, of low confidence:
    /// the names of the processes were known, and the text of the standard was not.
    #[must_use]
    pub fn draft_iso_5338() -> Self {
        draft(table!("crosswalk/iso-5338-2023.tsv"))
    }

    /// Returns our draft from the AI RMF to topics of the OWASP AI Exchange: one reading, reviewed by
    /// nobody else.
    #[must_use]
    pub fn draft_owasp_ai_exchange() -> Self {
        draft(table!("crosswalk/owasp-ai-exchange.tsv"))
    }
}

/// Returns the list of ids that is shipped for a framework.
pub(super) fn known_ids(framework: &FrameworkRef) -> Option<KnownIds> {
    let bytes = match framework.id() {
        "eu-ai-act" => table!("framework/eu-ai-act.tsv"),
        "iso-42001-2023" => table!("framework/iso-42001-2023.tsv"),
        "iso-5338-2023" => table!("framework/iso-5338-2023.tsv"),
        "nist-csf-2.0" => table!("framework/nist-csf-2.0.tsv"),
        "owasp-ai-exchange" => table!("framework/owasp-ai-exchange.tsv"),
        _ => return None,
    };
    Some(KnownIds::from_tsv(bytes).expect("a test reads each list that is shipped"))
}

fn draft(bytes: &[u8]) -> Crosswalk {
    Crosswalk::from_tsv(bytes).expect("a test reads each draft that is shipped")
}

fn of_nist(source: FrameworkRef, basis: &str, rows: impl Iterator<Item = NewRow>) -> Crosswalk {
    let published: Date = "2024-07-26".parse().expect("it is a day");
    let provenance = nist(published, basis).expect("its texts are single lines");
    Crosswalk::new(source, FrameworkRef::ai_rmf_1_0(), provenance, rows)
        .expect("the tables name each pair once, as a test shows")
}

fn nist(published: Date, basis: &str) -> Result<Provenance, LineError> {
    Provenance::new("NIST", published)?
        .with_status(Status::Complete)
        .with_license("public domain in the United States (17 U.S.C. 105)")?
        .with_basis(basis)
}
