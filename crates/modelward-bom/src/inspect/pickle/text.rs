//! Texts of protocol 0, as Python's unpickler decodes them.

use crate::inspect::pickle::opcode::Op;

/// Decodes the line of INT: `00` and `01` are the truth values.
pub(super) fn int(line: &[u8]) -> Op {
    match line {
        b"00" | b"01" => Op::Opaque,
        _ => number(line).map_or(Op::Opaque, Op::Int),
    }
}

/// Decodes the line of LONG, which may end in `L`.
pub(super) fn long(line: &[u8]) -> Op {
    let digits = line.strip_suffix(b"L").unwrap_or(line);
    number(digits).map_or(Op::Opaque, Op::Int)
}

/// Decodes the line of GET and PUT: whatever Python's `int` takes and is not negative.
pub(super) fn index(line: &[u8]) -> Option<u64> {
    number(line).and_then(|index| u64::try_from(index).ok())
}

/// Decodes LONG1 and LONG4: little-endian in two's complement. Larger numbers name no size.
pub(super) fn little_endian(bytes: &[u8]) -> Option<i64> {
    let negative = bytes.last().is_some_and(|last| last & 0x80 != 0);
    let mut wide = if negative { [0xff; 8] } else { [0; 8] };
    wide.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(i64::from_le_bytes(wide))
}

/// Decodes the line of STRING: a literal in quotes, with the escapes of a byte string.
pub(super) fn string(line: &[u8]) -> String {
    let line = line.trim_ascii();
    let inner = match line {
        [b'\'', inner @ .., b'\''] | [b'"', inner @ .., b'"'] => inner,
        other => other,
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'\\' {
            rest = escape(tail, &mut bytes);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes the line of UNICODE: Latin-1 with `\uXXXX` and `\UXXXXXXXX` (`raw-unicode-escape`).
pub(super) fn unicode(line: &[u8]) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let digits = match (byte, tail.first()) {
            (b'\\', Some(b'u')) => tail.get(1..5),
            (b'\\', Some(b'U')) => tail.get(1..9),
            (b'\\', Some(&other)) => {
                // A pair of a backslash and something else stands for itself.
                text.push('\\');
                text.push(char::from(other));
                rest = tail.get(1..).unwrap_or_default();
                continue;
            }
            _ => None,
        };
        let decoded = digits.and_then(|digits| Some((hex(digits)?, digits.len())));
        if let Some((code, length)) = decoded {
            text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            rest = tail.get(1 + length..).unwrap_or_default();
        } else {
            text.push(char::from(byte));
        }
    }
    text
}

/// Decodes what follows a backslash, and returns what is left.
fn escape<'a>(rest: &'a [u8], bytes: &mut Vec<u8>) -> &'a [u8] {
    let Some((&kind, tail)) = rest.split_first() else {
        return rest;
    };
    match kind {
        b'\n' => {}
        b'\\' | b'\'' | b'"' => bytes.push(kind),
        b'a' => bytes.push(0x07),
        b'b' => bytes.push(0x08),
        b'f' => bytes.push(0x0c),
        b'n' => bytes.push(b'\n'),
        b'r' => bytes.push(b'\r'),
        b't' => bytes.push(b'\t'),
        b'v' => bytes.push(0x0b),
        b'x' => {
            let code = tail.get(..2).and_then(hex);
            let Some(code) = code.and_then(|code| u8::try_from(code).ok()) else {
                bytes.extend([b'\\', kind]);
                return tail;
            };
            bytes.push(code);
            return tail.get(2..).unwrap_or_default();
        }
        b'0'..=b'7' => return octal(rest, bytes),
        _ => bytes.extend([b'\\', kind]),
    }
    tail
}

/// Decodes up to three octal digits; what is beyond a byte is cut off, as Python does.
fn octal<'a>(rest: &'a [u8], bytes: &mut Vec<u8>) -> &'a [u8] {
    let is_octal = |byte: &&u8| matches!(byte, b'0'..=b'7');
    let length = rest.iter().take(3).take_while(is_octal).count();
    let (digits, tail) = rest.split_at(length);
    let code = digits
        .iter()
        .fold(0_u8, |code, digit| (code << 3) | (digit & 7));
    bytes.push(code);
    tail
}

fn hex(digits: &[u8]) -> Option<u32> {
    // `from_str_radix` takes a sign.
    let all = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| all)?;
    u32::from_str_radix(digits, 16).ok()
}

/// Python's `int` ignores spaces around a number and underscores inside.
fn number(line: &[u8]) -> Option<i64> {
    let digits = line.trim_ascii().iter().filter(|byte| **byte != b'_');
    let digits = digits.copied().collect();
    String::from_utf8(digits).ok()?.parse().ok()
}
