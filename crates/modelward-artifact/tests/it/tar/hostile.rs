use std::io::{self, Read};

use modelward_artifact::{HashOptions, Manifest, NoControl, WalkLimits, WalkOptions};

use super::{Raw, archive, both, code, file, pax};

#[test]
fn what_is_hostile_or_ambiguous_is_refused() {
    const HUGE: &[u8] = b"\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff";
    const BEYOND: &[u8] = b"\x80\0\0\x01\0\0\0\0\0\0\0\x03";
    let long = "x".repeat(5000);
    let size = |size: &str| pax(b'x', &[("size", size)]);
    let empty = |kind: u8| Raw::new("link", kind, b"");
    let cases: Vec<(&str, Vec<Raw>)> = vec![
        ("artifact.path.parent", vec![file("../a")]),
        ("artifact.path.parent", vec![file("m/../../a")]),
        ("artifact.path.absolute", vec![file("/etc/passwd")]),
        ("artifact.path.absolute", vec![file(".//etc/passwd")]),
        ("artifact.path.current", vec![file("m/./a")]),
        ("artifact.path.current", vec![file(".")]),
        ("artifact.path.empty_segment", vec![file("")]),
        ("artifact.path.empty_segment", vec![file("a/")]),
        ("artifact.path.backslash", vec![file("a\\b")]),
        ("artifact.path.drive", vec![file("C:a")]),
        ("artifact.path.drive", vec![file("m/C:a")]),
        ("artifact.path.encoding", vec![file("a").with(0, b"\xff")]),
        (
            "artifact.path.nul",
            vec![pax(b'x', &[("path", "a\0b")]), file("a")],
        ),
        (
            "artifact.path.too_long",
            vec![pax(b'x', &[("path", &long)]), file("a")],
        ),
        ("artifact.tar.hard_link", vec![file("a"), empty(b'1')]),
        ("artifact.walk.symlink", vec![file("a"), empty(b'2')]),
        ("artifact.walk.not_regular", vec![file("a"), empty(b'3')]),
        ("artifact.walk.not_regular", vec![file("a"), empty(b'4')]),
        ("artifact.walk.not_regular", vec![file("a"), empty(b'6')]),
        ("artifact.tar.type", vec![file("a"), empty(b'V')]),
        ("artifact.tar.type", vec![file("a"), empty(b'M')]),
        ("artifact.tar.sparse", vec![file("a"), empty(b'S')]),
        (
            "artifact.tar.sparse",
            vec![pax(b'x', &[("GNU.sparse.major", "1")]), file("a")],
        ),
        ("artifact.walk.duplicate", vec![file("a"), file("a")]),
        ("artifact.walk.duplicate", vec![file("./a"), file("a")]),
        ("artifact.walk.duplicate", vec![file("a"), file("a/b")]),
        (
            "artifact.walk.duplicate",
            vec![file("a"), file("b"), Raw::new("a/", b'5', b"")],
        ),
        (
            "artifact.walk.duplicate",
            vec![file("a"), Raw::new("a/b/", b'5', b"")],
        ),
        ("artifact.walk.empty", vec![]),
        ("artifact.walk.empty", vec![Raw::new("m/", b'5', b"")]),
        (
            "artifact.walk.empty",
            vec![file(".git/HEAD"), file(".gitignore")],
        ),
        ("artifact.walk.too_large", vec![file("a").with(124, HUGE)]),
        (
            "artifact.walk.too_large",
            vec![file("b"), file("a").with(124, HUGE)],
        ),
        ("artifact.tar.header", vec![file("a").with(124, BEYOND)]),
        (
            "artifact.tar.header",
            vec![file("a").with(124, &[0xff; 12])],
        ),
        (
            "artifact.tar.header",
            vec![file("a").with(124, b"        +3 \0")],
        ),
        (
            "artifact.tar.header",
            vec![file("a").with(124, b"00000000009\0")],
        ),
        (
            "artifact.tar.unexpected",
            vec![Raw::new("m/", b'5', b"abc"), file("m/a")],
        ),
        (
            "artifact.tar.unexpected",
            vec![Raw::new("a", b'2', b"abc"), file("b")],
        ),
        ("artifact.tar.size", vec![size("1024"), file("a")]),
        ("artifact.tar.size", vec![size("0"), file("a")]),
        ("artifact.tar.size", vec![size("9000000000"), file("a")]),
        ("artifact.tar.header", vec![size("-1"), file("a")]),
        (
            "artifact.tar.header",
            vec![size("99999999999999999999"), file("a")],
        ),
        (
            "artifact.tar.header",
            vec![pax(b'g', &[("size", "3")]), file("a")],
        ),
        (
            "artifact.tar.header",
            vec![pax(b'g', &[("path", "b")]), file("a")],
        ),
        (
            "artifact.tar.header",
            vec![Raw::new("p", b'x', b"8 path=b\n"), file("a")],
        ),
        (
            "artifact.tar.header",
            vec![Raw::new("p", b'x', b"99 path=b\n"), file("a")],
        ),
        (
            "artifact.tar.header",
            vec![Raw::new("p", b'x', b"path=b\n"), file("a")],
        ),
        (
            "artifact.tar.repeated",
            vec![size("3"), size("3"), file("a")],
        ),
        (
            "artifact.tar.repeated",
            vec![pax(b'x', &[("path", "a"), ("path", "b")]), file("a")],
        ),
        (
            "artifact.tar.repeated",
            vec![
                Raw::new("l", b'L', b"b\0"),
                pax(b'x', &[("path", "c")]),
                file("a"),
            ],
        ),
        (
            "artifact.tar.long_extension",
            vec![file("l").with(156, b"L").with(124, HUGE)],
        ),
        (
            "artifact.tar.long_extension",
            vec![Raw::new("p", b'x', &[b'a'; 1 << 21])],
        ),
        ("artifact.tar.truncated", vec![file("a"), size("3")]),
    ];
    for (number, (expected, entries)) in cases.into_iter().enumerate() {
        let error = both(&archive(entries), &WalkOptions::default());
        let error = error.expect_err(expected);
        assert_eq!(code(&error), expected, "case {number}: {error}");
    }
}

#[test]
fn what_is_no_archive_is_refused() {
    let gzip = [&b"\x1f\x8b\x08"[..], &[0; 2000]].concat();
    let mut flipped = archive(vec![file("a")]);
    flipped[0] = b'b';
    for bytes in [gzip, flipped] {
        let error = both(&bytes, &WalkOptions::default()).expect_err("no archive");
        assert_eq!(code(&error), "artifact.tar.checksum");
    }
}

#[test]
fn files_and_streams_agree_about_every_odd_header() {
    let mut read = 0;
    for at in 0..512 {
        for byte in [0, b' ', b'7', 0x80, 0xff] {
            let entries = vec![file("m/a").with(at, &[byte]), file("m/b")];
            read += usize::from(both(&archive(entries), &WalkOptions::default()).is_ok());
        }
    }
    assert!((1000..2560).contains(&read), "{read} of 2560 were read");
}

#[test]
fn what_is_cut_off_or_goes_on_is_refused() {
    let whole = archive(vec![file("a"), pax(b'x', &[("path", "b")]), file("b")]);
    let end = whole.len() - 1024;
    for length in [
        0,
        1,
        511,
        512,
        514,
        1000,
        1024,
        1030,
        1536,
        2048,
        end - 1,
        end,
        end + 512,
    ] {
        let error = both(&whole[..length], &WalkOptions::default()).expect_err("it is cut off");
        assert_eq!(code(&error), "artifact.tar.truncated", "{length} bytes");
    }
    let tails: [(Vec<u8>, Option<&str>); 6] = [
        (vec![], None),
        (vec![0; 9000], None),
        (vec![0; 100], None),
        (b"x".to_vec(), Some("artifact.tar.trailing")),
        (vec![0; (1 << 20) + 1], Some("artifact.tar.trailing")),
        (archive(vec![file("c")]), Some("artifact.tar.trailing")),
    ];
    for (tail, expected) in tails {
        let bytes = [&whole[..], &tail].concat();
        let error = both(&bytes, &WalkOptions::default()).err();
        assert_eq!(error.as_ref().map(code), expected, "{} bytes", tail.len());
    }
    // One empty block between entries: some readers stop there and some do not.
    let hidden = [&whole[..end], &[0; 512], &archive(vec![file("c")])].concat();
    let error = both(&hidden, &WalkOptions::default()).expect_err("it goes on");
    assert_eq!(code(&error), "artifact.tar.trailing");
}

#[test]
fn limits_hold() {
    let limits = WalkLimits::default();
    let entries = || archive(vec![file("m/a"), file("m/deep/er/b"), file("m/c")]);
    let cases = [
        (limits.with_max_entries(2), "artifact.walk.too_many"),
        (limits.with_max_depth(2), "artifact.walk.too_deep"),
        (limits.with_max_path_bytes(8), "artifact.walk.path_too_long"),
        (limits.with_max_total_bytes(8), "artifact.walk.too_large"),
    ];
    for (limits, expected) in cases {
        let walk = WalkOptions::default().with_limits(limits);
        let error = both(&entries(), &walk).expect_err(expected);
        assert_eq!(code(&error), expected);
    }
    let exact = limits
        .with_max_entries(3)
        .with_max_depth(3)
        .with_max_path_bytes(9)
        .with_max_total_bytes(9);
    both(&entries(), &WalkOptions::default().with_limits(exact)).expect("all of it just fits");
}

#[test]
fn a_stream_without_end_is_refused() {
    let endless = |block: Vec<u8>| Endless { block, at: 0 };
    let streams = [
        (vec![0; 512], "artifact.tar.trailing"),
        (file("a").bytes(), "artifact.walk.too_many"),
        (pax(b'g', &[]).bytes(), "artifact.tar.repeated"),
        (b"\xff\xfe".to_vec(), "artifact.tar.checksum"),
    ];
    let limits = WalkLimits::default().with_max_entries(1000);
    let walk = WalkOptions::default().with_limits(limits);
    let options = HashOptions::default().with_walk(walk);
    for (block, expected) in streams {
        let error = Manifest::hash_tar(endless(block), "model", &options, &NoControl);
        assert_eq!(code(&error.expect_err(expected)), expected);
    }
}

struct Endless {
    block: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.block[self.at..];
        let count = rest.len().min(buffer.len()).min(700);
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at = (self.at + count) % self.block.len();
        Ok(count)
    }
}
