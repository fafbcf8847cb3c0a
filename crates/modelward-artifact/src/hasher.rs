use std::fmt;
use std::io;

use sha2::{Digest as _, Sha384, Sha512};

use self::blake3::Blake3;
pub(crate) use self::blake3::{left_len, merge, merge_root};
use self::sha256::Sha256;
use crate::kernel::Kernels;
use crate::{Digest, DigestAlgorithm};

#[cfg(feature = "blake3-asm")]
mod blake3;
#[cfg(not(feature = "blake3-asm"))]
#[path = "hasher/blake3_portable.rs"]
mod blake3;
#[cfg(all(test, feature = "blake3-asm"))]
mod blake3_portable;
mod sha256;

/// Hashes bytes as they come.
///
/// Many hashers that advance together are much quicker than one after another:
/// [`update_many`](Self::update_many) and [`finish_many`](Self::finish_many).
///
/// ```
/// use modelward_artifact::{Digest, DigestAlgorithm, Hasher};
///
/// let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
/// hasher.update(b"a");
/// hasher.update(b"bc");
/// assert_eq!(hasher.finish(), Digest::sha256(b"abc"));
/// ```
#[derive(Clone)]
pub struct Hasher {
    state: State,
}

#[derive(Clone)]
enum State {
    Blake2b(Box<blake2b_simd::State>),
    Blake3(Box<Blake3>),
    Sha256(Box<Sha256>),
    Sha384(Box<Sha384>),
    Sha512(Box<Sha512>),
}

impl Hasher {
    /// Starts a digest.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        let state = match algorithm {
            DigestAlgorithm::Blake2b => State::Blake2b(Box::default()),
            DigestAlgorithm::Blake3 => State::Blake3(Box::default()),
            DigestAlgorithm::Sha256 => State::Sha256(Box::default()),
            DigestAlgorithm::Sha384 => State::Sha384(Box::default()),
            DigestAlgorithm::Sha512 => State::Sha512(Box::default()),
        };
        Self { state }
    }

    /// Starts a subtree of a BLAKE3 message, which begins at `offset` of it.
    pub(crate) fn blake3_subtree(offset: u64) -> Self {
        Self {
            state: State::Blake3(Box::new(Blake3::subtree(offset))),
        }
    }

    /// Returns the chaining value of a subtree of a BLAKE3 message.
    pub(crate) fn subtree_value(&self) -> Option<[u8; 32]> {
        match &self.state {
            State::Blake3(state) => Some(state.value()),
            _ => None,
        }
    }

    /// Adds bytes.
    pub fn update(&mut self, data: &[u8]) {
        self.state.update(data);
    }

    /// Adds to each hasher the bytes beside it, all of them at once.
    ///
    /// Algorithms and lengths may differ. SHA-256 runs in the lanes of `kernels`, `BLAKE2b` in those
    /// of `blake2b_simd`; BLAKE3 fills the lanes with one message already.
    pub fn update_many(kernels: &Kernels, pairs: Vec<(&mut Self, &[u8])>) {
        let mut sha256 = Vec::with_capacity(pairs.len());
        let mut blake2b = Vec::new();
        for (hasher, data) in pairs {
            match &mut hasher.state {
                State::Sha256(state) => sha256.push((&mut **state, data)),
                State::Blake2b(state) => blake2b.push((&mut **state, data)),
                other => other.update(data),
            }
        }
        Sha256::update_many(kernels, &mut sha256);
        blake2b_simd::many::update_many(blake2b);
    }

    /// Returns the digest of all bytes that were added.
    ///
    /// # Panics
    ///
    /// Never: the hash function's output has the length that its algorithm states.
    #[must_use]
    pub fn finish(self) -> Digest {
        let algorithm = self.algorithm();
        let digest = |bytes: &[u8]| Digest::from_bytes(algorithm, bytes);
        let digest = match self.state {
            State::Blake2b(state) => digest(state.finalize().as_bytes()),
            State::Blake3(state) => digest(&state.digest()),
            State::Sha256(state) => digest(&Sha256::finish_many(Kernels::detect(), &[&state])[0]),
            State::Sha384(state) => digest(&state.finalize()),
            State::Sha512(state) => digest(&state.finalize()),
        };
        digest.expect("a digest has the length of its algorithm")
    }

    /// Returns the digest of each hasher, in their order.
    ///
    /// # Panics
    ///
    /// Never, as [`finish`](Self::finish).
    #[must_use]
    pub fn finish_many(kernels: &Kernels, hashers: Vec<Self>) -> Vec<Digest> {
        let states = hashers.iter().filter_map(|hasher| match &hasher.state {
            State::Sha256(state) => Some(&**state),
            _ => None,
        });
        let states: Vec<&Sha256> = states.collect();
        let mut finished = Sha256::finish_many(kernels, &states).into_iter();
        let digest = |hasher: Self| match hasher.state {
            State::Sha256(_) => {
                let bytes = finished.next().expect("every state was finished");
                Digest::from_bytes(DigestAlgorithm::Sha256, &bytes).expect("it has 32 bytes")
            }
            _ => hasher.finish(),
        };
        hashers.into_iter().map(digest).collect()
    }

    /// Returns the algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        match self.state {
            State::Blake2b(_) => DigestAlgorithm::Blake2b,
            State::Blake3(_) => DigestAlgorithm::Blake3,
            State::Sha256(_) => DigestAlgorithm::Sha256,
            State::Sha384(_) => DigestAlgorithm::Sha384,
            State::Sha512(_) => DigestAlgorithm::Sha512,
        }
    }
}

impl State {
    fn update(&mut self, data: &[u8]) {
        match self {
            Self::Blake2b(state) => {
                state.update(data);
            }
            Self::Blake3(state) => state.update(data),
            Self::Sha256(state) => {
                Sha256::update_many(Kernels::detect(), &mut [(state, data)]);
            }
            Self::Sha384(state) => state.update(data),
            Self::Sha512(state) => state.update(data),
        }
    }
}

impl io::Write for Hasher {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.update(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hasher({})", self.algorithm())
    }
}
