/// Returns the bytes that a DSSE signature covers (DSSE v1.0, section "PAE").
///
/// The lengths make it impossible to move bytes between the type and the payload.
///
/// ```
/// use modelward_sign::pae;
///
/// let signed = pae("http://example.com/HelloWorld", b"hello world");
/// assert_eq!(signed, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
/// ```
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    // Lengths are decimal ASCII without leading zeros and count bytes.
    let head = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    );
    [head.as_bytes(), payload].concat()
}

/// Returns the text that signatures of `model-signing` v0.2 cover: the prefix in other letters, and
/// the payload as Python shows bytes.
pub(crate) fn historic_pae(payload_type: &str, payload: &[u8]) -> String {
    let length = payload.len();
    let kind = payload_type.len();
    let shown = python_repr(payload);
    format!("DSSEV1 {kind} {payload_type} {length} {shown}")
}

/// Shows bytes as Python's `repr` does, such as `b'a\n\xff'`.
fn python_repr(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    let mut shown = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => shown.push_str("\\\\"),
            b'\t' => shown.push_str("\\t"),
            b'\n' => shown.push_str("\\n"),
            b'\r' => shown.push_str("\\r"),
            _ if char::from(byte) == quote => shown.extend(['\\', quote]),
            b' '..=b'~' => shown.push(char::from(byte)),
            _ => shown.push_str(&format!("\\x{byte:02x}")),
        }
    }
    shown.push(quote);
    shown
}

#[cfg(test)]
mod tests {
    use super::python_repr;

    #[test]
    fn bytes_are_shown_as_python_shows_them() {
        // Each right side is what `repr` of Python 3.11 gave.
        let cases: [(&[u8], &str); 6] = [
            (b"", "b''"),
            (b"plain {} ~", "b'plain {} ~'"),
            (b"\t\n\r\\\x00\x7f\xff", r"b'\t\n\r\\\x00\x7f\xff'"),
            (b"it's", "b\"it's\""),
            (b"\"", "b'\"'"),
            (b"'\"", "b'\\'\"'"),
        ];
        for (bytes, shown) in cases {
            assert_eq!(python_repr(bytes), shown);
        }
    }
}
