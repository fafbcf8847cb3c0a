//! What documents of OSCAL need beside what they tell.

use std::path::Path;

use modelward::Timestamp;
use modelward::artifact::Findings;
use modelward::rmf::oscal::{self, OscalDocument, OscalOptions};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::written;

#[derive(clap::Args)]
pub(crate) struct Oscal {
    /// OSCAL: the version of the document.
    #[arg(long, value_name = "VERSION", default_value = "1.0.0")]
    document_version: String,
    /// OSCAL: by what the organization knows the system; with it, UUIDs stay the same from one
    /// assessment to the next.
    #[arg(long, value_name = "ID")]
    system_id: Option<String>,
    /// OSCAL: where the assessment plan is.
    #[arg(long, value_name = "ADDRESS")]
    import_ap: Option<String>,
}

impl Oscal {
    pub(crate) fn options(&self, now: Timestamp) -> Result<OscalOptions, Failure> {
        let mut options = OscalOptions::new(now, &self.document_version)?;
        if let Some(id) = &self.system_id {
            options = options.with_system_id(id)?;
        }
        if let Some(address) = &self.import_ap {
            options = options.with_import_ap(address)?;
        }
        Ok(options)
    }
}

/// Writes a document whose references were checked, which the schema of OSCAL does not do.
pub(crate) fn document(document: &OscalDocument, output: Option<&Path>) -> Result<Answer, Failure> {
    if let Some(findings) = Findings::new(oscal::check(document.value())) {
        return Err(Failure::new("oscal.check", findings));
    }
    let bytes = document.to_json();
    written(
        bytes.map_err(|error| Failure::new("oscal.json", error))?,
        output,
    )
}
