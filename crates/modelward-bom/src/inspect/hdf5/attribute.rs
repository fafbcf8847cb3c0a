//! Attributes that are texts (specification, IV.A.2.m), and the heap that holds long ones (III.E).

use super::datatype::{Datatype, dataspace, elements};
use super::header::Message;
use super::source::{Fields, Source};
use crate::inspect::{InspectError, Location};

/// An attribute and its texts. It has none where it holds something else.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) at: u64,
    pub(super) texts: Vec<String>,
}

impl Attribute {
    /// Reads an attribute. `None` where its type stands in the table of shared messages.
    pub(super) fn read(
        source: &mut Source<'_, '_>,
        message: &Message,
    ) -> Result<Option<Self>, InspectError> {
        let mut fields = message.fields("attribute", source);
        let version = fields.version(&[1, 2, 3])?;
        let flags = fields.byte()?;
        let sizes = [fields.short()?, fields.short()?, fields.short()?];
        fields.skip(if version == 3 { 1 } else { 0 })?;
        let padded = |size: usize| match version {
            1 => size.next_multiple_of(8),
            _ => size,
        };
        let [name, datatype, space] = sizes.map(padded);
        let name = fields.part("name of an attribute", name)?.text()?;
        let mut datatype_fields = fields.part("datatype", datatype)?;
        let datatype = if version > 1 && flags & 0x01 != 0 {
            Datatype::shared(source, datatype_fields)?
        } else {
            Some(Datatype::read(&mut datatype_fields)?)
        };
        let Some(datatype) = datatype.filter(|_| version == 1 || flags & 0x02 == 0) else {
            return Ok(None);
        };
        let shape = dataspace(&mut fields.part("dataspace", space)?)?;
        let count = shape.map_or(Ok(0), |shape| elements(&shape, message.at))?;
        let texts = match datatype {
            Datatype::FixedText(size) => fixed_texts(source, &mut fields, count, size)?,
            Datatype::VariableText(_) => variable_texts(source, &mut fields, count)?,
            Datatype::Number(_) | Datatype::Other(_) => Vec::new(),
        };
        Ok(Some(Self {
            name,
            at: message.at,
            texts,
        }))
    }

    /// Returns the text, where there is exactly one.
    pub(super) fn text(&self) -> Option<&str> {
        match self.texts.as_slice() {
            [text] => Some(text),
            _ => None,
        }
    }
}

fn fixed_texts(
    source: &mut Source<'_, '_>,
    fields: &mut Fields<'_>,
    count: u64,
    size: u32,
) -> Result<Vec<String>, InspectError> {
    // Of texts without bytes, a few bytes of a file could hold millions.
    if size == 0 && count > 0 {
        return Err(InspectError::Malformed {
            what: "attribute",
            at: Location::Byte(fields.place()),
            found: format!("{count} texts of 0 bytes"),
            expected: "texts of 1 byte or more",
        });
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut texts = Vec::new();
    for _ in 0..count {
        source.count("texts of an attribute", fields.place())?;
        texts.push(fields.part("attribute", size)?.text()?);
    }
    Ok(texts)
}

/// Reads texts of which the attribute has the length and the place in a heap.
fn variable_texts(
    source: &mut Source<'_, '_>,
    fields: &mut Fields<'_>,
    count: u64,
) -> Result<Vec<String>, InspectError> {
    let mut texts = Vec::new();
    for _ in 0..count {
        source.count("texts of an attribute", fields.place())?;
        let length = u64::from(fields.word()?);
        let address = fields.address()?;
        let index = fields.word()?;
        let text = match address {
            Some(address) if length > 0 => heap_text(source, address, index, length)?,
            _ => String::new(),
        };
        texts.push(text);
    }
    Ok(texts)
}

/// Finds an object of a global heap collection by its number and reads its text.
fn heap_text(
    source: &mut Source<'_, '_>,
    address: u64,
    index: u32,
    length: u64,
) -> Result<String, InspectError> {
    let what = "global heap";
    let sizes = source.sizes();
    let head = u64::try_from(8 + sizes.length).unwrap_or(u64::MAX);
    let bytes = source.read(what, address, head)?;
    let mut fields = Fields::new(what, &bytes, source.place(address), sizes);
    fields.signature("GCOL")?;
    fields.version(&[1])?;
    fields.skip(3)?;
    let end = address.saturating_add(fields.length()?);
    let mut at = address.saturating_add(head);
    while at.saturating_add(head) <= end {
        source.count("objects of a heap", source.place(at))?;
        let bytes = source.read(what, at, head)?;
        let mut fields = Fields::new(what, &bytes, source.place(at), sizes);
        let number = fields.short()?;
        fields.skip(6)?;
        let size = fields.length()?;
        let data = at.saturating_add(head);
        if u32::try_from(number).is_ok_and(|number| number == index && index != 0) {
            let bytes = source.read(what, data, length.min(size))?;
            return Fields::new(what, &bytes, source.place(data), sizes).text();
        }
        // Number 0 is the free space at the end.
        if number == 0 {
            break;
        }
        at = data.saturating_add(size.saturating_add(7) & !7);
    }
    Err(no_object(source.place(address), index))
}

fn no_object(at: u64, index: u32) -> InspectError {
    InspectError::Malformed {
        what: "global heap",
        at: Location::Byte(at),
        found: format!("without an object {index}"),
        expected: "the object of an attribute",
    }
}
