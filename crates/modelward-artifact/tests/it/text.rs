use modelward_artifact::Text;

#[test]
fn texts_are_kept_as_written() {
    for text in [
        "a",
        " padded ",
        "line\nline\ttab\r\n",
        "\u{5317}\u{4eac}",
        "7",
    ] {
        assert_eq!(text.parse::<Text>().unwrap().as_str(), text);
    }
}

#[test]
fn texts_that_say_nothing_are_refused() {
    let long = "a".repeat(65_537);
    let cases = [
        (
            "",
            "artifact.text.blank",
            "text has neither a letter nor a digit",
        ),
        (
            " \n",
            "artifact.text.blank",
            "text has neither a letter nor a digit",
        ),
        (
            "-",
            "artifact.text.blank",
            "text has neither a letter nor a digit",
        ),
        (
            "\u{200b}",
            "artifact.text.blank",
            "text has neither a letter nor a digit",
        ),
        (
            "a\u{1b}b",
            "artifact.text.control",
            "text has a control character at byte 1",
        ),
        (
            "a\0",
            "artifact.text.control",
            "text has a control character at byte 1",
        ),
        (
            &long,
            "artifact.text.too_long",
            "text has 65537 bytes, expected at most 65536",
        ),
    ];
    for (text, code, message) in cases {
        let error = text.parse::<Text>().unwrap_err();
        assert_eq!(error.code(), code, "{text:.9?}");
        assert_eq!(error.to_string(), message);
    }
    assert!(long[1..].parse::<Text>().is_ok());
}
