use std::fmt;

/// The deepest nesting of a type: structures in structures.
const MAX_DEPTH: usize = 16;

/// A Python literal of the kinds that the header of an array has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Literal {
    Bool(bool),
    Dict(Vec<(String, Self)>),
    Int(u64),
    List(Vec<Self>),
    Text(String),
    Tuple(Vec<Self>),
}

/// Where a literal is not as expected, and what was expected there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) expected: &'static str,
}

impl Literal {
    /// Reads the one literal of a text, which spaces may surround.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut parser = Parser { text, at: 0 };
        let literal = parser.value(0)?;
        parser.space();
        if parser.at == text.len() {
            return Ok(literal);
        }
        Err(parser.fault("nothing behind the literal"))
    }
}

/// As Python writes it.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(true) => f.write_str("True"),
            Self::Bool(false) => f.write_str("False"),
            Self::Dict(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}'{name}': {value}")?;
                }
                f.write_str("}")
            }
            Self::Int(number) => number.fmt(f),
            Self::List(values) => {
                f.write_str("[")?;
                join(f, values)?;
                f.write_str("]")
            }
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Tuple(values) => {
                f.write_str("(")?;
                join(f, values)?;
                f.write_str(if values.len() == 1 { ",)" } else { ")" })
            }
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, values: &[Literal]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{value}")?;
    }
    Ok(())
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn value(&mut self, depth: usize) -> Result<Literal, Fault> {
        self.space();
        if depth > MAX_DEPTH {
            return Err(self.fault("less nesting"));
        }
        match self.peek() {
            Some(b'\'' | b'"') => self.text_literal().map(Literal::Text),
            Some(b'(') => self.sequence(b')', depth).map(Literal::Tuple),
            Some(b'0'..=b'9') => self.number(),
            Some(b'[') => self.sequence(b']', depth).map(Literal::List),
            Some(b'{') => self.dict(depth),
            _ if self.take("True") => Ok(Literal::Bool(true)),
            _ if self.take("False") => Ok(Literal::Bool(false)),
            _ => Err(self.fault("a literal")),
        }
    }

    /// Reads values to the closing bracket. `(3)` is taken for a tuple too: a shape is nothing else.
    fn sequence(&mut self, close: u8, depth: usize) -> Result<Vec<Literal>, Fault> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.space();
            if self.take_byte(close) {
                return Ok(values);
            }
            values.push(self.value(depth + 1)?);
            self.space();
            if !self.take_byte(b',') && self.peek() != Some(close) {
                return Err(self.fault("a comma or the closing bracket"));
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Literal, Fault> {
        self.at += 1;
        let mut members: Vec<(String, Literal)> = Vec::new();
        loop {
            self.space();
            if self.take_byte(b'}') {
                return Ok(Literal::Dict(members));
            }
            let name = self.text_literal()?;
            self.space();
            if members.iter().any(|(known, _)| *known == name) || !self.take_byte(b':') {
                return Err(self.fault("a colon after a new key"));
            }
            let value = self.value(depth + 1)?;
            members.push((name, value));
            self.space();
            if !self.take_byte(b',') && self.peek() != Some(b'}') {
                return Err(self.fault("a comma or the closing brace"));
            }
        }
    }

    /// Reads a text without escapes: types and names of fields have none in practice.
    fn text_literal(&mut self) -> Result<String, Fault> {
        let quote = self.peek().filter(|quote| matches!(quote, b'\'' | b'"'));
        let Some(quote) = quote else {
            return Err(self.fault("a text in quotes"));
        };
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.find(char::from(quote)) else {
            return Err(self.fault("the closing quote"));
        };
        let text = rest.get(..length).unwrap_or_default();
        if text.contains(['\\', '\n']) {
            return Err(self.fault("a text without escapes"));
        }
        self.at += length + 2;
        Ok(text.to_owned())
    }

    fn number(&mut self) -> Result<Literal, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = rest.get(..length).unwrap_or_default();
        let Ok(number) = digits.parse() else {
            return Err(self.fault("a number of at most 64 bits"));
        };
        self.at += length;
        // Python 2 marks long numbers.
        self.take("L");
        Ok(Literal::Int(number))
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, word: &str) -> bool {
        let rest: &'t str = self.text.get(self.at..).unwrap_or_default();
        let found = rest.starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn take_byte(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    const fn fault(&self, expected: &'static str) -> Fault {
        Fault {
            at: self.at,
            expected,
        }
    }
}
