use modelward_artifact::kernel::Kernels;
use modelward_artifact::{Digest, DigestAlgorithm, Hasher};
use sha2::Digest as _;

/// The digest of `abc` by every algorithm, from the standards' own examples.
const ABC: [(&str, &str); 5] = [
    (
        "blake2b",
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1\
         7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
    ),
    (
        "blake3",
        "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
    ),
    (
        "sha256",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    (
        "sha384",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed\
         8086072ba1e7cc2358baeca134c825a7",
    ),
    (
        "sha512",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
];

#[test]
fn every_algorithm_reproduces_its_standard() {
    let names: Vec<_> = ABC.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        DigestAlgorithm::ALL.map(DigestAlgorithm::name)[..],
        names[..]
    );
    for (name, hex) in ABC {
        let algorithm: DigestAlgorithm = name.parse().unwrap();
        let mut hasher = Hasher::new(algorithm);
        hasher.update(b"a");
        hasher.update(b"bc");
        let digest = hasher.finish();
        assert_eq!(digest.to_string(), format!("{name}:{hex}"));
        assert_eq!(digest.as_bytes().len(), algorithm.digest_len());
        assert_eq!(digest.to_string().parse::<Digest>(), Ok(digest));
    }
}

#[test]
fn bare_digits_are_the_sha_2_of_their_length() {
    for (name, hex) in ABC {
        let read: Digest = hex.parse().unwrap();
        assert_eq!(
            read.algorithm().name() == name,
            name.starts_with("sha"),
            "{name}"
        );
    }
}

#[test]
fn hashers_of_all_algorithms_advance_together() {
    let data: Vec<u8> = (0..=250).cycle().take(100_000).collect();
    let algorithms = DigestAlgorithm::ALL.repeat(3);
    let mut hashers: Vec<_> = algorithms.iter().map(|&name| Hasher::new(name)).collect();
    let length = |index: usize| 33_333 + 4_000 * index;
    for (from, to) in [(0, 100), (100, 30_000), (30_000, usize::MAX)] {
        let pairs = hashers.iter_mut().enumerate();
        let pairs = pairs.map(|(n, hasher)| (hasher, &data[from..to.min(length(n))]));
        Hasher::update_many(Kernels::detect(), pairs.collect());
    }
    let digests = Hasher::finish_many(Kernels::detect(), hashers);
    for (index, (algorithm, digest)) in algorithms.into_iter().zip(digests).enumerate() {
        let data = &data[..length(index)];
        // Implementations of others, where there is one.
        let other = match algorithm {
            DigestAlgorithm::Blake2b => blake2::Blake2b512::digest(data).to_vec(),
            DigestAlgorithm::Blake3 => blake3::hash(data).as_bytes().to_vec(),
            DigestAlgorithm::Sha256 => sha2::Sha256::digest(data).to_vec(),
            DigestAlgorithm::Sha384 => sha2::Sha384::digest(data).to_vec(),
            _ => sha2::Sha512::digest(data).to_vec(),
        };
        assert_eq!(digest.as_bytes(), other, "{algorithm} of message {index}");
    }
}
