//! Writes protocol buffers.

/// Writes a field with a length.
pub(crate) fn message(number: u8, inner: &[u8]) -> Vec<u8> {
    let mut field = vec![number << 3 | 2];
    let mut length = inner.len();
    while length > 0x7f {
        field.push(u8::try_from(length & 0x7f).expect("seven bits") | 0x80);
        length >>= 7;
    }
    field.push(u8::try_from(length).expect("seven bits"));
    field.extend(inner);
    field
}

/// Writes a field of a small number.
pub(crate) fn varint(number: u8, value: u8) -> Vec<u8> {
    vec![number << 3, value]
}
