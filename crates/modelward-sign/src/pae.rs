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
