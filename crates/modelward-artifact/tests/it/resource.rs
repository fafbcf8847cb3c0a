use modelward_artifact::{EntryPath, ResourceName, Shard};
use proptest::prelude::*;

fn path(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

fn shard(text: &str, start: u64, end: u64) -> ResourceName {
    let shard = Shard::new(start, end).expect("it has bytes");
    ResourceName::shard_of(path(text), shard)
}

#[test]
fn the_last_two_parts_are_the_bounds() {
    let max = "18446744073709551615";
    let cases = [
        ("f:0:1".to_owned(), shard("f", 0, 1)),
        ("d/f:16:32".to_owned(), shard("d/f", 16, 32)),
        ("ff:0:1:2:3".to_owned(), shard("ff:0:1", 2, 3)),
        ("ff::0:1".to_owned(), shard("ff:", 0, 1)),
        (format!("f:0:{max}"), shard("f", 0, u64::MAX)),
    ];
    for (text, name) in cases {
        assert_eq!(ResourceName::parse_shard(&text), Ok(name.clone()));
        assert_eq!(name.to_string(), text);
    }
}

#[test]
fn what_names_no_shard_is_refused() {
    let bound =
        |text: &str| format!("shard has the bound `{text}`, expected a plain decimal number");
    let empty = |text: &str| format!("shard {text} has no bytes, expected an end beyond its start");
    let missing = "resource name has no shard, expected `path:start:end`".to_owned();
    let no_path = "resource name has no path inside of a model".to_owned();
    let cases = [
        ("f", missing.clone(), "artifact.resource.missing_shard"),
        ("f:1", missing.clone(), "artifact.resource.missing_shard"),
        ("", missing, "artifact.resource.missing_shard"),
        ("f:0:1:", bound(""), "artifact.resource.bound"),
        ("f::1", bound(""), "artifact.resource.bound"),
        ("f:0:01", bound("01"), "artifact.resource.bound"),
        ("f:00:1", bound("00"), "artifact.resource.bound"),
        ("f:+0:1", bound("+0"), "artifact.resource.bound"),
        ("f:-1:1", bound("-1"), "artifact.resource.bound"),
        ("f:0:1.0", bound("1.0"), "artifact.resource.bound"),
        ("f:0: 1", bound(" 1"), "artifact.resource.bound"),
        ("f:0:\u{661}", bound("\u{661}"), "artifact.resource.bound"),
        ("f:0:\u{1b}", bound(r"\u{1b}"), "artifact.resource.bound"),
        (
            "f:0:18446744073709551616",
            bound("18446744073709551616"),
            "artifact.resource.bound",
        ),
        ("f:4:4", empty("4:4"), "artifact.resource.empty_shard"),
        ("f:4:2", empty("4:2"), "artifact.resource.empty_shard"),
        (":0:1", no_path.clone(), "artifact.path.empty_segment"),
        ("../f:0:1", no_path, "artifact.path.parent"),
    ];
    for (text, message, code) in cases {
        let error = ResourceName::parse_shard(text).expect_err(text);
        assert_eq!((error.to_string(), error.code()), (message, code), "{text}");
    }
}

fn names() -> impl Strategy<Value = ResourceName> {
    // Few letters, so that one path is often the beginning of the other.
    let path = "[a0:1/\u{e9}-]{1,6}".prop_filter_map("a path", |text| text.parse().ok());
    let number = prop_oneof![0..20_u64, Just(u64::MAX - 1), 0..u64::MAX];
    let shard = (number, 1..200_u64).prop_map(|(start, size)| {
        Shard::new(start, start.saturating_add(size)).expect("has bytes")
    });
    (path, proptest::option::of(shard)).prop_map(|(path, shard)| match shard {
        Some(shard) => ResourceName::shard_of(path, shard),
        None => ResourceName::file(path),
    })
}

proptest! {
    #[test]
    fn order_is_that_of_the_text(a in names(), b in names()) {
        let texts = a.to_string().cmp(&b.to_string());
        prop_assert_eq!(a.cmp(&b), texts.then_with(|| a.path().cmp(b.path())));
        prop_assert_eq!(a.cmp(&b) == std::cmp::Ordering::Equal, a == b);
    }

    #[test]
    fn a_shard_reads_its_own_text(name in names()) {
        let read = ResourceName::parse_shard(&name.to_string());
        if name.shard().is_some() {
            prop_assert_eq!(read, Ok(name));
        } else if let Ok(read) = read {
            // A file whose name ends as a shard's text does.
            prop_assert_eq!(read.to_string(), name.to_string());
            prop_assert_ne!(read, name);
        }
    }
}
