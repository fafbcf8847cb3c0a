//! Object headers: the messages that say what an object is (specification, IV.A).

use std::collections::BTreeSet;

use super::source::{Fields, Source, undefined};
use crate::inspect::InspectError;

/// The kinds of messages that are read.
pub(super) mod kind {
    pub(in super::super) const DATASPACE: u16 = 0x01;
    pub(in super::super) const LINK_INFO: u16 = 0x02;
    pub(in super::super) const DATATYPE: u16 = 0x03;
    pub(in super::super) const LINK: u16 = 0x06;
    pub(in super::super) const EXTERNAL_FILES: u16 = 0x07;
    pub(in super::super) const LAYOUT: u16 = 0x08;
    pub(in super::super) const ATTRIBUTE: u16 = 0x0c;
    pub(in super::super) const CONTINUATION: u16 = 0x10;
    pub(in super::super) const SYMBOL_TABLE: u16 = 0x11;
    pub(in super::super) const ATTRIBUTE_INFO: u16 = 0x15;
}

/// One message of an object header.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) kind: u16,
    /// Whether the data only say where the message is.
    pub(super) is_shared: bool,
    pub(super) at: u64,
    pub(super) data: Vec<u8>,
}

impl Message {
    /// Returns the fields of the message.
    pub(super) fn fields(&self, what: &'static str, source: &Source<'_, '_>) -> Fields<'_> {
        Fields::new(what, &self.data, self.at, source.sizes())
    }
}

/// How the messages of one header are laid out.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// Version 1: eight bytes before each message.
    First,
    /// Version 2, and whether a message has the number of its creation.
    Second { numbered: bool },
}

/// Reads every message of the object at an address.
pub(super) fn messages(
    source: &mut Source<'_, '_>,
    address: u64,
) -> Result<Vec<Message>, InspectError> {
    let start = source.read("object header", address, 4)?;
    let (form, first) = if start == *b"OHDR" {
        second(source, address)?
    } else {
        first(source, address)?
    };
    let mut visited = BTreeSet::new();
    let mut blocks = vec![first];
    let mut messages = Vec::new();
    while let Some((address, length)) = blocks.pop() {
        if !visited.insert(address) {
            continue;
        }
        let bytes = source.read("object header", address, length)?;
        let mut fields = Fields::new(
            "object header",
            &bytes,
            source.place(address),
            source.sizes(),
        );
        while let Some(message) = message(source, form, &mut fields)? {
            if message.kind == kind::CONTINUATION {
                blocks.push(continuation(source, form, &message)?);
            } else if message.kind != 0 {
                messages.push(message);
            }
        }
    }
    Ok(messages)
}

/// Returns where the messages of a header of version 1 stand.
fn first(source: &mut Source<'_, '_>, address: u64) -> Result<(Form, (u64, u64)), InspectError> {
    let bytes = source.read("object header", address, 12)?;
    let place = source.place(address);
    let mut fields = Fields::new("object header", &bytes, place, source.sizes());
    fields.version(&[1])?;
    fields.skip(7)?;
    let length = u64::from(fields.word()?);
    // Four bytes fill the header up to a multiple of eight.
    Ok((Form::First, (address.saturating_add(16), length)))
}

/// Returns where the messages of a header of version 2 stand.
fn second(source: &mut Source<'_, '_>, address: u64) -> Result<(Form, (u64, u64)), InspectError> {
    let available = source.input().size().saturating_sub(source.place(address));
    let bytes = source.read("object header", address, available.min(34))?;
    let place = source.place(address);
    let mut fields = Fields::new("object header", &bytes, place, source.sizes());
    fields.signature("OHDR")?;
    fields.version(&[2])?;
    let flags = fields.byte()?;
    let times = if flags & 0x20 == 0 { 0 } else { 16 };
    let attributes = if flags & 0x10 == 0 { 0 } else { 4 };
    fields.skip(times + attributes)?;
    let length = fields.number(1 << (flags & 0x03))?;
    let form = Form::Second {
        numbered: flags & 0x04 != 0,
    };
    let start = address.saturating_add(fields.place().saturating_sub(place));
    Ok((form, (start, length)))
}

/// Takes the next message, or none where the rest of the block is too short for one.
fn message(
    source: &mut Source<'_, '_>,
    form: Form,
    fields: &mut Fields<'_>,
) -> Result<Option<Message>, InspectError> {
    let before = match form {
        Form::First => 8,
        Form::Second { numbered } => 4 + if numbered { 2 } else { 0 },
    };
    if fields.left() < before {
        return Ok(None);
    }
    source.count("messages of object headers", fields.place())?;
    let kind = match form {
        Form::First => fields.short()?,
        Form::Second { .. } => usize::from(fields.byte()?),
    };
    let length = fields.short()?;
    let flags = fields.byte()?;
    fields.skip(match form {
        Form::First => 3,
        Form::Second { numbered } => {
            if numbered {
                2
            } else {
                0
            }
        }
    })?;
    let at = fields.place();
    Ok(Some(Message {
        kind: u16::try_from(kind).unwrap_or(u16::MAX),
        is_shared: flags & 0x02 != 0,
        at,
        data: fields.take(length)?.to_vec(),
    }))
}

/// Returns where a header goes on, without the signature and the checksum of version 2.
fn continuation(
    source: &Source<'_, '_>,
    form: Form,
    message: &Message,
) -> Result<(u64, u64), InspectError> {
    let mut fields = message.fields("continuation of an object header", source);
    let address = fields.address()?;
    let address =
        address.ok_or_else(|| undefined("continuation of an object header", message.at))?;
    let length = fields.length()?;
    Ok(match form {
        Form::First => (address, length),
        Form::Second { .. } => (address.saturating_add(4), length.saturating_sub(8)),
    })
}
