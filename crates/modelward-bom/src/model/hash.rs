use crate::model::text::HashContent;
use crate::shape::{objects, words};

words! {
    /// Names a hash function (`hash-alg`).
    HashAlgorithm {
        Blake2b256 = "BLAKE2b-256" V1_2,
        Blake2b384 = "BLAKE2b-384" V1_2,
        Blake2b512 = "BLAKE2b-512" V1_2,
        Blake3 = "BLAKE3" V1_2,
        Md5 = "MD5" V1_2,
        Sha1 = "SHA-1" V1_2,
        Sha256 = "SHA-256" V1_2,
        Sha384 = "SHA-384" V1_2,
        Sha3_256 = "SHA3-256" V1_2,
        Sha3_384 = "SHA3-384" V1_2,
        Sha3_512 = "SHA3-512" V1_2,
        Sha512 = "SHA-512" V1_2,
        Streebog256 = "Streebog-256" V1_7,
        Streebog512 = "Streebog-512" V1_7,
    }
}

objects! {
    /// States the digest of something.
    Hash = "hash" {
        /// Returns the hash function.
        required copy algorithm with_algorithm: HashAlgorithm = "alg" V1_2;
        /// Returns the digest in hexadecimal digits.
        required text content with_content: HashContent = "content" V1_2;
    }
}
