//! Graphs, nodes, and the graphs inside of nodes.

use crate::inspect::onnx::Onnx;
use crate::inspect::onnx::tensor::{element_type, read_sparse, read_tensor};
use crate::inspect::protobuf::{Span, Wire};
use crate::inspect::{InspectError, Location};

/// An input or output: its name, and its type and shape as one text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Interface {
    pub(super) name: String,
    pub(super) format: String,
    pub(super) at: u64,
}

/// Reads a graph into the model. Inputs and outputs count of the outermost graph alone.
pub(super) fn read_graph(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut Onnx,
    depth: usize,
) -> Result<(), InspectError> {
    deeper(wire, span, depth)?;
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        let Some(span) = field.span() else {
            continue;
        };
        match field.number {
            1 => read_node(wire, span, model, depth)?,
            5 => {
                let tensor = read_tensor(wire, span)?;
                if depth == 0 {
                    model.initializers.insert(tensor.name.clone());
                }
                tensor.add_to(model);
            }
            11 if depth == 0 => {
                let interface = read_interface(wire, span)?;
                model.inputs.push(interface);
            }
            12 if depth == 0 => {
                let interface = read_interface(wire, span)?;
                model.outputs.push(interface);
            }
            15 => read_sparse(wire, span)?.add_to(model),
            _ => {}
        }
    }
    Ok(())
}

/// Reads the nodes of a function that the model defines.
pub(super) fn read_function(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut Onnx,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        if let (7, Some(span)) = (field.number, field.span()) {
            read_node(wire, span, model, 0)?;
        }
    }
    Ok(())
}

fn read_node(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut Onnx,
    depth: usize,
) -> Result<(), InspectError> {
    let (mut rest, mut domain, mut name) = (span, String::new(), String::new());
    while let Some(field) = wire.next(&mut rest)? {
        let Some(span) = field.span() else {
            continue;
        };
        match field.number {
            4 => name = wire.text("operator", span)?,
            5 => read_attribute(wire, span, model, depth)?,
            7 => domain = wire.text("domain", span)?,
            _ => {}
        }
    }
    model.operator(&domain, &name, span.at);
    Ok(())
}

fn read_attribute(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut Onnx,
    depth: usize,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        let Some(span) = field.span() else {
            continue;
        };
        match field.number {
            5 | 10 => {
                let tensor = read_tensor(wire, span)?;
                model.constants = model.constants.saturating_add(tensor.elements);
                tensor.add_files_to(model);
            }
            6 | 11 => read_graph(wire, span, model, depth + 1)?,
            22 | 23 => {
                let tensor = read_sparse(wire, span)?;
                model.constants = model.constants.saturating_add(tensor.elements);
                tensor.add_files_to(model);
            }
            _ => {}
        }
    }
    Ok(())
}

fn read_interface(wire: &mut Wire<'_, '_>, span: Span) -> Result<Interface, InspectError> {
    let mut interface = Interface {
        name: String::new(),
        format: "of no stated type".to_owned(),
        at: span.at,
    };
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span()) {
            (1, Some(span)) => interface.name = wire.text("name", span)?,
            (2, Some(span)) => interface.format = read_type(wire, span, 0)?,
            _ => {}
        }
    }
    Ok(interface)
}

/// Shows a type, such as `float32[batch, 256]` or `sequence(map(int64, float32))`.
fn read_type(wire: &mut Wire<'_, '_>, span: Span, depth: usize) -> Result<String, InspectError> {
    deeper(wire, span, depth)?;
    let (mut rest, mut shown) = (span, "of no stated type".to_owned());
    while let Some(field) = wire.next(&mut rest)? {
        let Some(inner) = field.span() else {
            continue;
        };
        shown = match field.number {
            1 => read_tensor_type(wire, inner)?,
            4 => format!("sequence({})", read_inner(wire, inner, depth)?),
            5 => format!("map({})", read_inner(wire, inner, depth)?),
            8 => format!("sparse {}", read_tensor_type(wire, inner)?),
            9 => format!("optional({})", read_inner(wire, inner, depth)?),
            _ => continue,
        };
    }
    Ok(shown)
}

/// Reads the element type of a sequence, or key and value types of a map.
fn read_inner(wire: &mut Wire<'_, '_>, span: Span, depth: usize) -> Result<String, InspectError> {
    let (mut rest, mut parts) = (span, Vec::new());
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span(), field.varint()) {
            (1, None, Some(key)) => parts.push(element_type(key).into_owned()),
            (1 | 2, Some(span), _) => parts.push(read_type(wire, span, depth + 1)?),
            _ => {}
        }
    }
    Ok(parts.join(", "))
}

fn read_tensor_type(wire: &mut Wire<'_, '_>, span: Span) -> Result<String, InspectError> {
    let (mut rest, mut element, mut shape) = (span, "undefined".to_owned(), None);
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span(), field.varint()) {
            (1, None, Some(kind)) => element = element_type(kind).into_owned(),
            (2, Some(span), _) => shape = Some(read_shape(wire, span)?),
            _ => {}
        }
    }
    Ok(match shape {
        Some(shape) => format!("{element}[{}]", shape.join(", ")),
        None => format!("{element} of any shape"),
    })
}

fn read_shape(wire: &mut Wire<'_, '_>, span: Span) -> Result<Vec<String>, InspectError> {
    let (mut rest, mut shape) = (span, Vec::new());
    while let Some(field) = wire.next(&mut rest)? {
        let (1, Some(mut dimension)) = (field.number, field.span()) else {
            continue;
        };
        let mut shown = "?".to_owned();
        while let Some(field) = wire.next(&mut dimension)? {
            match (field.number, field.span(), field.varint()) {
                (1, None, Some(size)) => shown = size.cast_signed().to_string(),
                (2, Some(span), _) => shown = wire.text("dimension", span)?,
                _ => {}
            }
        }
        shape.push(shown);
    }
    Ok(shape)
}

fn deeper(wire: &Wire<'_, '_>, span: Span, depth: usize) -> Result<(), InspectError> {
    let limit = wire.max_depth();
    if depth < limit {
        return Ok(());
    }
    Err(InspectError::Depth {
        what: "graph",
        at: Location::Byte(span.at),
        limit,
    })
}
