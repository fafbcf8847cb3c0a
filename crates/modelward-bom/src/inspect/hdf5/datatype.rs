//! Datatypes and dataspaces (specification, IV.A.2.b and IV.A.2.d).

use super::header::{Message, kind, messages};
use super::source::{Fields, Source, undefined};
use crate::inspect::{InspectError, Location};

/// The most dimensions that the library takes.
const MAX_RANK: u8 = 32;

/// The type of the elements of a dataset or an attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Datatype {
    /// A text of so many bytes.
    FixedText(u32),
    /// Numbers, by their name in `NumPy`.
    Number(&'static str),
    /// Anything else, by the name of its class.
    Other(&'static str),
    /// A text in a heap; its place there has so many bytes.
    VariableText(u32),
}

impl Datatype {
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<Self, InspectError> {
        let at = fields.place();
        let class_and_version = fields.byte()?;
        let bits = fields.byte()?;
        fields.skip(2)?;
        let size = fields.word()?;
        let class = class_and_version & 0x0f;
        Ok(match class {
            0 => Self::Number(integer(bits & 0x08 != 0, size)),
            1 => {
                fields.skip(5)?;
                Self::Number(float(size, fields.byte()?))
            }
            2 => Self::Other("time"),
            3 => Self::FixedText(size),
            4 => Self::Other("bitfield"),
            5 => Self::Other("opaque"),
            6 => Self::Other("compound"),
            7 => Self::Other("reference"),
            8 => Self::Other("enumeration"),
            9 if bits & 0x0f == 1 => Self::VariableText(size),
            9 => Self::Other("sequence"),
            10 => Self::Other("array"),
            11 => Self::Number("complex"),
            _ => {
                return Err(InspectError::Unsupported {
                    what: "datatype",
                    at: Location::Byte(at),
                    found: format!("class {class}"),
                });
            }
        })
    }

    /// Reads the datatype that a message holds, or that of the named datatype to which it refers.
    /// `None` where it stands in the table of shared messages, which is not read.
    pub(super) fn of_message(
        source: &mut Source<'_, '_>,
        message: &Message,
    ) -> Result<Option<Self>, InspectError> {
        let mut fields = message.fields("datatype", source);
        if !message.is_shared {
            return Self::read(&mut fields).map(Some);
        }
        Self::shared(source, fields)
    }

    /// Follows a reference to a named datatype (IV.A.2, "shared message").
    pub(super) fn shared(
        source: &mut Source<'_, '_>,
        mut fields: Fields<'_>,
    ) -> Result<Option<Self>, InspectError> {
        let at = fields.place();
        let version = fields.version(&[1, 2, 3])?;
        let in_table = fields.byte()? == 1 && version == 3;
        if in_table {
            return Ok(None);
        }
        fields.skip(if version == 1 { 6 } else { 0 })?;
        let address = fields.address()?.ok_or_else(|| undefined("datatype", at))?;
        let named = messages(source, address)?;
        // A named datatype is no reference itself, so this goes no deeper.
        let message = named.iter().find(|message| message.kind == kind::DATATYPE);
        match message.filter(|message| !message.is_shared) {
            Some(message) => Self::read(&mut message.fields("datatype", source)).map(Some),
            None => Err(undefined("datatype", at)),
        }
    }
}

/// Reads the sizes of the dimensions, the outermost first. A single value has none; `None` where
/// there is no value at all.
pub(super) fn dataspace(fields: &mut Fields<'_>) -> Result<Option<Vec<u64>>, InspectError> {
    let version = fields.version(&[1, 2])?;
    let at = fields.place();
    let rank = fields.byte()?;
    if rank > MAX_RANK {
        return Err(InspectError::TooLarge {
            what: "dimensions",
            at: Location::Byte(at),
            found: u64::from(rank),
            limit: u64::from(MAX_RANK),
        });
    }
    fields.skip(1)?;
    let is_null = if version == 1 {
        fields.skip(5)?;
        false
    } else {
        fields.byte()? == 2
    };
    let sizes: Result<Vec<u64>, InspectError> = (0..rank).map(|_| fields.length()).collect();
    let sizes = sizes?;
    Ok((!is_null).then_some(sizes))
}

/// Multiplies the sizes of dimensions.
pub(super) fn elements(shape: &[u64], at: u64) -> Result<u64, InspectError> {
    let product = shape
        .iter()
        .try_fold(1_u64, |product, size| product.checked_mul(*size));
    product.ok_or_else(|| InspectError::Malformed {
        what: "dataspace",
        at: Location::Byte(at),
        found: format!("{shape:?}"),
        expected: "less than 2^64 elements",
    })
}

const fn integer(is_signed: bool, size: u32) -> &'static str {
    match (is_signed, size) {
        (true, 1) => "int8",
        (true, 2) => "int16",
        (true, 4) => "int32",
        (true, 8) => "int64",
        (false, 1) => "uint8",
        (false, 2) => "uint16",
        (false, 4) => "uint32",
        (false, 8) => "uint64",
        _ => "integer",
    }
}

const fn float(size: u32, exponent: u8) -> &'static str {
    match (size, exponent) {
        (2, 8) => "bfloat16",
        (2, _) => "float16",
        (4, _) => "float32",
        (8, _) => "float64",
        _ => "float",
    }
}
