use modelward_artifact::{Digest, DigestAlgorithm, Hasher, ParseDigestError};

#[test]
fn known_answers_of_fips_180_4() {
    let cases: [(&[u8], &str); 3] = [
        (
            b"",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            b"abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ];
    for (data, hex) in cases {
        assert_eq!(Digest::sha256(data).to_hex(), hex);
    }
}

#[test]
fn pieces_make_the_same_digest_as_the_whole() {
    let data: Vec<u8> = (0..=250).cycle().take(300).collect();
    for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 300] {
        for piece in [1, 7, 64, 300] {
            let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
            data[..length]
                .chunks(piece)
                .for_each(|part| hasher.update(part));
            assert_eq!(
                hasher.finish(),
                Digest::sha256(&data[..length]),
                "{length} by {piece}"
            );
        }
    }
}

#[test]
fn a_digest_reads_its_own_text_with_and_without_prefix() {
    let digest = Digest::sha256(b"abc");
    assert_eq!(digest.to_string().parse(), Ok(digest));
    assert_eq!(digest.to_hex().parse(), Ok(digest));
    let json = serde_json::to_string(&digest).expect("a digest has a text");
    assert_eq!(
        serde_json::from_str::<Digest>(&json).expect("its own text"),
        digest
    );
}

#[test]
fn parse_errors_name_the_fault() {
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let cases = [
        (
            String::new(),
            "expected 64 hexadecimal digits in digest, found 0",
        ),
        (
            hex[1..].to_owned(),
            "expected 64 hexadecimal digits in digest, found 63",
        ),
        (
            format!("md5:{hex}"),
            "unknown digest algorithm, expected blake2b, blake3, sha256, sha384 or sha512",
        ),
        (
            format!("SHA256:{hex}"),
            "unknown digest algorithm, expected blake2b, blake3, sha256, sha384 or sha512",
        ),
        (
            hex.to_uppercase(),
            "expected a lowercase hexadecimal digit at position 0 of digest",
        ),
        (
            format!("sha256:{} ", &hex[1..]),
            "expected a lowercase hexadecimal digit at position 63 of digest",
        ),
        (format!("sha256:{}\u{e9}", &hex[2..]), {
            "expected a lowercase hexadecimal digit at position 62 of digest"
        }),
    ];
    for (text, expected) in cases {
        let error = text
            .parse::<Digest>()
            .expect_err("the text must be refused");
        assert_eq!(error.to_string(), expected, "{text}");
    }
}

#[test]
fn raw_bytes_of_another_length_are_refused() {
    let error = Digest::from_bytes(DigestAlgorithm::Sha256, &[0; 20]).expect_err("SHA-1's length");
    assert_eq!(
        error,
        ParseDigestError::Length {
            expected: 64,
            found: 40
        }
    );
    assert_eq!(error.code(), "artifact.digest.length");
}
