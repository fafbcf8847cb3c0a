//! Tensors: their type, shape, and where their values are.

use std::borrow::Cow;

use crate::inspect::onnx::Onnx;
use crate::inspect::protobuf::{Span, Wire};
use crate::inspect::{InspectError, Location};

/// The element types of `TensorProto.DataType`, from 1.
const ELEMENTS: [&str; 26] = [
    "float32",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "int32",
    "int64",
    "string",
    "bool",
    "float16",
    "float64",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bfloat16",
    "float8e4m3fn",
    "float8e4m3fnuz",
    "float8e5m2",
    "float8e5m2fnuz",
    "uint4",
    "int4",
    "float4e2m1",
    "float8e8m0",
    "uint2",
    "int2",
];

/// What is said of one tensor.
#[derive(Debug, Default)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) elements: u64,
    kind: u64,
    files: Vec<(String, u64)>,
}

impl Tensor {
    /// Counts the tensor among the initializers.
    pub(super) fn add_to(self, model: &mut Onnx) {
        model.tensors += 1;
        model.parameters = model.parameters.saturating_add(self.elements);
        model
            .element_types
            .insert(element_type(self.kind).into_owned());
        self.add_files_to(model);
    }

    pub(super) fn add_files_to(self, model: &mut Onnx) {
        for (file, at) in self.files {
            model.external_files.entry(file).or_insert(at);
        }
    }
}

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

pub(super) fn read_tensor(wire: &mut Wire<'_, '_>, span: Span) -> Result<Tensor, InspectError> {
    let mut tensor = Tensor {
        elements: 1,
        ..Tensor::default()
    };
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span(), field.varint()) {
            (1, ..) => {
                for size in wire.numbers(&field)? {
                    tensor.elements = grown(tensor.elements, size, span)?;
                }
            }
            (2, None, Some(kind)) => tensor.kind = kind,
            (8, Some(span), _) => tensor.name = wire.text("name", span)?,
            (13, Some(span), _) => {
                let (key, value) = read_entry(wire, span)?;
                if key == "location" {
                    tensor.files.push((value, span.at));
                }
            }
            _ => {}
        }
    }
    Ok(tensor)
}

/// A sparse tensor has as many elements as values that are stored.
pub(super) fn read_sparse(wire: &mut Wire<'_, '_>, span: Span) -> Result<Tensor, InspectError> {
    let (mut rest, mut values) = (span, Tensor::default());
    while let Some(field) = wire.next(&mut rest)? {
        if let (1, Some(span)) = (field.number, field.span()) {
            values = read_tensor(wire, span)?;
        }
    }
    Ok(values)
}

fn grown(elements: u64, size: u64, span: Span) -> Result<u64, InspectError> {
    let known = u64::try_from(size.cast_signed()).ok();
    let all = known.and_then(|size| elements.checked_mul(size));
    all.ok_or_else(|| InspectError::Malformed {
        what: "shape of a tensor",
        at: Location::Byte(span.at),
        found: size.cast_signed().to_string(),
        expected: "sizes whose product is a number of elements",
    })
}

fn read_entry(wire: &mut Wire<'_, '_>, span: Span) -> Result<(String, String), InspectError> {
    let (mut rest, mut key, mut value) = (span, String::new(), String::new());
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span()) {
            (1, Some(span)) => key = wire.text("key", span)?,
            (2, Some(span)) => value = wire.text("value", span)?,
            _ => {}
        }
    }
    Ok((key, value))
}
