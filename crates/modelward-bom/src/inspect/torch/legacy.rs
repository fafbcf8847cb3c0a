//! What `torch.save` wrote before PyTorch 1.6 (`torch.serialization._legacy_save`): five pickles,
//! which are a magic number, a version, a description of the system, the object and the keys of
//! its storages; then for each key the number of elements, and the elements.

use modelward_artifact::Finding;

use crate::inspect::pickle::Root;
use crate::inspect::pickle::scan::{Extent, Scan};
use crate::inspect::{Input, InspectError};

/// The number of pickles before the storages.
const PICKLES: usize = 5;

/// `LONG1` with ten bytes: 0x1950a86a20f9469cfc6c.
const MAGIC: &[u8] = b"\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.";

pub(super) fn is_legacy(input: &mut Input<'_>) -> Result<bool, InspectError> {
    // PROTO comes before it, and FRAME may.
    let head = input.head(32)?;
    Ok(head.starts_with(b"\x80") && head.windows(MAGIC.len()).any(|window| window == MAGIC))
}

pub(super) fn read(input: &mut Input<'_>) -> Result<(Scan, Vec<Finding>), InspectError> {
    let scan = Scan::of(input, 0, Extent::Exactly(PICKLES))?;
    let mut findings = Vec::new();
    if scan.is_whole() {
        findings.extend(check(input, &scan)?);
    }
    Ok((scan, findings))
}

/// Walks over the storages to the end of the file.
fn check(input: &mut Input<'_>, scan: &Scan) -> Result<Option<Finding>, InspectError> {
    let Some(Root::Texts(keys)) = scan.roots().last() else {
        return Ok(Some(differ("the keys of the storages are not to be told")));
    };
    let storages = scan.record().tensors().storages();
    let mut at = scan.end();
    for key in keys {
        let Some(storage) = storages.get(key) else {
            return Ok(Some(differ(&format!("no tensor has the storage `{key}`"))));
        };
        let length = input.bytes("number of elements", at, 8)?;
        let stated = storage.length.to_le_bytes();
        let bytes = storage.length.checked_mul(storage.width);
        let end = bytes.and_then(|bytes| at.checked_add(8)?.checked_add(bytes));
        let Some(end) = end.filter(|end| length == stated && *end <= input.size()) else {
            let message =
                format!("the storage `{key}` at byte {at} has another size than its tensors");
            return Ok(Some(differ(&message)));
        };
        at = end;
    }
    let rest = input.size().saturating_sub(at);
    Ok((rest > 0).then(|| differ(&format!("{rest} bytes from byte {at} on are no storage"))))
}

fn differ(message: &str) -> Finding {
    Finding::new("bom.inspect.torch.storage", message)
}
