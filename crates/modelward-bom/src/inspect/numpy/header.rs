use crate::inspect::numpy::dtype::Dtype;
use crate::inspect::numpy::literal::{Fault, Literal};
use crate::inspect::{InspectError, Location};

/// The signature, the version and the longest length of a header.
pub(super) const PREFIX: u64 = 12;

/// What precedes the elements of an array (`numpy.lib.format`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Header {
    pub(super) version: (u8, u8),
    pub(super) dtype: Dtype,
    pub(super) shape: Vec<u64>,
    pub(super) is_fortran: bool,
    /// Where the elements begin.
    pub(super) end: u64,
}

impl Header {
    /// Returns the version, and where the header begins and ends, as the first bytes state it.
    pub(super) fn extent(prefix: &[u8], size: u64) -> Result<((u8, u8), u64, u64), InspectError> {
        let truncated = |needed| InspectError::Truncated {
            what: "header of an array",
            at: Location::Byte(0),
            needed,
            available: size,
        };
        if !prefix.starts_with(b"\x93NUMPY") {
            return Err(InspectError::Malformed {
                what: "signature",
                at: Location::Byte(0),
                found: prefix
                    .iter()
                    .take(6)
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                expected: "934e554d5059, the signature of an array",
            });
        }
        let (begin, length) = match *prefix {
            [_, _, _, _, _, _, 1, 0, a, b, ..] => (10, u64::from(u16::from_le_bytes([a, b]))),
            [_, _, _, _, _, _, 2 | 3, 0, a, b, c, d] => {
                (12, u64::from(u32::from_le_bytes([a, b, c, d])))
            }
            [_, _, _, _, _, _, 1, 0, ..] | [_, _, _, _, _, _, 2 | 3, 0, ..] => {
                return Err(truncated(PREFIX));
            }
            [_, _, _, _, _, _, major, minor, ..] => {
                return Err(InspectError::Unsupported {
                    what: "version of an array file",
                    at: Location::Byte(6),
                    found: format!("{major}.{minor}"),
                });
            }
            _ => return Err(truncated(PREFIX)),
        };
        let version = (prefix[6], prefix[7]);
        let end = begin + length;
        if end > size {
            return Err(truncated(end));
        }
        Ok((version, begin, end))
    }

    /// Reads the dictionary, which has exactly the three members that numpy writes.
    pub(super) fn parse(
        bytes: &[u8],
        (version, begin, end): ((u8, u8), u64, u64),
    ) -> Result<Self, InspectError> {
        // Only version 3 is UTF-8; the others are Latin-1.
        let text = if version.0 == 3 {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            bytes.iter().copied().map(char::from).collect()
        };
        let malformed = |fault: Fault| InspectError::Malformed {
            what: "header of an array",
            at: Location::Byte(begin.saturating_add(u64::try_from(fault.at).unwrap_or(0))),
            found: text.chars().take(200).collect(),
            expected: fault.expected,
        };
        let expected = |expected| malformed(Fault { at: 0, expected });
        let literal = Literal::parse(&text).map_err(malformed)?;
        let Literal::Dict(mut members) = literal else {
            return Err(expected("a dictionary"));
        };
        members.sort_by(|one, other| one.0.cmp(&other.0));
        let [
            (descr, dtype),
            (order, Literal::Bool(is_fortran)),
            (shape, Literal::Tuple(sizes)),
        ] = members.as_slice()
        else {
            return Err(expected("`descr`, `fortran_order` and `shape`"));
        };
        if (descr.as_str(), order.as_str(), shape.as_str()) != ("descr", "fortran_order", "shape") {
            return Err(expected("`descr`, `fortran_order` and `shape`"));
        }
        let dtype = described(dtype).ok_or_else(|| expected("a type that numpy has"))?;
        let shape = numbers(sizes).ok_or_else(|| expected("a shape of numbers"))?;
        Ok(Self {
            version,
            dtype,
            shape,
            is_fortran: *is_fortran,
            end,
        })
    }

    /// Returns the number of bytes that the elements take.
    pub(super) fn bytes(&self) -> Option<u64> {
        product(&self.shape)?.checked_mul(self.dtype.item_size())
    }
}

/// Returns a type: a word, a list of fields, or a type with the shape of a field.
fn described(literal: &Literal) -> Option<Dtype> {
    let fields = match literal {
        Literal::List(fields) => fields,
        Literal::Text(word) => return Dtype::parse(word),
        Literal::Tuple(parts) => {
            let [of, Literal::Tuple(sizes)] = parts.as_slice() else {
                return None;
            };
            return repeated(described(of)?, sizes);
        }
        _ => return None,
    };
    let mut size = 0_u64;
    let mut has_objects = false;
    for field in fields {
        let Literal::Tuple(parts) = field else {
            return None;
        };
        // (name, type) or (name, type, shape); a name may have a title before it.
        let dtype = match parts.as_slice() {
            [Literal::Text(_) | Literal::Tuple(_), of] => described(of)?,
            [
                Literal::Text(_) | Literal::Tuple(_),
                of,
                Literal::Tuple(sizes),
            ] => repeated(described(of)?, sizes)?,
            _ => return None,
        };
        size = size.checked_add(dtype.item_size())?;
        has_objects |= dtype.has_objects();
    }
    let dtype = Dtype::structure(literal.to_string(), size);
    Some(if has_objects {
        dtype.with_objects()
    } else {
        dtype
    })
}

fn repeated(dtype: Dtype, sizes: &[Literal]) -> Option<Dtype> {
    let size = product(&numbers(sizes)?)?.checked_mul(dtype.item_size())?;
    Some(dtype.with_item_size(size))
}

fn numbers(literals: &[Literal]) -> Option<Vec<u64>> {
    let number = |literal: &Literal| match literal {
        Literal::Int(number) => Some(*number),
        _ => None,
    };
    literals.iter().map(number).collect()
}

fn product(sizes: &[u64]) -> Option<u64> {
    // An empty dimension makes the product zero however large the others are.
    if sizes.contains(&0) {
        return Some(0);
    }
    sizes
        .iter()
        .try_fold(1_u64, |product, size| product.checked_mul(*size))
}
