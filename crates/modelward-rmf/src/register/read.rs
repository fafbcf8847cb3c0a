use std::collections::BTreeMap;

use modelward_artifact::JsonLimits;

use crate::document::Document;
use crate::register::{Parts, SCHEMA};
use crate::risk::wire::Wire;
use crate::{ReadDocumentError, ReadRegisterError, RiskId, RiskRegister};

/// Reads a register, and names the risk that is at fault.
pub(crate) fn read(bytes: &[u8], limits: &JsonLimits) -> Result<RiskRegister, ReadRegisterError> {
    let (mut parts, risks) =
        members(bytes, limits).map_err(|source| ReadRegisterError::Document { source })?;
    for (id, risk) in risks {
        let risk = risk.into_risk(id.clone());
        let risk = risk.map_err(|source| ReadRegisterError::Risk {
            risk: id.clone(),
            source,
        })?;
        parts.risks.insert(id, risk);
    }
    RiskRegister::seal(parts).map_err(|source| ReadRegisterError::Register { source })
}

fn members(
    bytes: &[u8],
    limits: &JsonLimits,
) -> Result<(Parts, BTreeMap<RiskId, Wire>), ReadDocumentError> {
    let mut document = Document::read(bytes, limits, SCHEMA)?;
    let title = document.take("title")?;
    let owner = document.take("owner")?;
    let matrix = document.take("matrix")?;
    // A key has one spelling, and strict JSON has no member twice, so no risk is lost here.
    let risks = document.take("risks")?;
    let parts = Parts {
        title,
        owner,
        matrix,
        risks: BTreeMap::new(),
        unknown: document.rest(),
    };
    Ok((parts, risks))
}
