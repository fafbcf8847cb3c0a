//! Graphs with their signatures, functions and objects.

use crate::inspect::protobuf::{Span, Wire};
use crate::inspect::saved_model::types::{Shape, element_type};
use crate::inspect::saved_model::{Interface, SavedModel};
use crate::inspect::{Aspect, InspectError};

/// The signatures that say how a model is made and not how it is used.
const INITIAL: &str = "__saved_model_init_op";

/// Reads a `MetaGraphDef` into the model.
pub(super) fn read_meta_graph(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        let Some(span) = field.span() else {
            continue;
        };
        match field.number {
            1 => read_info(wire, span, model)?,
            2 => read_graph(wire, span, model)?,
            5 => read_signature(wire, span, model)?,
            6 => read_asset(wire, span, model)?,
            7 => read_objects(wire, span, model)?,
            _ => {}
        }
    }
    Ok(())
}

fn read_info(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span()) {
            (4, Some(span)) => {
                let tag = wire.text("tag", span)?;
                model.tags.entry(tag).or_insert(span.at);
            }
            (5, Some(span)) => {
                let version = wire.text("version", span)?;
                model.tool = Some((format!("tensorflow {version}"), span.at));
            }
            _ => {}
        }
    }
    Ok(())
}

fn read_graph(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span()) {
            (1, Some(span)) => read_node(wire, span, model)?,
            (2, Some(span)) => read_library(wire, span, model)?,
            _ => {}
        }
    }
    Ok(())
}

fn read_library(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        let (1, Some(mut function)) = (field.number, field.span()) else {
            continue;
        };
        model.functions += 1;
        while let Some(field) = wire.next(&mut function)? {
            if let (3, Some(span)) = (field.number, field.span()) {
                read_node(wire, span, model)?;
            }
        }
    }
    Ok(())
}

fn read_node(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let (mut rest, mut name) = (span, String::new());
    while let Some(field) = wire.next(&mut rest)? {
        if let (2, Some(span)) = (field.number, field.span()) {
            name = wire.text("operator", span)?;
        }
    }
    model.operator(name, span.at);
    Ok(())
}

/// Reads an entry of the map of signatures. That of the name `serving_default` is the common one;
/// others go by their name too.
fn read_signature(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let (key, value) = read_entry(wire, span)?;
    let Some(mut rest) = value.filter(|_| key != INITIAL) else {
        return Ok(());
    };
    while let Some(field) = wire.next(&mut rest)? {
        let (number @ (1 | 2), Some(span)) = (field.number, field.span()) else {
            continue;
        };
        let (name, tensor) = read_entry(wire, span)?;
        let Some(tensor) = tensor else {
            continue;
        };
        let name = format!("{key}:{name}");
        let aspect = if number == 1 {
            Aspect::Input(name)
        } else {
            Aspect::Output(name)
        };
        model.interfaces.push(Interface {
            aspect,
            format: read_tensor(wire, tensor)?,
            at: span.at,
        });
    }
    Ok(())
}

/// Reads an entry of a map: its key, and where its value is.
fn read_entry(wire: &mut Wire<'_, '_>, span: Span) -> Result<(String, Option<Span>), InspectError> {
    let (mut rest, mut key, mut value) = (span, String::new(), None);
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span()) {
            (1, Some(span)) => key = wire.text("key", span)?,
            (2, Some(span)) => value = Some(span),
            _ => {}
        }
    }
    Ok((key, value))
}

fn read_tensor(wire: &mut Wire<'_, '_>, span: Span) -> Result<String, InspectError> {
    let (mut rest, mut kind, mut shape) = (span, 0, Shape::default());
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span(), field.varint()) {
            (2, _, Some(number)) => kind = number,
            (3, Some(span), _) => shape = Shape::read(wire, span)?,
            _ => {}
        }
    }
    Ok(shape.shown(&element_type(kind)))
}

fn read_asset(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let mut rest = span;
    while let Some(field) = wire.next(&mut rest)? {
        if let (2, Some(span)) = (field.number, field.span()) {
            let file = wire.text("file", span)?;
            model.assets.entry(file).or_insert(span.at);
        }
    }
    Ok(())
}

/// Reads a `SavedObjectGraph`: each object may be a variable.
fn read_objects(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let mut rest = span;
    model.variables.at = span.at;
    while let Some(field) = wire.next(&mut rest)? {
        let (1, Some(mut object)) = (field.number, field.span()) else {
            continue;
        };
        while let Some(field) = wire.next(&mut object)? {
            if let (7, Some(span)) = (field.number, field.span()) {
                read_variable(wire, span, model)?;
            }
        }
    }
    Ok(())
}

fn read_variable(
    wire: &mut Wire<'_, '_>,
    span: Span,
    model: &mut SavedModel,
) -> Result<(), InspectError> {
    let (mut rest, mut kind, mut shape, mut trainable) = (span, 0, Shape::default(), false);
    while let Some(field) = wire.next(&mut rest)? {
        match (field.number, field.span(), field.varint()) {
            (1, _, Some(number)) => kind = number,
            (2, Some(span), _) => shape = Shape::read(wire, span)?,
            (3, _, Some(flag)) => trainable = flag != 0,
            _ => {}
        }
    }
    let variables = &mut model.variables;
    variables.count += 1;
    variables.types.insert(element_type(kind).into_owned());
    let elements = shape.elements();
    variables.is_partial |= elements.is_none();
    let elements = elements.unwrap_or_default();
    variables.elements = variables.elements.saturating_add(elements);
    if trainable {
        variables.trainable = variables.trainable.saturating_add(elements);
    }
    Ok(())
}
