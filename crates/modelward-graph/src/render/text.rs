//! Texts from outside, on their way into a picture.

use modelward_artifact::escape::{ShownMarkup, Terminal};

/// Shows a text with everything visible that a terminal could act on or hide.
pub(super) struct Visible<'a>(pub(super) &'a str);

impl Visible<'_> {
    /// Returns the text for element content or a quoted attribute of markup.
    pub(super) fn markup(&self) -> String {
        ShownMarkup(&self.text()).to_string()
    }

    pub(super) fn text(&self) -> String {
        Terminal(self.0).to_string()
    }

    /// Returns the text with its middle left out where it is wider than `room` pixels at a size of
    /// letters. Beginning and end of a name tell the most.
    pub(super) fn fitted(&self, room: f64, size: f64) -> String {
        let text = self.text();
        if width(&text, size) <= room {
            return text;
        }
        let chars: Vec<char> = text.chars().collect();
        let room = room - width("…", size);
        let (mut head, mut tail, mut used) = (0, 0, 0.0);
        while head + tail < chars.len() {
            let from_head = head <= tail;
            let next = if from_head {
                chars[head]
            } else {
                chars[chars.len() - 1 - tail]
            };
            used += char_width(next) * size;
            if used > room {
                break;
            }
            if from_head {
                head += 1;
            } else {
                tail += 1;
            }
        }
        let (head, tail) = (&chars[..head], &chars[chars.len() - tail..]);
        head.iter().chain(&['…']).chain(tail).collect()
    }
}

/// Estimates the width of a text in pixels: a picture cannot ask the fonts of its reader.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(char_width).sum::<f64>() * size
}

/// Returns the width of a character in parts of the size of letters, rather more than less.
const fn char_width(c: char) -> f64 {
    match c {
        ' ' | '!' | '\'' | '(' | ')' | ',' | '.' | ':' | ';' | 'I' | '[' | ']' | 'f' | 'i'
        | 'j' | 'l' | 'r' | 't' | '|' | '/' => 0.38,
        'M' | 'W' | 'm' | 'w' | '%' | '@' | '…' => 0.95,
        'A'..='Z' | '_' | '~' | '+' | '<' | '=' | '>' | '#' => 0.72,
        '\u{21}'..='\u{7e}' => 0.6,
        '\u{a0}'..='\u{2fff}' => 0.75,
        _ => 1.05,
    }
}
