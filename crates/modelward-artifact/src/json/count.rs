//! Counts what a text would come to, before anything is made of it.

use super::JsonError;
use crate::JsonLimits;

/// Refuses a text that has more values or members than the limits allow. It takes no memory, and one
/// look at each byte.
///
/// A text that nests too deep, or is not JSON, is for the reader to tell of: what is counted of the
/// one is too little, and of the other it does not matter.
pub(super) fn check(bytes: &[u8], limits: &JsonLimits) -> Result<(), JsonError> {
    // A value takes a byte and a comma, an object a byte more, and so does a member.
    if bytes.len() / 2 < limits.max_values() && bytes.len() / 3 < limits.max_members() {
        return Ok(());
    }
    let counted = count(bytes, limits);
    if counted.values > limits.max_values() {
        let limit = limits.max_values();
        return Err(JsonError::TooMany { limit });
    }
    if counted.members > limits.max_members() {
        let limit = limits.max_members();
        return Err(JsonError::TooManyMembers { limit });
    }
    Ok(())
}

struct Counted {
    values: usize,
    /// Members and objects.
    members: usize,
}

fn count(bytes: &[u8], limits: &JsonLimits) -> Counted {
    let (mut commas, mut filled, mut members, mut depth) = (0, 0, 0, 0);
    let mut opened = false;
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            b']' | b'}' => {
                depth -= usize::from(depth > 0);
                opened = false;
                continue;
            }
            _ => {}
        }
        // What was opened before has something in it.
        filled += usize::from(std::mem::take(&mut opened));
        match byte {
            b'"' => pass_text(&mut rest),
            b',' => commas += 1,
            b':' => members += 1,
            b'[' | b'{' => {
                members += usize::from(byte == b'{');
                opened = true;
                depth += 1;
                if depth > limits.max_depth() {
                    break;
                }
            }
            _ => {}
        }
    }
    Counted {
        values: 1 + commas + filled,
        members,
    }
}

/// Passes a text up to its end, whose beginning was passed.
fn pass_text(rest: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(rest.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::count;
    use crate::JsonLimits;

    #[test]
    fn values_and_members_are_counted_as_a_reader_would_make_them() {
        let cases = [
            ("0", 1, 0),
            (" [ ] ", 1, 0),
            ("{}", 1, 1),
            ("[[]]", 2, 0),
            ("[1, 2, [3], {}]", 6, 1),
            (r#"{"a": {"b": [1, 2]}, "c": "x,y:[{"}"#, 6, 5),
            (r#"["\"", "\\", "\u0022,"]"#, 4, 0),
            ("{ \n }", 1, 1),
        ];
        for (text, values, members) in cases {
            let counted = count(text.as_bytes(), &JsonLimits::default());
            assert_eq!(
                (counted.values, counted.members),
                (values, members),
                "{text}"
            );
            // A value is counted where it is made, too.
            let exact = JsonLimits::default()
                .with_max_values(values)
                .with_max_members(members);
            assert!(
                super::super::read(text.as_bytes(), &exact).is_ok(),
                "{text}"
            );
        }
    }
}
