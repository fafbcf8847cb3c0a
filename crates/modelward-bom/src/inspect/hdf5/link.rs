//! Links of groups: messages (specification, IV.A.2.g), or a tree of symbol tables (III.A to III.D).

use super::header::Message;
use super::source::{Fields, Sizes, Source, undefined};
use crate::inspect::{InspectError, Location};

/// The longest name of a link, in bytes. It stands in the name of everything behind it.
const LONGEST_NAME: u64 = 4096;

/// A name in a group, and what it stands for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) at: u64,
    pub(super) target: Target,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Target {
    /// An object of another file.
    External(String),
    /// An object of this file by its address.
    Object(u64),
    /// A name in this file, under which the object is found where it is linked.
    Soft,
    /// A kind of link that only the program that wrote it follows.
    Unknown(u8),
}

/// Reads a link message.
pub(super) fn of_message(source: &Source<'_, '_>, message: &Message) -> Result<Link, InspectError> {
    let mut fields = message.fields("link", source);
    fields.version(&[1])?;
    let flags = fields.byte()?;
    let kind = if flags & 0x08 == 0 { 0 } else { fields.byte()? };
    fields.skip(if flags & 0x04 == 0 { 0 } else { 8 })?;
    fields.skip(if flags & 0x10 == 0 { 0 } else { 1 })?;
    let length = fields.number(1 << (flags & 0x03))?;
    let name = name(&mut fields, length)?;
    let target = match kind {
        0 => {
            let address = fields.address()?;
            Target::Object(address.ok_or_else(|| undefined("link", message.at))?)
        }
        1 => Target::Soft,
        64 => {
            let length = fields.short()?;
            let mut value = fields.part("link", length)?;
            value.skip(1)?;
            Target::External(value.text()?)
        }
        kind => Target::Unknown(kind),
    };
    Ok(Link {
        name,
        at: message.at,
        target,
    })
}

/// Reads the links of a group by its symbol table message.
pub(super) fn of_symbol_table(
    source: &mut Source<'_, '_>,
    message: &Message,
) -> Result<Vec<Link>, InspectError> {
    let mut fields = message.fields("symbol table", source);
    let tree = fields
        .address()?
        .ok_or_else(|| undefined("symbol table", message.at))?;
    let heap = fields
        .address()?
        .ok_or_else(|| undefined("symbol table", message.at))?;
    let names = local_heap(source, heap)?;
    let mut links = Vec::new();
    let mut nodes = vec![(tree, None)];
    while let Some((address, level)) = nodes.pop() {
        if level == Some(0) {
            symbols(source, address, &names, &mut links)?;
        } else {
            let (level, children) = tree_node(source, address, level)?;
            nodes.extend(children.into_iter().rev().map(|child| (child, Some(level))));
        }
    }
    Ok(links)
}

/// The names of a group, and where they stand.
struct Names {
    bytes: Vec<u8>,
    at: u64,
}

fn local_heap(source: &mut Source<'_, '_>, address: u64) -> Result<Names, InspectError> {
    let what = "local heap";
    let sizes = source.sizes();
    let length = u64::try_from(8 + 2 * sizes.length + sizes.offset).unwrap_or(u64::MAX);
    let bytes = source.read(what, address, length)?;
    let place = source.place(address);
    let mut fields = Fields::new(what, &bytes, place, sizes);
    fields.signature("HEAP")?;
    fields.version(&[0])?;
    fields.skip(3)?;
    let length = fields.length()?;
    fields.length()?;
    let data = fields.address()?.ok_or_else(|| undefined(what, place))?;
    Ok(Names {
        bytes: source.read(what, data, length)?,
        at: source.place(data),
    })
}

/// Reads a node of a tree of version 1: its level, and the addresses of its children. The level of
/// a child is one less, so that no tree is without an end.
fn tree_node(
    source: &mut Source<'_, '_>,
    address: u64,
    above: Option<u8>,
) -> Result<(u8, Vec<u64>), InspectError> {
    let what = "tree of a group";
    let sizes = source.sizes();
    let head = u64::try_from(8 + 2 * sizes.offset).unwrap_or(u64::MAX);
    let bytes = source.read(what, address, head)?;
    let place = source.place(address);
    let mut fields = Fields::new(what, &bytes, place, sizes);
    fields.signature("TREE")?;
    fields.version(&[0])?;
    let level = fields.byte()?;
    if above.is_some_and(|above| above.checked_sub(1) != Some(level)) {
        return Err(InspectError::Malformed {
            what,
            at: Location::Byte(place.saturating_add(5)),
            found: format!("level {level}"),
            expected: "one level less than the node above",
        });
    }
    let count = fields.short()?;
    let entry = sizes.length + sizes.offset;
    let length = u64::try_from(count * entry).unwrap_or(u64::MAX);
    let start = address.saturating_add(head);
    let bytes = source.read(what, start, length)?;
    let mut fields = Fields::new(what, &bytes, source.place(start), sizes);
    let mut children = Vec::new();
    for _ in 0..count {
        source.count("nodes of groups", fields.place())?;
        fields.length()?;
        let place = fields.place();
        children.push(fields.address()?.ok_or_else(|| undefined(what, place))?);
    }
    Ok((level, children))
}

/// Reads the entries of a symbol table node.
fn symbols(
    source: &mut Source<'_, '_>,
    address: u64,
    names: &Names,
    links: &mut Vec<Link>,
) -> Result<(), InspectError> {
    let what = "symbol table";
    let sizes = source.sizes();
    let bytes = source.read(what, address, 8)?;
    let mut fields = Fields::new(what, &bytes, source.place(address), sizes);
    fields.signature("SNOD")?;
    fields.version(&[1])?;
    fields.skip(1)?;
    let count = fields.short()?;
    let length = u64::try_from(count * (2 * sizes.offset + 24)).unwrap_or(u64::MAX);
    let start = address.saturating_add(8);
    let bytes = source.read(what, start, length)?;
    let mut fields = Fields::new(what, &bytes, source.place(start), sizes);
    for _ in 0..count {
        let at = fields.place();
        source.count("links", at)?;
        let offset = fields.number(sizes.offset)?;
        let object = fields.address()?;
        let is_soft = fields.word()? == 2;
        fields.skip(20)?;
        let name = name_at(names, offset, sizes)?;
        let target = match object {
            _ if is_soft => Target::Soft,
            Some(address) => Target::Object(address),
            None => return Err(undefined(what, at)),
        };
        source.spend(
            "names of links",
            at,
            u64::try_from(name.len()).unwrap_or(u64::MAX),
        )?;
        links.push(Link { name, at, target });
    }
    Ok(())
}

fn name_at(names: &Names, offset: u64, sizes: Sizes) -> Result<String, InspectError> {
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    let bytes = names.bytes.get(start..).unwrap_or_default();
    let end = bytes.iter().take(4097).position(|byte| *byte == 0);
    let at = names.at.saturating_add(offset);
    let mut fields = Fields::new("name of a link", bytes, at, sizes);
    let length = end.unwrap_or(bytes.len());
    name(&mut fields, u64::try_from(length).unwrap_or(u64::MAX))
}

fn name(fields: &mut Fields<'_>, length: u64) -> Result<String, InspectError> {
    let Some(size) = usize::try_from(length)
        .ok()
        .filter(|_| length <= LONGEST_NAME)
    else {
        return Err(InspectError::TooLarge {
            what: "name of a link",
            at: Location::Byte(fields.place()),
            found: length,
            limit: LONGEST_NAME,
        });
    };
    let bytes = fields.take(size)?;
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
