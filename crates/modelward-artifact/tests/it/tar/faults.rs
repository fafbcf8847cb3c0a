//! A stream of an archive that goes wrong at any of its reads.

use std::io::{self, Read};

use modelward_artifact::{HashOptions, Manifest, NoControl};

use super::{model, packed};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fault {
    Ends,
    Fails,
    Interrupted,
    Lies,
    Short,
}

/// Gives at most so many bytes at once, and does something else at one of the reads.
struct Stream<'a> {
    rest: &'a [u8],
    fault: Option<Fault>,
    at: usize,
    reads: usize,
    ended: bool,
}

impl<'a> Stream<'a> {
    const fn new(rest: &'a [u8], fault: Option<Fault>, at: usize) -> Self {
        Self {
            rest,
            fault,
            at,
            reads: 0,
            ended: false,
        }
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let turn = self.reads == self.at;
        self.reads += 1;
        let fault = self.fault.filter(|_| turn);
        self.ended |= fault == Some(Fault::Ends);
        let most = match fault {
            Some(Fault::Fails) => return Err(io::Error::other("a fault")),
            Some(Fault::Interrupted) => return Err(io::ErrorKind::Interrupted.into()),
            Some(Fault::Short) => 1,
            _ => 40_000,
        };
        if self.ended {
            return Ok(0);
        }
        let count = most.min(buffer.len()).min(self.rest.len());
        let (given, rest) = self.rest.split_at(count);
        buffer[..count].copy_from_slice(given);
        if fault == Some(Fault::Lies) && count > 0 {
            buffer[count / 2] ^= 1;
        }
        self.rest = rest;
        Ok(count)
    }
}

#[test]
fn a_fault_at_any_read_of_a_stream_gives_no_wrong_manifest() {
    let folder = model();
    let archive = std::fs::read(packed(folder.path())).expect("it was packed");
    let options = HashOptions::default();
    let hash = |stream: &mut Stream<'_>| Manifest::hash_tar(stream, "m", &options, &NoControl);
    let mut honest = Stream::new(&archive, None, 0);
    let manifest = hash(&mut honest).expect("nothing fails");
    for at in 0..honest.reads {
        let outcome = |fault| hash(&mut Stream::new(&archive, Some(fault), at));
        for fault in [Fault::Interrupted, Fault::Short] {
            let found = outcome(fault).ok();
            assert_eq!(found.as_ref(), Some(&manifest), "{fault:?} at {at}");
        }
        let error = outcome(Fault::Fails).expect_err("it fails");
        assert_eq!(error.code(), "artifact.hash.io", "at {at}");
        // Only after the last byte is there nothing more to miss.
        let cut = outcome(Fault::Ends);
        let whole = cut.as_ref().is_ok_and(|found| *found == manifest);
        assert!(
            cut.is_err() || (whole && at + 1 == honest.reads),
            "cut at {at}"
        );
        // A changed byte may be one that fills a block, and be seen by nobody.
        if let Ok(found) = outcome(Fault::Lies) {
            let named = found.entries().len() == manifest.entries().len();
            assert!(named || found != manifest, "a lie at {at}");
        }
    }
    assert!(honest.reads > 50, "{} reads", honest.reads);
}
