use std::fs;
use std::io::{self, Write as _};
use std::num::NonZeroU64;
use std::path::Path;
use std::process::{Command, Stdio};

use modelward_artifact::{
    Digest, DigestAlgorithm, Entry, EntryPath, HashOptions, Hasher, Manifest, NoControl, Shard,
    Sums, SumsError, SumsFormat, SumsLimits,
};
use proptest::prelude::*;

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn path(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

fn read(text: impl AsRef<[u8]>) -> Result<Sums, SumsError> {
    Sums::read(
        text.as_ref(),
        DigestAlgorithm::Sha256,
        &SumsLimits::default(),
    )
}

fn manifest(names: &[&str]) -> Manifest {
    let entry = |name: &&str| Entry::new(path(name), 3, Digest::sha256(b"abc"));
    Manifest::new("m", names.iter().map(entry).collect()).expect("a manifest")
}

#[test]
fn lines_are_as_the_tools_write_them() {
    let names = [
        "a b", "-", " s", "n\nl", "r\rn", "(x) = y", "*star", "\u{e9}",
    ];
    let manifest = manifest(&names);
    let gnu = manifest.to_sums(SumsFormat::Gnu).expect("files");
    let expected = [
        "H   s\n",
        "H  (x) = y\n",
        "H  *star\n",
        "H  ./-\n",
        "H  a b\n",
        "\\H  n\\nl\n",
        "\\H  r\\rn\n",
        "H  \u{e9}\n",
    ];
    assert_eq!(gnu, expected.concat().replace('H', ABC));
    let bsd = manifest.to_sums(SumsFormat::Bsd).expect("files");
    let expected = [
        "SHA256 ( s) = H\n",
        "SHA256 ((x) = y) = H\n",
        "SHA256 (*star) = H\n",
        "SHA256 (./-) = H\n",
        "SHA256 (a b) = H\n",
        "\\SHA256 (n\\nl) = H\n",
        "\\SHA256 (r\\rn) = H\n",
        "SHA256 (\u{e9}) = H\n",
    ];
    assert_eq!(
        bsd,
        expected.concat().replace("= H\n", &format!("= {ABC}\n"))
    );
    for text in [gnu, bsd] {
        let sums = read(&text).expect("our own text");
        assert_eq!(manifest.differences(sums.resources()), []);
    }
}

#[test]
fn every_algorithm_has_the_name_that_the_tools_have() {
    let names = [
        ("blake2b", "BLAKE2b"),
        ("blake3", "BLAKE3"),
        ("sha256", "SHA256"),
        ("sha384", "SHA384"),
        ("sha512", "SHA512"),
    ];
    for algorithm in DigestAlgorithm::ALL {
        let digest = Hasher::new(algorithm).finish();
        let manifest = Manifest::new("m", vec![Entry::new(path("f"), 0, digest)]).expect("a file");
        let known = names.iter().find(|(name, _)| *name == algorithm.name());
        let (_, tag) = known.expect("the algorithm has a name in lists");
        let text = manifest.to_sums(SumsFormat::Bsd).expect("files");
        assert_eq!(text, format!("{tag} (f) = {}\n", digest.to_hex()));
        for format in [SumsFormat::Bsd, SumsFormat::Gnu] {
            let text = manifest.to_sums(format).expect("files");
            let sums = Sums::read(text.as_bytes(), algorithm, &SumsLimits::default());
            let sums = sums.expect("our own text");
            assert_eq!(
                (sums.algorithm(), sums.digest("f")),
                (algorithm, Some(&digest))
            );
        }
    }
}

#[test]
fn what_the_tools_accept_is_read() {
    let upper = ABC.to_uppercase();
    let cases = [
        (format!("{ABC}  f"), "f"),
        (format!("{ABC} *f\n"), "f"),
        (format!("{ABC}  ./d/f\r\n"), "d/f"),
        (format!("{upper}  f\n"), "f"),
        (format!("# list\n\n\r\n{ABC}  f\n\n"), "f"),
        (format!("{ABC}    f  \n"), "  f  "),
        (format!("\\{ABC}  a\\nb\\r\n"), "a\nb\r"),
        (format!("\\{ABC}  plain\n"), "plain"),
        (format!("{ABC}  SHA256 (f) = x\n"), "SHA256 (f) = x"),
        (format!("SHA256 (f) = {upper}\n"), "f"),
        (format!("SHA256 (./f) = {ABC}\n"), "f"),
        (format!("SHA256 (a) = b) = {ABC}\n"), "a) = b"),
        (format!("\\SHA256 (a\\nb) = {ABC}\n"), "a\nb"),
        (format!("SHA256 (-f) = {ABC}\n"), "-f"),
        (format!("{ABC}  ./-\n"), "-"),
    ];
    for (text, name) in cases {
        let sums = read(&text).expect(&text);
        let found: Vec<_> = sums
            .resources()
            .map(|(name, _)| name.path().as_str())
            .collect();
        assert_eq!(found, [name]);
        assert_eq!(sums.digest(name), Some(&Digest::sha256(b"abc")));
    }
}

#[test]
fn what_is_no_list_is_refused_with_its_line() {
    let good = format!("{ABC}  good\n");
    let malformed = "line 2 is neither `<digest>  <path>` nor `<algorithm> (<path>) = <digest>`";
    let outside = "line 2 has a name that is no path inside of a model";
    let input = "line 2 is of standard input, not of a file";
    let escape = r"line 2 has an unknown escape, expected `\n`, `\r` or `\\`";
    let digest = "line 2 has a malformed digest";
    let algorithm = |name: &str| format!("line 2 has the algorithm `{name}`, expected `SHA256`");
    let again = "line 2 has the path `good` again, as line 1".to_owned();
    let cases: [(String, String, &str); 23] = [
        (format!("{ABC} f"), malformed.into(), "malformed"),
        (format!("{ABC}\tf"), malformed.into(), "malformed"),
        (format!(" {ABC}  f"), malformed.into(), "malformed"),
        (format!("\u{feff}{ABC}  f"), malformed.into(), "malformed"),
        (ABC.to_owned(), malformed.into(), "malformed"),
        (" ".to_owned(), malformed.into(), "malformed"),
        (
            "-----BEGIN PGP SIGNATURE-----".to_owned(),
            malformed.into(),
            "malformed",
        ),
        (format!("SHA256(f)= {ABC}"), malformed.into(), "malformed"),
        (format!("SHA256 (f) ={ABC}"), malformed.into(), "malformed"),
        (format!("{}  f", &ABC[1..]), digest.into(), "digest"),
        (format!("SHA256 (f) = {ABC} "), digest.into(), "digest"),
        (
            format!("SHA256 (f) = x{}", &ABC[1..]),
            digest.into(),
            "digest",
        ),
        (format!("MD5 (f) = {ABC}"), algorithm("MD5"), "algorithm"),
        (
            format!("sha256 (f) = {ABC}"),
            algorithm("sha256"),
            "algorithm",
        ),
        (format!("{ABC}  ../f"), outside.into(), "path"),
        (format!("{ABC}  /etc/passwd"), outside.into(), "path"),
        (format!("{ABC}  a\\b"), outside.into(), "path"),
        (format!("\\{ABC}  a\\\\b"), outside.into(), "path"),
        (format!("\\{ABC}  a\\tb"), escape.into(), "escape"),
        (format!("\\{ABC}  a\\"), escape.into(), "escape"),
        (format!("{ABC}  -"), input.into(), "standard_input"),
        (format!("{ABC}  ./good"), again.clone(), "duplicate"),
        (format!("SHA256 (good) = {ABC}"), again, "duplicate"),
    ];
    for (line, text, code) in cases {
        let error = read(format!("{good}{line}\n")).expect_err(&line);
        assert_eq!(error.to_string(), text, "{line}");
        assert_eq!(error.code(), format!("artifact.sums.{code}"), "{line}");
        assert_eq!(error.line(), Some(2), "{line}");
    }
    let error = read([good.as_bytes(), ABC.as_bytes(), b"  \xff\n"].concat()).expect_err("bytes");
    assert_eq!(error.to_string(), "line 2 is not UTF-8");
    assert_eq!(error.code(), "artifact.sums.encoding");
}

#[test]
fn a_list_without_files_is_refused() {
    for text in ["", "\n", "# only\n\r\n"] {
        let error = read(text).expect_err("nothing");
        assert_eq!(error.to_string(), "list of checksums has no files");
        assert_eq!((error.code(), error.line()), ("artifact.sums.empty", None));
    }
}

#[test]
fn a_manifest_of_shards_has_no_list() {
    let shard = Shard::new(0, 4).expect("it has bytes");
    let entry = Entry::shard(path("f"), shard, Digest::sha256(b"f"));
    let size = NonZeroU64::new(4).expect("not zero");
    let manifest = Manifest::sharded("m", size, vec![entry]).expect("one shard");
    let error = manifest.to_sums(SumsFormat::Gnu).expect_err("shards");
    assert_eq!(
        error.to_string(),
        "manifest of shards has no list of checksums"
    );
    assert_eq!(error.code(), "artifact.sums.sharded");
}

#[test]
fn the_limits_hold() {
    let text = format!("{ABC}  a\n# b\n{ABC}  c\n");
    let line = ABC.len() + 3;
    let limits = SumsLimits::default()
        .with_max_bytes(text.len())
        .with_max_lines(3)
        .with_max_line_bytes(line);
    let read = |limits| Sums::read(text.as_bytes(), DigestAlgorithm::Sha256, &limits);
    read(limits).expect("the limits themselves are allowed");
    let cases = [
        (
            limits.with_max_bytes(text.len() - 1),
            format!("list of checksums is larger than {} bytes", text.len() - 1),
            "artifact.sums.too_large",
        ),
        (
            limits.with_max_lines(2),
            "list of checksums has more than 2 lines".to_owned(),
            "artifact.sums.too_many",
        ),
        (
            limits.with_max_line_bytes(line - 1),
            format!("line 1 is longer than {} bytes", line - 1),
            "artifact.sums.line_too_long",
        ),
    ];
    for (limits, message, code) in cases {
        let error = read(limits).expect_err(code);
        assert_eq!((error.to_string(), error.code()), (message, code));
    }
}

/// The tool of an algorithm, or `None` and a word about it where it is not installed.
///
/// The tools of the same name that are not GNU's do not escape line breaks in names.
fn tool(algorithm: DigestAlgorithm) -> Option<&'static str> {
    let (tool, maker) = match algorithm.name() {
        "blake2b" => ("b2sum", "GNU coreutils"),
        "blake3" => ("b3sum", "b3sum"),
        "sha256" => ("sha256sum", "GNU coreutils"),
        "sha384" => ("sha384sum", "GNU coreutils"),
        "sha512" => ("sha512sum", "GNU coreutils"),
        other => panic!("which tool makes {other}?"),
    };
    let version = Command::new(tool).arg("--version").output();
    let said = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    if said.is_ok_and(|said| said.contains(maker) && !is_old(&said)) {
        return Some(tool);
    }
    writeln!(
        io::stderr(),
        "SKIPPED: {tool} of {maker} is not installed or old"
    )
    .expect("it takes text");
    None
}

/// Tells whether it is a `b3sum` that does not read every escape that newer ones write.
fn is_old(said: &str) -> bool {
    let release = said.strip_prefix("b3sum 1.");
    let minor = release.and_then(|release| release.split('.').next());
    minor.is_some_and(|minor| minor.parse::<u32>().is_ok_and(|minor| minor < 8))
}

fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::create_dir(folder.path().join("d")).expect("the folder is writable");
    let mut names = vec!["a", "-", "-c", "d/b c", "d/(x) = y", "#hash", " blank "];
    if cfg!(unix) {
        names.extend(["n\nl", "r\rn\r", "*star", "\u{e9}"]);
    }
    for name in names {
        fs::write(folder.path().join(name), name).expect("the folder is writable");
    }
    folder
}

fn run(folder: &Path, tool: &str, args: &[&str]) -> String {
    let output = Command::new(tool)
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("the tool was there a moment ago");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool} {args:?}: {said}");
    String::from_utf8(output.stdout).expect("our names are UTF-8")
}

#[test]
fn the_tools_accept_what_we_write_and_we_what_they_write() {
    for algorithm in DigestAlgorithm::ALL {
        let Some(tool) = tool(algorithm) else {
            continue;
        };
        let model = model();
        let options = HashOptions::default().with_algorithm(algorithm);
        let manifest = Manifest::hash(model.path(), &options, &NoControl).expect("it can be read");
        let lists = tempfile::tempdir().expect("a scratch folder can be made");
        for (format, tag) in [(SumsFormat::Gnu, &[][..]), (SumsFormat::Bsd, &["--tag"])] {
            let ours = manifest.to_sums(format).expect("files");
            let list = lists.path().join("list");
            fs::write(&list, &ours).expect("the folder is writable");
            run(model.path(), tool, &["-c", list.to_str().expect("UTF-8")]);

            let names = manifest.resources().map(|(name, _)| format!("./{name}"));
            let names: Vec<String> = names.collect();
            let args: Vec<&str> = tag
                .iter()
                .copied()
                .chain(names.iter().map(|n| &**n))
                .collect();
            let theirs = run(model.path(), tool, &args);
            let sums = Sums::read(theirs.as_bytes(), algorithm, &SumsLimits::default());
            let sums = sums.expect("the tool's own text");
            assert_eq!(manifest.differences(sums.resources()), []);
            assert_eq!(sums.resources().len(), manifest.entries().len());
            let unnamed = |text: &str| text.replace("./", "");
            assert_eq!(
                unnamed(&theirs),
                unnamed(&ours),
                "the same lines but for `./`"
            );
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = read(&bytes) {
            prop_assert!(error.code().starts_with("artifact.sums."));
        }
    }

    #[test]
    fn a_list_survives_writing_and_reading(
        names in proptest::collection::btree_set("[-a*#() =\n\r\u{e9}./]{1,9}", 1..8),
    ) {
        let names: Vec<EntryPath> = names.iter().filter_map(|name| name.parse().ok()).collect();
        prop_assume!(!names.is_empty());
        let entry = |name: &EntryPath| {
            Entry::new(name.clone(), 1, Digest::sha256(name.as_str().as_bytes()))
        };
        let manifest = Manifest::new("m", names.iter().map(entry).collect()).expect("files");
        for format in [SumsFormat::Bsd, SumsFormat::Gnu] {
            let text = manifest.to_sums(format).expect("files");
            prop_assert_eq!(text.lines().count(), names.len());
            let sums = read(&text).expect("our own text");
            prop_assert_eq!(manifest.differences(sums.resources()), []);
        }
    }
}
