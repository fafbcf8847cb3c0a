use crate::inspect::pickle::cursor::{Cursor, Held};
use crate::inspect::pickle::text;
use crate::inspect::{InspectError, Location};

/// The newest protocol that Python has (3.8 and later).
const NEWEST: u8 = 5;
/// A text that names a module, class or key is shorter; longer ones are not held.
const TEXT: usize = 1 << 10;

/// One operation of a pickle stream with its argument, as Python's `pickletools` lists them.
///
/// Opcodes that do the same to the stack are one operation.
#[derive(Debug)]
pub(super) enum Op {
    AddItems,
    Append,
    Appends,
    BinPersistent,
    Build,
    Dict,
    Dup,
    EmptyDict,
    EmptyList,
    Extension,
    Frame(u64),
    FrozenSet,
    Get(Option<u64>),
    Global(Option<String>, Option<String>),
    Inst(Option<String>, Option<String>),
    Int(i64),
    List,
    Mark,
    Memoize,
    NewObj,
    NewObjEx,
    NoEffect,
    None,
    Obj,
    /// A value that names nothing: a truth value, a fraction, bytes, a set.
    Opaque,
    Persistent,
    Pop,
    PopMark,
    Proto(u8),
    Put(Option<u64>),
    Reduce,
    SetItem,
    SetItems,
    StackGlobal,
    Stop,
    Text(String),
    Tuple,
    TupleOf(usize),
}

impl Op {
    /// Reads the operation at the cursor.
    pub(super) fn read(cursor: &mut Cursor<'_, '_>) -> Result<Self, InspectError> {
        let at = cursor.position();
        let code = cursor.byte("opcode")?;
        if let Some(op) = Self::without_argument(code) {
            return Ok(op);
        }
        match code {
            b'F' | b'I' | b'L' | b'P' | b'S' | b'V' | b'c' | b'g' | b'i' | b'p' => {
                Self::with_lines(code, cursor)
            }
            b'B' | b'C' | b'T' | b'U' | b'X' | 0x8a..=0x8e | 0x96 => Self::counted(code, cursor),
            b'G' | b'J' | b'K' | b'M' | b'h' | b'j' | b'q' | b'r' | 0x80 | 0x82..=0x84 | 0x95 => {
                Self::fixed(code, cursor)
            }
            _ => Err(InspectError::Malformed {
                what: "opcode",
                at: Location::Byte(at),
                found: format!("0x{code:02x}"),
                expected: "an opcode of pickle protocol 0 to 5",
            }),
        }
    }

    const fn without_argument(code: u8) -> Option<Self> {
        Some(match code {
            b'(' => Self::Mark,
            b')' => Self::TupleOf(0),
            b'.' => Self::Stop,
            b'0' => Self::Pop,
            b'1' => Self::PopMark,
            b'2' => Self::Dup,
            b'N' => Self::None,
            b'Q' => Self::BinPersistent,
            b'R' => Self::Reduce,
            b']' => Self::EmptyList,
            b'a' => Self::Append,
            b'b' => Self::Build,
            b'd' => Self::Dict,
            b'e' => Self::Appends,
            b'l' => Self::List,
            b'o' => Self::Obj,
            b's' => Self::SetItem,
            b't' => Self::Tuple,
            b'u' => Self::SetItems,
            b'}' => Self::EmptyDict,
            0x81 => Self::NewObj,
            0x85 => Self::TupleOf(1),
            0x86 => Self::TupleOf(2),
            0x87 => Self::TupleOf(3),
            // NEWTRUE, NEWFALSE, EMPTY_SET, and NEXT_BUFFER, whose object is outside of the stream.
            0x88 | 0x89 | 0x8f | 0x97 => Self::Opaque,
            0x90 => Self::AddItems,
            0x91 => Self::FrozenSet,
            0x92 => Self::NewObjEx,
            0x93 => Self::StackGlobal,
            0x94 => Self::Memoize,
            // READONLY_BUFFER.
            0x98 => Self::NoEffect,
            _ => return None,
        })
    }

    /// Reads an argument that ends with a line, as those of protocol 0 do.
    fn with_lines(code: u8, cursor: &mut Cursor<'_, '_>) -> Result<Self, InspectError> {
        let line = cursor.line("argument", TEXT)?;
        Ok(match code {
            b'I' => text::int(&line.bytes),
            b'L' => text::long(&line.bytes),
            b'P' => Self::Persistent,
            b'S' if line.whole => Self::Text(text::string(&line.bytes)),
            b'V' if line.whole => Self::Text(text::unicode(&line.bytes)),
            b'c' => Self::Global(named(&line), named(&cursor.line("name", TEXT)?)),
            b'g' => Self::Get(text::index(&line.bytes)),
            b'i' => Self::Inst(named(&line), named(&cursor.line("name", TEXT)?)),
            b'p' => Self::Put(text::index(&line.bytes)),
            _ => Self::Opaque,
        })
    }

    /// Reads an argument whose length comes first.
    fn counted(code: u8, cursor: &mut Cursor<'_, '_>) -> Result<Self, InspectError> {
        let length = match code {
            b'C' | b'U' | 0x8a | 0x8c => u64::from(cursor.byte("length")?),
            b'B' | b'X' => u64::from(u32::from_le_bytes(cursor.array("length")?)),
            0x8d | 0x8e | 0x96 => u64::from_le_bytes(cursor.array("length")?),
            _ => signed_length(cursor)?,
        };
        let held = cursor.held("argument", length, TEXT)?;
        Ok(match code {
            b'T' | b'U' | b'X' | 0x8c | 0x8d => named(&held).map_or(Self::Opaque, Self::Text),
            0x8a | 0x8b => text::little_endian(&held.bytes).map_or(Self::Opaque, Self::Int),
            _ => Self::Opaque,
        })
    }

    /// Reads an argument of fixed size.
    fn fixed(code: u8, cursor: &mut Cursor<'_, '_>) -> Result<Self, InspectError> {
        let at = cursor.position();
        Ok(match code {
            b'G' => cursor.skip("number", 8).map(|()| Self::Opaque)?,
            b'J' => Self::Int(i64::from(i32::from_le_bytes(cursor.array("number")?))),
            b'K' => Self::Int(i64::from(cursor.byte("number")?)),
            b'M' => Self::Int(i64::from(u16::from_le_bytes(cursor.array("number")?))),
            b'h' => Self::Get(Some(u64::from(cursor.byte("index")?))),
            b'j' => Self::Get(Some(u64::from(u32::from_le_bytes(cursor.array("index")?)))),
            b'q' => Self::Put(Some(u64::from(cursor.byte("index")?))),
            b'r' => Self::Put(Some(u64::from(u32::from_le_bytes(cursor.array("index")?)))),
            0x80 => match cursor.byte("protocol")? {
                protocol @ 0..=NEWEST => Self::Proto(protocol),
                found => {
                    return Err(InspectError::Unsupported {
                        what: "pickle protocol",
                        at: Location::Byte(at),
                        found: found.to_string(),
                    });
                }
            },
            0x95 => Self::Frame(u64::from_le_bytes(cursor.array("frame")?)),
            // EXT1, EXT2, EXT4: codes that a program registers with `copyreg.add_extension`.
            0x82 => cursor.skip("extension", 1).map(|()| Self::Extension)?,
            0x83 => cursor.skip("extension", 2).map(|()| Self::Extension)?,
            _ => cursor.skip("extension", 4).map(|()| Self::Extension)?,
        })
    }
}

/// Reads the length of BINSTRING and LONG4, which Python refuses where it is negative.
fn signed_length(cursor: &mut Cursor<'_, '_>) -> Result<u64, InspectError> {
    let at = cursor.position();
    let length = i32::from_le_bytes(cursor.array("length")?);
    u64::try_from(length).map_err(|_| InspectError::Malformed {
        what: "length",
        at: Location::Byte(at),
        found: length.to_string(),
        expected: "a number that is not negative",
    })
}

/// Bytes that are no UTF-8 name nothing that can be imported; they are shown with substitutes.
fn named(held: &Held) -> Option<String> {
    held.whole
        .then(|| String::from_utf8_lossy(&held.bytes).into_owned())
}
