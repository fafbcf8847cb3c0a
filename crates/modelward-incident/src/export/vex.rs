//! What the formats for advisories and VEX share: how products are named, and why none can be made.

mod bom;
mod error;
pub(crate) mod facts;
mod justification;
pub(crate) mod losses;
pub(crate) mod product;
mod read;
pub(crate) mod stable;

use modelward_artifact::Text;

pub use self::bom::BomId;
pub use self::error::{VexExportError, VexInputError, VexProblem};
pub use self::justification::VexJustification;

pub(crate) fn text(member: &'static str, text: &str) -> Result<String, VexInputError> {
    let text = text.parse::<Text>();
    let text = text.map_err(|source| VexInputError::Text { member, source })?;
    Ok(text.as_str().to_owned())
}
