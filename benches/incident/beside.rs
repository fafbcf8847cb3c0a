//! What the log does beside others that do the same, or the part of it that cannot be spared.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};

use ct_merkle::RootHash;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use modelward::artifact::{Digest, DigestAlgorithm, Hasher};
use modelward::incident::log::{Durability, FileOptions, IncidentLog, LogFile};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use sha2::Sha256;

use crate::Sizes;
use crate::event::{context, draft};
use crate::key::{Key, origin};
use crate::million::{Million, scratch};
use crate::rounds::{Row, print, timed};

type Peer<'a> = MemoryBackedTree<Sha256, &'a [u8]>;

/// Measures every row and prints the table.
pub(crate) fn all(sizes: &Sizes, million: &Million) {
    let lines = million.lines();
    let mut rows = vec![
        append(sizes, &lines),
        synced(sizes, &lines),
        open(sizes, million),
    ];
    let mut tree = Peer::new();
    for line in &lines {
        tree.push(line);
    }
    rows.extend(
        Trees {
            million,
            lines: &lines,
            tree: &tree,
        }
        .rows(sizes),
    );
    rows.push(signed(sizes, million));
    print(&million.describe(), &rows);
}

/// Appending in memory beside `ct-merkle`, which gets the finished line and only hashes it.
fn append(sizes: &Sizes, lines: &[&[u8]]) -> Row {
    let size = sizes.appended;
    let drafts: Vec<_> = (0..size)
        .map(|index| (draft(index), context(index)))
        .collect();
    let ours = || {
        let drafts = drafts.clone();
        timed(|| {
            let mut log = IncidentLog::new();
            for (draft, context) in drafts {
                log.append(draft, &context).expect("it has a form");
            }
            log
        })
    };
    let peer = || {
        timed(|| {
            let mut tree = Peer::new();
            for line in &lines[..size as usize] {
                tree.push(line);
            }
            tree
        })
    };
    let names = [
        "append in memory, an entry",
        "`ct-merkle`, the finished line alone",
    ];
    Row::measure(names, [sizes.rounds, size], ours, peer)
}

/// Appending with a sync beside writing the same lines, each with a sync.
fn synced(sizes: &Sizes, lines: &[&[u8]]) -> Row {
    let (size, folder) = (sizes.synced, scratch());
    let lines: Vec<Vec<u8>> = lines[..size as usize]
        .iter()
        .map(|line| [line, b"\n".as_slice()].concat())
        .collect();
    let ours_path = folder.path().join("ours.jsonl");
    let ours = || {
        let options = FileOptions::default().with_durability(Durability::Synced);
        let mut log = LogFile::open(&ours_path, options).expect("a new log");
        let drafts: Vec<_> = (0..size)
            .map(|index| (draft(index), context(index)))
            .collect();
        let took = timed(|| {
            for (draft, context) in drafts {
                log.append(draft, &context).expect("the disk takes it");
            }
        });
        drop(log);
        fs::remove_file(&ours_path).expect("it is ours");
        took
    };
    let plain_path = folder.path().join("plain.jsonl");
    let plain = || {
        let mut file = File::create_new(&plain_path).expect("a new file");
        let took = timed(|| {
            for line in &lines {
                file.write_all(line).expect("the disk takes it");
                file.sync_data().expect("the disk takes it");
            }
        });
        fs::remove_file(&plain_path).expect("it is ours");
        took
    };
    let names = [
        "append to the disk, an entry",
        "`write` and `fdatasync` of the same line",
    ];
    Row::measure(names, [sizes.rounds, size], ours, plain)
}

/// Opening a log, which checks every entry, beside reading and hashing its lines and parsing each.
fn open(sizes: &Sizes, million: &Million) -> Row {
    let plain = || {
        timed(|| {
            let file = File::open(million.path()).expect("the file is there");
            let mut reader = BufReader::with_capacity(1 << 16, file);
            let (mut line, mut digests) = (Vec::new(), Vec::new());
            while reader
                .read_until(b'\n', &mut line)
                .expect("the file is there")
                > 0
            {
                let value: serde_json::Value = serde_json::from_slice(&line).expect("JSON");
                digests.push(Digest::sha256(&line[..line.len() - 1]));
                drop(black_box(value));
                line.clear();
            }
            digests
        })
    };
    let names = [
        "open and verify a log",
        "read, `serde_json` and SHA-256 of every line",
    ];
    Row::measure(names, [sizes.opened, 1], || timed(|| million.open()), plain)
}

/// Signing a checkpoint beside the curve alone.
fn signed(sizes: &Sizes, million: &Million) -> Row {
    let (key, items) = (Key::new(), sizes.proofs / 10);
    let checkpoint = million.chain().checkpoint(origin());
    let text = checkpoint.to_string();
    let alone = SigningKey::from_slice(&[7; 32]).expect("a number below the order");
    let ours = || {
        timed(|| {
            for _ in 0..items {
                black_box(key.sign(checkpoint.clone()));
            }
        })
    };
    let peer = || {
        timed(|| {
            for _ in 0..items {
                let signature: Signature = alone.sign(text.as_bytes());
                black_box(signature.to_der());
            }
        })
    };
    Row::measure(
        ["sign a checkpoint", "`p256`, the same bytes"],
        [sizes.rounds, items],
        ours,
        peer,
    )
}

/// Both trees over the same lines.
struct Trees<'a> {
    million: &'a Million,
    lines: &'a [&'a [u8]],
    tree: &'a Peer<'a>,
}

impl Trees<'_> {
    fn rows(&self, sizes: &Sizes) -> Vec<Row> {
        self.agree(sizes);
        let (chain, size) = (self.million.chain(), self.lines.len());
        let root = self.turns(("the root", sizes), |_| chain.root(), |_| self.tree.root());
        let inclusion = self.turns(
            ("prove inclusion", sizes),
            |at| chain.prove_inclusion(at as u64),
            |at| self.tree.prove_inclusion(at),
        );
        let consistency = self.turns(
            ("prove consistency", sizes),
            |at| chain.prove_consistency(at as u64 + 1),
            |at| self.tree.prove_consistency(size - at - 1),
        );
        let verified = [self.verify_inclusion(sizes), self.verify_consistency(sizes)];
        [root, inclusion, consistency]
            .into_iter()
            .chain(verified)
            .collect()
    }

    /// Both give the same root and the same proofs, or there is nothing to compare.
    fn agree(&self, sizes: &Sizes) {
        let chain = self.million.chain();
        assert_eq!(
            chain.root().as_bytes(),
            self.tree.root().as_bytes().as_slice()
        );
        for turn in 0..sizes.proofs {
            let at = self.at(turn);
            let proof = chain.prove_inclusion(at as u64).expect("it is in the log");
            assert_eq!(
                bytes(proof.path()),
                self.tree.prove_inclusion(at).as_bytes()
            );
            let proof = chain
                .prove_consistency(at as u64 + 1)
                .expect("it was so large");
            let other = self.tree.prove_consistency(self.lines.len() - at - 1);
            assert_eq!(bytes(proof.path()), other.as_bytes());
        }
    }

    fn verify_inclusion(&self, sizes: &Sizes) -> Row {
        let (chain, root) = (self.million.chain(), self.tree.root());
        let own_root = chain.root();
        let all: Vec<_> = (0..sizes.proofs)
            .map(|turn| {
                let at = self.at(turn);
                let proof = chain.prove_inclusion(at as u64).expect("it is in the log");
                (at, proof, self.tree.prove_inclusion(at))
            })
            .collect();
        let ours = || {
            timed(|| {
                for (at, proof, _) in &all {
                    proof
                        .verify(&leaf(self.lines[*at]), &own_root)
                        .expect("it is in the log");
                }
            })
        };
        let peer = || {
            timed(|| {
                for (at, _, proof) in &all {
                    let verified = root.verify_inclusion(&self.lines[*at], *at as u64, proof);
                    verified.expect("it is in the log");
                }
            })
        };
        let names = ["verify inclusion, the line hashed too", "`ct-merkle`"];
        Row::measure(names, [sizes.rounds, sizes.proofs], ours, peer)
    }

    fn verify_consistency(&self, sizes: &Sizes) -> Row {
        let (chain, root) = (self.million.chain(), self.tree.root());
        let own_root = chain.root();
        let all: Vec<_> = (0..sizes.proofs)
            .map(|turn| {
                let at = self.at(turn);
                let old = at as u64 + 1;
                let own = chain.prove_consistency(old).expect("it was so large");
                let before = chain.root_at(old).expect("it was so large");
                let array = before.as_bytes().try_into().expect("SHA-256");
                let other = self.tree.prove_consistency(self.lines.len() - at - 1);
                (own, before, other, RootHash::<Sha256>::new(array, old))
            })
            .collect();
        let ours = || {
            timed(|| {
                for (proof, before, _, _) in &all {
                    proof.verify(before, &own_root).expect("it only grew");
                }
            })
        };
        let peer = || {
            timed(|| {
                for (_, _, proof, before) in &all {
                    root.verify_consistency(before, proof)
                        .expect("it only grew");
                }
            })
        };
        Row::measure(
            ["verify consistency", "`ct-merkle`"],
            [sizes.rounds, sizes.proofs],
            ours,
            peer,
        )
    }

    fn turns<A, B>(
        &self,
        (work, sizes): (&'static str, &Sizes),
        ours: impl Fn(usize) -> A,
        peer: impl Fn(usize) -> B,
    ) -> Row {
        let all: Vec<_> = (0..sizes.proofs).map(|turn| self.at(turn)).collect();
        let ours = || timed(|| all.iter().for_each(|at| drop(black_box(ours(*at)))));
        let peer = || timed(|| all.iter().for_each(|at| drop(black_box(peer(*at)))));
        Row::measure(
            [work, "`ct-merkle`"],
            [sizes.rounds, sizes.proofs],
            ours,
            peer,
        )
    }

    fn at(&self, turn: u32) -> usize {
        self.million.pick(turn) as usize
    }
}

pub(crate) fn leaf(line: &[u8]) -> Digest {
    let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
    hasher.update(&[0]);
    hasher.update(line);
    hasher.finish()
}

fn bytes(path: &[Digest]) -> Vec<u8> {
    path.iter()
        .flat_map(|digest| digest.as_bytes().to_vec())
        .collect()
}
