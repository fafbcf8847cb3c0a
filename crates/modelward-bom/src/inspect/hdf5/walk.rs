//! The way through the groups of a file, from its root.

use std::collections::BTreeSet;

use super::Hdf5Dataset;
use super::attribute::Attribute;
use super::datatype::{Datatype, dataspace, elements};
use super::header::{Message, kind, messages};
use super::link::{Link, Target, of_message, of_symbol_table};
use super::source::{Source, Superblock};
use crate::inspect::{Input, InspectError, Location};

/// The groups whose attributes Keras reads: the root, and that of the weights.
const KERAS_GROUPS: [&str; 2] = ["", "/model_weights"];

/// What was met on the way.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) attributes: Vec<Attribute>,
    pub(super) datasets: Vec<Hdf5Dataset>,
    /// The names of other files, and where they are named.
    pub(super) external: BTreeSet<(String, u64)>,
    /// How many links and datasets lead to other files.
    pub(super) outside: u64,
    /// How many parts have a form that is not read.
    pub(super) unread: u64,
}

/// An object that is still to be looked at.
struct Object {
    address: u64,
    path: String,
    depth: usize,
}

impl Walk {
    /// Looks at every object once, however many links lead to it.
    pub(super) fn of(input: &mut Input<'_>) -> Result<(Self, Superblock), InspectError> {
        let (mut source, superblock) = Source::open(input)?;
        let mut walk = Self::default();
        let mut visited = BTreeSet::new();
        let mut objects = vec![Object {
            address: superblock.root,
            path: String::new(),
            depth: 0,
        }];
        while let Some(object) = objects.pop() {
            if visited.insert(object.address) {
                let inside = walk.look_at(&mut source, &object)?;
                objects.extend(inside.into_iter().rev());
            }
        }
        Ok((walk, superblock))
    }

    /// Notes what an object is, and returns what it links to.
    fn look_at(
        &mut self,
        source: &mut Source<'_, '_>,
        object: &Object,
    ) -> Result<Vec<Object>, InspectError> {
        let messages = messages(source, object.address)?;
        if KERAS_GROUPS.contains(&object.path.as_str()) {
            self.look_at_attributes(source, &messages)?;
        }
        if messages.iter().any(|message| message.kind == kind::LAYOUT) {
            self.look_at_dataset(source, object, &messages)?;
        }
        let mut objects = Vec::new();
        for message in &messages {
            let links = match message.kind {
                kind::LINK => vec![of_message(source, message)?],
                kind::SYMBOL_TABLE => of_symbol_table(source, message)?,
                kind::LINK_INFO => {
                    self.look_for_heap(source, message, 8)?;
                    continue;
                }
                _ => continue,
            };
            for link in links {
                objects.extend(self.follow(source, object, link)?);
            }
        }
        Ok(objects)
    }

    fn follow(
        &mut self,
        source: &mut Source<'_, '_>,
        from: &Object,
        link: Link,
    ) -> Result<Option<Object>, InspectError> {
        let limit = source.input().limits().max_depth();
        match link.target {
            Target::Object(_) if from.depth >= limit => Err(InspectError::Depth {
                what: "groups",
                at: Location::Byte(link.at),
                limit,
            }),
            Target::Object(address) => {
                let path = format!("{}/{}", from.path, link.name);
                let length = u64::try_from(path.len()).unwrap_or(u64::MAX);
                source.spend("names of objects", link.at, length)?;
                Ok(Some(Object {
                    address,
                    path,
                    depth: from.depth + 1,
                }))
            }
            Target::External(file) => {
                self.outside += 1;
                self.external.insert((file, link.at));
                Ok(None)
            }
            Target::Soft => Ok(None),
            Target::Unknown(_) => {
                self.unread += 1;
                Ok(None)
            }
        }
    }

    fn look_at_attributes(
        &mut self,
        source: &mut Source<'_, '_>,
        messages: &[Message],
    ) -> Result<(), InspectError> {
        for message in messages {
            match message.kind {
                kind::ATTRIBUTE if message.is_shared => self.unread += 1,
                kind::ATTRIBUTE => match Attribute::read(source, message)? {
                    Some(attribute) => self.attributes.push(attribute),
                    None => self.unread += 1,
                },
                kind::ATTRIBUTE_INFO => self.look_for_heap(source, message, 2)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes whether links or attributes stand in a fractal heap: their info message has a number of
    /// `order` bytes for the order of creation, where they have one, and then the heap's address.
    fn look_for_heap(
        &mut self,
        source: &Source<'_, '_>,
        message: &Message,
        order: usize,
    ) -> Result<(), InspectError> {
        let mut fields = message.fields("info of links or attributes", source);
        fields.version(&[0])?;
        let has_order = fields.byte()? & 0x01 != 0;
        fields.skip(if has_order { order } else { 0 })?;
        self.unread += u64::from(fields.address()?.is_some());
        Ok(())
    }

    fn look_at_dataset(
        &mut self,
        source: &mut Source<'_, '_>,
        object: &Object,
        messages: &[Message],
    ) -> Result<(), InspectError> {
        let find = |kind: u16| messages.iter().find(|message| message.kind == kind);
        let is_virtual = find(kind::LAYOUT).is_some_and(
            |layout| matches!(layout.data.as_slice(), [version, 3, ..] if *version >= 3),
        );
        let is_outside = find(kind::EXTERNAL_FILES).is_some() || is_virtual;
        self.outside += u64::from(is_outside);
        let (Some(space), Some(datatype)) = (find(kind::DATASPACE), find(kind::DATATYPE)) else {
            return Err(InspectError::Malformed {
                what: "dataset",
                at: Location::Byte(source.place(object.address)),
                found: "without a dataspace or datatype".to_owned(),
                expected: "both",
            });
        };
        let datatype = Datatype::of_message(source, datatype)?;
        let Some(datatype) = datatype.filter(|_| !space.is_shared) else {
            self.unread += 1;
            return Ok(());
        };
        let shape = dataspace(&mut space.fields("dataspace", source))?;
        let elements = shape
            .as_deref()
            .map_or(Ok(0), |shape| elements(shape, space.at))?;
        self.datasets.push(Hdf5Dataset {
            name: object.path.clone(),
            element_type: name(datatype),
            shape: shape.unwrap_or_default(),
            elements,
            is_number: matches!(datatype, Datatype::Number(_)),
        });
        Ok(())
    }
}

const fn name(datatype: Datatype) -> &'static str {
    match datatype {
        Datatype::FixedText(_) | Datatype::VariableText(_) => "string",
        Datatype::Number(name) | Datatype::Other(name) => name,
    }
}
