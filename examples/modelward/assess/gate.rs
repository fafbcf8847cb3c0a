//! From what was named to the policy of a gate.

use std::path::Path;

use modelward::artifact::read_file;
use modelward::rmf::{GatePolicy, Phase};

use crate::failure::Failure;
use crate::rmf::{MAX_BYTES, limits};

/// Reads a policy from a file, or takes the one that we recommend where a phase is named.
pub(crate) fn policy(named: &Path) -> Result<GatePolicy, Failure> {
    let phase = named.to_str().and_then(|name| name.parse::<Phase>().ok());
    if let Some(phase) = phase.filter(|_| !named.exists()) {
        return Ok(GatePolicy::recommended(phase));
    }
    let bytes = read_file(named, MAX_BYTES).map_err(|error| {
        let help = (!named.exists()).then(|| {
            let phases = Phase::ALL.map(Phase::name).join(", ");
            format!("name a file, or one of the phases {phases}")
        });
        Failure {
            help,
            ..Failure::from(error)
        }
    })?;
    GatePolicy::from_json(&bytes, &limits()).map_err(|error| Failure::at(named, error))
}
