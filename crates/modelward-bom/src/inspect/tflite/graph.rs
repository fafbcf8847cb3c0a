//! Graphs and their tensors: their type, shape, and whether the file holds their values.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::inspect::flatbuffer::{Flat, Table};
use crate::inspect::tflite::Tflite;
use crate::inspect::{InspectError, Location};

/// The element types of `TensorType`, from 0.
const ELEMENTS: [&str; 19] = [
    "float32",
    "float16",
    "int32",
    "uint8",
    "int64",
    "string",
    "bool",
    "int16",
    "complex64",
    "int8",
    "float64",
    "complex128",
    "uint64",
    "resource",
    "variant",
    "uint32",
    "uint16",
    "int4",
    "bfloat16",
];

/// An input or output: its name, and its type and shape as one text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Interface {
    pub(super) name: String,
    pub(super) format: String,
    pub(super) at: u64,
}

/// Which buffers hold values that were not counted yet.
pub(super) struct Stored(Vec<bool>);

impl Stored {
    pub(super) fn read(flat: &mut Flat<'_, '_>, root: Table) -> Result<Self, InspectError> {
        let mut stored = Vec::new();
        for (index, buffer) in flat.children(root, 4)?.into_iter().enumerate() {
            let inside = flat.vector(buffer, 0, 1)?.count > 0;
            let behind = is_behind(flat, buffer)?;
            // The first buffer stands for none.
            stored.push(index > 0 && (inside || behind));
        }
        Ok(Self(stored))
    }

    /// Takes a buffer; `false` where it has no values or was taken before.
    fn take(&mut self, index: u32) -> bool {
        let index = usize::try_from(index).ok();
        let buffer = index.and_then(|index| self.0.get_mut(index));
        buffer.is_some_and(std::mem::take)
    }
}

/// Tells whether the values of a buffer stand behind the tables, as they do beyond 2 GB.
fn is_behind(flat: &mut Flat<'_, '_>, buffer: Table) -> Result<bool, InspectError> {
    let offset = flat.long(buffer, 1)?.unwrap_or_default();
    let size = flat.long(buffer, 2)?.unwrap_or_default();
    // Offsets 0 and 1 say that there is none.
    if offset <= 1 || size == 0 {
        return Ok(false);
    }
    let available = flat.size().saturating_sub(offset);
    if size <= available {
        return Ok(true);
    }
    Err(InspectError::Truncated {
        what: "buffer",
        at: Location::Byte(offset),
        needed: size,
        available,
    })
}

struct Tensor {
    name: String,
    kind: Cow<'static, str>,
    /// The sizes that hold for any batch: -1 for one that is not known.
    sizes: Vec<i32>,
    at: u64,
}

/// Reads a graph into the model and returns its inputs and outputs.
pub(super) fn read_graph(
    flat: &mut Flat<'_, '_>,
    graph: Table,
    stored: &mut Stored,
    model: &mut Tflite,
) -> Result<(Vec<Interface>, Vec<Interface>), InspectError> {
    let mut tensors = Vec::new();
    for table in flat.children(graph, 0)? {
        tensors.push(read_tensor(flat, table, stored, model)?);
    }
    let inputs = read_interfaces(flat, graph, 1, &tensors)?;
    let outputs = read_interfaces(flat, graph, 2, &tensors)?;
    Ok((inputs, outputs))
}

/// Reads which tensors of a graph are given or returned; one that is named twice is one.
fn read_interfaces(
    flat: &mut Flat<'_, '_>,
    graph: Table,
    id: u64,
    tensors: &[Tensor],
) -> Result<Vec<Interface>, InspectError> {
    let mut seen = BTreeSet::new();
    let indices = flat.integers(graph, id)?;
    let first = indices.into_iter().filter(|index| seen.insert(*index));
    first
        .map(|index| interface(tensors, index, graph))
        .collect()
}

fn read_tensor(
    flat: &mut Flat<'_, '_>,
    table: Table,
    stored: &mut Stored,
    model: &mut Tflite,
) -> Result<Tensor, InspectError> {
    let shape = flat.integers(table, 0)?;
    let kind = element_type(flat.byte(table, 1)?.unwrap_or_default());
    let signature = flat.integers(table, 7)?;
    if stored.take(flat.word(table, 2)?.unwrap_or_default()) {
        let elements = elements(&shape, table)?;
        model.tensors += 1;
        model.parameters = model.parameters.saturating_add(elements);
        model.element_types.insert(kind.clone().into_owned());
        model.quantized += u64::from(is_quantized(flat, table)?);
    }
    Ok(Tensor {
        name: flat.text(table, 3)?.unwrap_or_default().0,
        kind,
        sizes: if signature.is_empty() {
            shape
        } else {
            signature
        },
        at: table.at,
    })
}

/// A tensor is quantized where it has scales.
fn is_quantized(flat: &mut Flat<'_, '_>, table: Table) -> Result<bool, InspectError> {
    let Some(quantization) = flat.child(table, 4)? else {
        return Ok(false);
    };
    Ok(flat.vector(quantization, 2, 4)?.count > 0)
}

fn elements(shape: &[i32], table: Table) -> Result<u64, InspectError> {
    let product = shape.iter().try_fold(1_u64, |elements, size| {
        elements.checked_mul(u64::try_from(*size).ok()?)
    });
    product.ok_or_else(|| InspectError::Malformed {
        what: "shape of a tensor",
        at: Location::Byte(table.at),
        found: format!("{:?}", shape.get(..8).unwrap_or(shape)),
        expected: "sizes whose product is a number of elements",
    })
}

fn interface(tensors: &[Tensor], index: i32, graph: Table) -> Result<Interface, InspectError> {
    let known = usize::try_from(index).ok();
    let tensor = known.and_then(|index| tensors.get(index));
    let Some(tensor) = tensor else {
        return Err(InspectError::Malformed {
            what: "input or output",
            at: Location::Byte(graph.at),
            found: format!("tensor {index}"),
            expected: "a tensor of the graph",
        });
    };
    let sizes: Vec<String> = tensor
        .sizes
        .iter()
        .map(|size| u32::try_from(*size).map_or_else(|_| "?".to_owned(), |size| size.to_string()))
        .collect();
    Ok(Interface {
        name: tensor.name.clone(),
        format: format!("{}[{}]", tensor.kind, sizes.join(", ")),
        at: tensor.at,
    })
}

fn element_type(kind: u8) -> Cow<'static, str> {
    let name = ELEMENTS.get(usize::from(kind));
    name.map_or_else(
        || Cow::Owned(format!("type {kind}")),
        |name| Cow::Borrowed(*name),
    )
}
