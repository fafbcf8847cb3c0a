use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::inspect::{Input, InspectError, Location};

/// How joblib compresses a file, by the first bytes (`joblib.compressor`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Packing {
    Bzip2,
    Gzip,
    Lz4,
    Lzma,
    Xz,
    Zlib,
    Zstandard,
}

const SIGNATURES: [(&[u8], Packing); 7] = [
    (b"\x04\x22\x4d\x18", Packing::Lz4),
    (b"\x1f\x8b", Packing::Gzip),
    (b"\x28\xb5\x2f\xfd", Packing::Zstandard),
    (b"\x5d\x00\x00", Packing::Lzma),
    (b"BZh", Packing::Bzip2),
    (b"\xfd7zXZ\x00", Packing::Xz),
    (b"x", Packing::Zlib),
];

impl Packing {
    pub(super) fn of(input: &mut Input<'_>) -> Result<Option<Self>, InspectError> {
        let head = input.head(6)?;
        let found = SIGNATURES
            .iter()
            .find(|(signature, _)| head.starts_with(signature));
        Ok(found.map(|(_, packing)| *packing))
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Bzip2 => "bzip2",
            Self::Gzip => "gzip",
            Self::Lz4 => "lz4",
            Self::Lzma => "lzma",
            Self::Xz => "xz",
            Self::Zlib => "zlib",
            Self::Zstandard => "zstandard",
        }
    }

    /// Decompresses the file to at most `max_header` bytes, where the way is known.
    pub(super) fn open(self, input: &mut Input<'_>) -> Result<Option<Vec<u8>>, InspectError> {
        let limit = input.limits().max_header();
        let packed = input.reader_at(0)?;
        let mut bytes = Vec::new();
        let read = match self {
            Self::Gzip => MultiGzDecoder::new(packed)
                .take(limit)
                .read_to_end(&mut bytes),
            Self::Zlib => ZlibDecoder::new(packed).take(limit).read_to_end(&mut bytes),
            _ => return Ok(None),
        };
        read.map_err(|error| InspectError::Malformed {
            what: "compressed file",
            at: Location::Whole,
            found: error.to_string(),
            expected: "data that can be decompressed",
        })?;
        let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if found < limit {
            return Ok(Some(bytes));
        }
        Err(InspectError::TooLarge {
            what: "decompressed file",
            at: Location::Whole.inside(self.name()),
            found,
            limit,
        })
    }
}
