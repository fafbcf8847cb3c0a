//! Writes small HDF5 files in the two forms of the format.

pub(super) const UNDEFINED: [u8; 8] = [0xff; 8];

pub(super) const DATASPACE: u16 = 1;
pub(super) const LINK_INFO: u16 = 2;
pub(super) const DATATYPE: u16 = 3;
pub(super) const LINK: u16 = 6;
pub(super) const EXTERNAL_FILES: u16 = 7;
pub(super) const LAYOUT: u16 = 8;
pub(super) const ATTRIBUTE: u16 = 12;
pub(super) const CONTINUATION: u16 = 16;
pub(super) const SYMBOL_TABLE: u16 = 17;
pub(super) const ATTRIBUTE_INFO: u16 = 21;

pub(super) type Message = (u16, Vec<u8>);

/// Writes the parts of a file, those that others refer to first.
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    superblock: u8,
}

impl Writer {
    pub(super) fn new(superblock: u8) -> Self {
        Self {
            bytes: vec![0; 96],
            superblock,
        }
    }

    fn put(&mut self, bytes: &[u8]) -> u64 {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let address = number(self.bytes.len());
        self.bytes.extend_from_slice(bytes);
        address
    }

    /// Writes the object header of the form that goes with the superblock.
    pub(super) fn object(&mut self, messages: &[Message]) -> u64 {
        let header = if self.superblock < 2 {
            let body: Vec<u8> = messages.iter().flat_map(first_form).collect();
            let length = short_number(body.len()).to_le_bytes();
            let start = [&[1, 0, 1, 0, 1, 0, 0, 0][..], &length, &[0; 4]].concat();
            [start, body].concat()
        } else {
            let body: Vec<u8> = messages.iter().flat_map(second_form).collect();
            let length = short_number(body.len()).to_le_bytes();
            [b"OHDR\x02\x02", &length[..], &body, b"sums"].concat()
        };
        self.put(&header)
    }

    /// Returns the messages that link to some objects.
    pub(super) fn links(&mut self, links: &[(&str, u64)]) -> Vec<Message> {
        if self.superblock >= 2 {
            let link = |(name, address): &(&str, u64)| (LINK, hard_link(name, *address));
            return links.iter().map(link).collect();
        }
        let mut names = vec![0; 8];
        let mut entries = Vec::new();
        for (name, address) in links {
            entries.extend(number(names.len()).to_le_bytes());
            entries.extend(address.to_le_bytes());
            entries.extend([0; 24]);
            names.extend(name.bytes().chain([0]));
        }
        let data = self.put(&names);
        let free = 1_u64.to_le_bytes();
        let length = number(names.len()).to_le_bytes();
        let heap = [b"HEAP\0\0\0\0", &length[..], &free, &data.to_le_bytes()].concat();
        let heap = self.put(&heap);
        let count = [u8::try_from(links.len()).expect("few links"), 0];
        let node = self.put(&[b"SNOD\x01\0", &count[..], &entries].concat());
        let key = [0; 8];
        let node = node.to_le_bytes();
        let tree = [
            b"TREE\0\0\x01\0",
            &UNDEFINED[..],
            &UNDEFINED,
            &key,
            &node,
            &key,
        ]
        .concat();
        let tree = self.put(&tree);
        vec![(
            SYMBOL_TABLE,
            [tree.to_le_bytes(), heap.to_le_bytes()].concat(),
        )]
    }

    pub(super) fn dataset(&mut self, datatype: &[u8], shape: &[u64]) -> u64 {
        self.object(&[
            (DATASPACE, space(shape)),
            (DATATYPE, datatype.to_vec()),
            (LAYOUT, vec![3, 1]),
        ])
    }

    /// Returns an attribute whose text stands in a heap.
    pub(super) fn variable(&mut self, name: &str, text: &str) -> Message {
        let size = number(text.len()).to_le_bytes();
        let total = number(32 + text.len().next_multiple_of(8)).to_le_bytes();
        let start = [
            b"GCOL\x01\0\0\0",
            &total[..],
            &[1, 0, 1, 0, 0, 0, 0, 0],
            &size,
        ]
        .concat();
        let mut collection = [&start[..], text.as_bytes()].concat();
        collection.resize(collection.len().next_multiple_of(8), 0);
        let heap = self.put(&collection).to_le_bytes();
        let length = short_number(text.len()).to_le_bytes();
        let value = [&length[..], &heap, &[1, 0, 0, 0]].concat();
        let datatype = [&[0x19, 1, 0, 0, 16, 0, 0, 0][..], &text_type(1)].concat();
        (ATTRIBUTE, attribute(name, &datatype, &[], &value))
    }

    pub(super) fn finish(self, root: u64) -> Vec<u8> {
        let mut bytes = self.bytes;
        let end = number(bytes.len()).to_le_bytes();
        let (zero, root) = ([0; 8], root.to_le_bytes());
        let version = [self.superblock];
        let start = if self.superblock < 2 {
            let sizes = [0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0];
            let places = [zero, UNDEFINED, end, UNDEFINED, zero, root].concat();
            [b"\x89HDF\r\n\x1a\n", &version[..], &sizes, &places].concat()
        } else {
            let places = [zero, UNDEFINED, end, root].concat();
            [b"\x89HDF\r\n\x1a\n", &version[..], &[8, 8, 0], &places].concat()
        };
        bytes[..start.len()].copy_from_slice(&start);
        bytes
    }
}

pub(super) fn number(length: usize) -> u64 {
    u64::try_from(length).expect("a small number")
}

pub(super) fn short_number(length: usize) -> u32 {
    u32::try_from(length).expect("a small number")
}

pub(super) fn two_bytes(length: usize) -> [u8; 2] {
    u16::try_from(length).expect("a small number").to_le_bytes()
}

pub(super) fn first_form((kind, data): &Message) -> Vec<u8> {
    let mut data = data.clone();
    data.resize(data.len().next_multiple_of(8), 0);
    [
        &kind.to_le_bytes()[..],
        &two_bytes(data.len()),
        &[0; 4],
        &data,
    ]
    .concat()
}

pub(super) fn second_form((kind, data): &Message) -> Vec<u8> {
    let kind = u8::try_from(*kind).expect("a small number");
    [&[kind][..], &two_bytes(data.len()), &[0], data].concat()
}

pub(super) fn space(shape: &[u64]) -> Vec<u8> {
    let rank = u8::try_from(shape.len()).expect("few dimensions");
    let sizes = shape.iter().flat_map(|size| size.to_le_bytes());
    [1, rank, 0, 0, 0, 0, 0, 0]
        .into_iter()
        .chain(sizes)
        .collect()
}

pub(super) fn float(size: u8, exponent: u8) -> Vec<u8> {
    let mut datatype = vec![0x11, 0, 0, 0, size, 0, 0, 0, 0, 0, size * 8, 0, 0, exponent];
    datatype.resize(20, 0);
    datatype
}

pub(super) fn integer(size: u8, signed: u8) -> Vec<u8> {
    vec![0x10, signed << 3, 0, 0, size, 0, 0, 0, 0, 0, size * 8, 0]
}

pub(super) fn text_type(size: usize) -> Vec<u8> {
    [&[0x13, 0, 0, 0][..], &short_number(size).to_le_bytes()].concat()
}

/// Writes an attribute of version 1, whose parts fill multiples of eight bytes.
pub(super) fn attribute(name: &str, datatype: &[u8], shape: &[u64], value: &[u8]) -> Vec<u8> {
    let name = [name.as_bytes(), &[0]].concat();
    let parts = [&name, datatype, &space(shape)];
    let sizes: Vec<u8> = parts
        .iter()
        .flat_map(|part| two_bytes(part.len()))
        .collect();
    let mut bytes = [&[1, 0][..], &sizes].concat();
    for part in parts {
        bytes.extend_from_slice(part);
        bytes.resize(bytes.len().next_multiple_of(8), 0);
    }
    [&bytes, value].concat()
}

pub(super) fn fixed(name: &str, texts: &[&str]) -> Message {
    let size = texts.iter().map(|text| text.len()).max().unwrap_or(0);
    let pad = |text: &&str| [text.as_bytes(), &vec![0; size - text.len()]].concat();
    let value: Vec<u8> = texts.iter().flat_map(pad).collect();
    let shape = if texts.len() == 1 {
        vec![]
    } else {
        vec![number(texts.len())]
    };
    (ATTRIBUTE, attribute(name, &text_type(size), &shape, &value))
}

pub(super) fn hard_link(name: &str, address: u64) -> Vec<u8> {
    let length = [u8::try_from(name.len()).expect("a short name")];
    [
        &[1, 0][..],
        &length,
        name.as_bytes(),
        &address.to_le_bytes(),
    ]
    .concat()
}

pub(super) fn external_link(name: &str, file: &str) -> Vec<u8> {
    let length = [u8::try_from(name.len()).expect("a short name")];
    let value = [&[0][..], file.as_bytes(), b"\0/x\0"].concat();
    let start = [&[1, 8, 64][..], &length, name.as_bytes()].concat();
    [&start[..], &two_bytes(value.len()), &value].concat()
}
