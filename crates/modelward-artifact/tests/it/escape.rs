use modelward_artifact::escape::{Markup, Terminal};
use proptest::prelude::*;

#[test]
fn what_acts_on_a_terminal_is_shown_instead() {
    let cases = [
        ("plain name.bin", "plain name.bin"),
        ("\u{e9}\u{1f600}", "\u{e9}\u{1f600}"),
        ("a\u{1b}]0;title\u{7}b", r"a\u{1b}]0;title\u{7}b"),
        ("line\nbreak\r\t", r"line\nbreak\r\t"),
        ("gpj.\u{202e}exe", r"gpj.\u{202e}exe"),
        ("zero\u{200b}width", r"zero\u{200b}width"),
        (r"a\nb", r"a\\nb"),
        ("\u{9b}2J", r"\u{9b}2J"),
    ];
    for (text, shown) in cases {
        assert_eq!(Terminal(text).to_string(), shown);
    }
}

#[test]
fn what_acts_in_markup_is_shown_instead() {
    let text = "<script a='\"&\u{202e}\u{0}\n";
    assert_eq!(
        Markup(text).to_string(),
        "&lt;script a=&#39;&quot;&amp;\\u{202e}\\u{0}\n"
    );
}

proptest! {
    #[test]
    fn two_texts_never_look_the_same(a in ".*", b in ".*") {
        prop_assert_eq!(a == b, Terminal(&a).to_string() == Terminal(&b).to_string());
    }

    #[test]
    fn no_control_character_gets_through(text in "\\PC*|[\\x00-\\x1f\\x7f-\\x9f]*") {
        prop_assert!(!Terminal(&text).to_string().chars().any(char::is_control));
    }
}
