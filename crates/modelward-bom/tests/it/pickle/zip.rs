use std::io::Write as _;

use crate::pickle::{codes, keras};

/// Writes an archive of members that are not compressed.
pub(super) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in members {
        let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let (mut entry, config) = archive.new_file(path).start().expect("a valid name");
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content).expect("memory");
        let (_, descriptor) = writer.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    archive.finish().expect("memory");
    bytes
}

/// Writes an archive of one member that is compressed.
fn deflated(name: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    let file = archive.new_file(name);
    let file = file.compression_method(rawzip::CompressionMethod::DEFLATE);
    let (mut entry, config) = file.start().expect("a valid name");
    let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best());
    let mut writer = config.wrap(encoder);
    writer.write_all(content).expect("memory");
    let (encoder, descriptor) = writer.finish().expect("memory");
    encoder.finish().expect("memory");
    entry.finish(descriptor).expect("memory");
    archive.finish().expect("memory");
    bytes
}

fn position(bytes: &[u8], part: &[u8]) -> usize {
    let found = bytes.windows(part.len()).position(|window| window == part);
    found.expect("a part that is there")
}

const CONFIG: (&str, &[u8]) = ("config.json", br#"{"class_name": "Sequential"}"#);

#[test]
fn what_loaders_disagree_about_is_a_finding() {
    let plain = archive(&[CONFIG]);
    let mut renamed = plain.clone();
    let name = position(&renamed, b"config.json");
    renamed[name] = b'C';
    let cases = [
        ("a plain archive", plain.clone(), None),
        (
            "a name that leads upwards",
            archive(&[CONFIG, ("../x", b"")]),
            Some("path_escape"),
        ),
        (
            "a name from the root",
            archive(&[CONFIG, ("/x", b"")]),
            Some("path_escape"),
        ),
        (
            "a name of Windows",
            archive(&[CONFIG, ("a\\x", b"")]),
            Some("path_escape"),
        ),
        (
            "two of a name",
            archive(&[CONFIG, CONFIG]),
            Some("duplicate"),
        ),
        ("a header with another name", renamed, Some("local_header")),
        (
            "bytes before",
            [&b"junk"[..], &plain].concat(),
            Some("foreign"),
        ),
        (
            "bytes behind",
            [&plain[..], b"junk"].concat(),
            Some("foreign"),
        ),
    ];
    for (name, bytes, expected) in cases {
        let findings = keras::read(&bytes).expect(name).findings();
        let found = codes(&findings);
        let found = found
            .iter()
            .find_map(|code| code.strip_prefix("bom.inspect.zip."));
        assert_eq!(found, expected, "{name}: {findings:?}");
    }
}

#[test]
fn what_is_no_sound_archive_is_an_error_with_a_code() {
    let plain = archive(&[CONFIG]);
    let mut changed = plain.clone();
    let content = position(&changed, b"Sequential");
    changed[content] = b'X';
    let mut method = plain.clone();
    let central = position(&method, b"PK\x01\x02");
    method[central + 10] = 12;
    let mut encrypted = plain.clone();
    encrypted[central + 8] |= 1;
    let cases = [
        ("nothing", Vec::new(), "bom.inspect.malformed"),
        ("a text", b"PK and more".to_vec(), "bom.inspect.malformed"),
        (
            "no directory",
            plain[..central].to_vec(),
            "bom.inspect.malformed",
        ),
        ("another checksum", changed, "bom.inspect.malformed"),
        ("another compression", method, "bom.inspect.unsupported"),
        ("encryption", encrypted, "bom.inspect.unsupported"),
        ("no model", archive(&[("x", b"")]), "bom.inspect.malformed"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(keras::read(&bytes).unwrap_err().code(), code, "{name}");
    }
}

#[test]
fn members_are_inflated_up_to_a_limit() {
    let bytes = deflated(CONFIG.0, CONFIG.1);
    assert!(keras::read(&bytes).is_ok());
    let bomb = deflated(CONFIG.0, &vec![b' '; 200_000_000]);
    assert!(bomb.len() < 1_000_000);
    let error = keras::read(&bomb).unwrap_err();
    assert_eq!(error.code(), "bom.inspect.too_large");
}
