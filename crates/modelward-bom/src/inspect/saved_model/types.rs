//! Types and shapes of tensors.

use std::borrow::Cow;

use crate::inspect::InspectError;
use crate::inspect::protobuf::{Span, Wire};

/// The element types of `DataType`, from 1.
const ELEMENTS: [&str; 30] = [
    "float32",
    "float64",
    "int32",
    "uint8",
    "int16",
    "int8",
    "string",
    "complex64",
    "int64",
    "bool",
    "qint8",
    "quint8",
    "qint32",
    "bfloat16",
    "qint16",
    "quint16",
    "uint16",
    "complex128",
    "float16",
    "resource",
    "variant",
    "uint32",
    "uint64",
    "float8_e5m2",
    "float8_e4m3fn",
    "float8_e4m3fnuz",
    "float8_e4m3b11fnuz",
    "float8_e5m2fnuz",
    "int4",
    "uint4",
];

pub(super) fn element_type(kind: u64) -> Cow<'static, str> {
    let index = usize::try_from(kind)
        .ok()
        .and_then(|kind| kind.checked_sub(1));
    let name = index.and_then(|index| ELEMENTS.get(index));
    name.map_or_else(
        || Cow::Owned(format!("type {kind}")),
        |name| Cow::Borrowed(*name),
    )
}

/// The sizes of a tensor: `None` for one that is not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    sizes: Vec<Option<u64>>,
    has_unknown_rank: bool,
}

impl Shape {
    pub(super) fn read(wire: &mut Wire<'_, '_>, span: Span) -> Result<Self, InspectError> {
        let (mut rest, mut shape) = (span, Self::default());
        while let Some(field) = wire.next(&mut rest)? {
            match (field.number, field.span(), field.varint()) {
                (2, Some(span), _) => shape.sizes.push(read_size(wire, span)?),
                (3, _, Some(flag)) => shape.has_unknown_rank = flag != 0,
                _ => {}
            }
        }
        Ok(shape)
    }

    /// Returns the number of elements, where every size is known and the product has a number.
    pub(super) fn elements(&self) -> Option<u64> {
        if self.has_unknown_rank {
            return None;
        }
        let mut sizes = self.sizes.iter();
        sizes.try_fold(1_u64, |elements, size| elements.checked_mul((*size)?))
    }

    /// Shows a type with its shape, such as `float32[?, 256]`.
    pub(super) fn shown(&self, kind: &str) -> String {
        if self.has_unknown_rank {
            return format!("{kind} of any shape");
        }
        let sizes = self.sizes.iter();
        let sizes: Vec<String> = sizes
            .map(|size| size.map_or_else(|| "?".to_owned(), |size| size.to_string()))
            .collect();
        format!("{kind}[{}]", sizes.join(", "))
    }
}

/// A dimension without a size has the size 0; one that is negative is not known.
fn read_size(wire: &mut Wire<'_, '_>, span: Span) -> Result<Option<u64>, InspectError> {
    let (mut rest, mut size) = (span, Some(0));
    while let Some(field) = wire.next(&mut rest)? {
        if let (1, Some(number)) = (field.number, field.varint()) {
            size = u64::try_from(number.cast_signed()).ok();
        }
    }
    Ok(size)
}
