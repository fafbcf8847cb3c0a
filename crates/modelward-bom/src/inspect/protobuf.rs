//! Walks messages in the wire format of protocol buffers, by offsets: what is not asked for is
//! passed over and never held, so that a model of gigabytes costs what its structure costs.

use crate::inspect::{Input, InspectError, Location};

/// How much is read at once.
const WINDOW: u64 = 64 << 10;

/// Reads fields of messages from a file.
pub(super) struct Wire<'i, 'a> {
    input: &'i mut Input<'a>,
    window: Vec<u8>,
    window_at: u64,
    items: u64,
}

/// A part of the file: a message, a text, a packed list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Span {
    pub(super) at: u64,
    pub(super) end: u64,
}

/// One field of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) number: u64,
    pub(super) value: FieldValue,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum FieldValue {
    /// Something with a length.
    Bytes(Span),
    /// A number of fixed width, which no message that is read here needs.
    Fixed,
    /// A number of variable width.
    Varint(u64),
}

impl Field {
    /// Returns the span of a field with a length.
    pub(super) const fn span(&self) -> Option<Span> {
        match self.value {
            FieldValue::Bytes(span) => Some(span),
            _ => None,
        }
    }

    pub(super) const fn varint(&self) -> Option<u64> {
        match self.value {
            FieldValue::Varint(number) => Some(number),
            _ => None,
        }
    }
}

impl Span {
    pub(super) const fn length(self) -> u64 {
        self.end - self.at
    }
}

impl<'i, 'a> Wire<'i, 'a> {
    pub(super) const fn new(input: &'i mut Input<'a>) -> Self {
        Self {
            input,
            window: Vec::new(),
            window_at: 0,
            items: 0,
        }
    }

    /// Returns the whole file.
    pub(super) const fn whole(&self) -> Span {
        Span {
            at: 0,
            end: self.input.size(),
        }
    }

    pub(super) const fn max_depth(&self) -> usize {
        self.input.limits().max_depth()
    }

    /// Reads the next field of a message and moves the start of `rest` behind it.
    pub(super) fn next(&mut self, rest: &mut Span) -> Result<Option<Field>, InspectError> {
        if rest.at >= rest.end {
            return Ok(None);
        }
        self.count(rest.at)?;
        let at = rest.at;
        let key = self.varint(rest)?;
        let value = match key & 7 {
            0 => FieldValue::Varint(self.varint(rest)?),
            1 => self.fixed(rest, 8)?,
            2 => {
                let length = self.varint(rest)?;
                FieldValue::Bytes(take(rest, length)?)
            }
            5 => self.fixed(rest, 4)?,
            kind => return Err(malformed(at, format!("wire type {kind}"))),
        };
        let number = key >> 3;
        if number == 0 {
            return Err(malformed(at, "field 0".to_owned()));
        }
        Ok(Some(Field { number, value }))
    }

    /// Reads a text, bounded by `max_text`. What is not UTF-8 is replaced.
    pub(super) fn text(&mut self, what: &'static str, span: Span) -> Result<String, InspectError> {
        let limit = self.input.limits().max_text();
        if span.length() > limit {
            return Err(InspectError::TooLarge {
                what,
                at: Location::Byte(span.at),
                found: span.length(),
                limit,
            });
        }
        let bytes = self.bytes(span)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Reads the numbers of a list that is packed, or the one number of a field.
    pub(super) fn numbers(&mut self, field: &Field) -> Result<Vec<u64>, InspectError> {
        let mut rest = match field.value {
            FieldValue::Varint(number) => return Ok(vec![number]),
            FieldValue::Fixed => return Ok(Vec::new()),
            FieldValue::Bytes(span) => span,
        };
        let mut numbers = Vec::new();
        while rest.at < rest.end {
            self.count(rest.at)?;
            numbers.push(self.varint(&mut rest)?);
        }
        Ok(numbers)
    }

    fn count(&mut self, at: u64) -> Result<(), InspectError> {
        self.items += 1;
        let limit = self.input.limits().max_items();
        if self.items <= limit {
            return Ok(());
        }
        Err(InspectError::TooLarge {
            what: "number of fields",
            at: Location::Byte(at),
            found: self.items,
            limit,
        })
    }

    fn fixed(&mut self, rest: &mut Span, width: u64) -> Result<FieldValue, InspectError> {
        take(rest, width)?;
        Ok(FieldValue::Fixed)
    }

    fn varint(&mut self, rest: &mut Span) -> Result<u64, InspectError> {
        let start = rest.at;
        let mut number = 0_u64;
        for shift in (0..70).step_by(7) {
            let byte = take(rest, 1)?;
            let byte = self.byte(byte.at)?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(malformed(start, "a number of more than 64 bits".to_owned()))
    }

    fn byte(&mut self, at: u64) -> Result<u8, InspectError> {
        let held = |wire: &Self| {
            let index = usize::try_from(at.checked_sub(wire.window_at)?).ok()?;
            wire.window.get(index).copied()
        };
        if let Some(byte) = held(self) {
            return Ok(byte);
        }
        let available = self.input.size().saturating_sub(at);
        self.window = self
            .input
            .bytes("message", at, WINDOW.min(available).max(1))?;
        self.window_at = at;
        held(self).ok_or_else(|| malformed(at, "nothing".to_owned()))
    }

    fn bytes(&mut self, span: Span) -> Result<Vec<u8>, InspectError> {
        let range = span.at.checked_sub(self.window_at).and_then(|begin| {
            let begin = usize::try_from(begin).ok()?;
            let length = usize::try_from(span.length()).ok()?;
            self.window.get(begin..begin.checked_add(length)?)
        });
        match range {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.input.bytes("text", span.at, span.length()),
        }
    }
}

/// Takes so many bytes off the front of a message.
fn take(rest: &mut Span, length: u64) -> Result<Span, InspectError> {
    let end = rest.at.checked_add(length).filter(|end| *end <= rest.end);
    let Some(end) = end else {
        return Err(InspectError::Truncated {
            what: "message",
            at: Location::Byte(rest.at),
            needed: length,
            available: rest.end - rest.at,
        });
    };
    let taken = Span { at: rest.at, end };
    rest.at = end;
    Ok(taken)
}

fn malformed(at: u64, found: String) -> InspectError {
    InspectError::Malformed {
        what: "message",
        at: Location::Byte(at),
        found,
        expected: "a field of a protocol buffer",
    }
}
