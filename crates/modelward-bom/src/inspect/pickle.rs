mod call;
mod cursor;
mod dangerous;
mod estimators;
mod grade;
mod harmless;
mod joblib;
mod machine;
mod opcode;
mod packed;
mod record;
pub(crate) mod report;
pub(crate) mod scan;
pub(crate) mod tensor;
mod text;
mod value;

use std::io;

use modelward_artifact::Finding;

use self::packed::Packing;
use self::report::{architecture_facts, import_facts, library_facts, tensor_facts};
use self::scan::{Extent, Scan};
use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

pub use self::grade::{Import, ImportGrade};
pub(crate) use self::record::Root;

/// What a file of Python pickles does when it is loaded: a program of opcodes, which is followed
/// and never run. Protocols 0 to 5, and what joblib writes, also compressed by zlib or gzip.
///
/// The opcodes are those of Python's `pickletools`.
#[derive(Debug)]
pub struct Pickle {
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// Compressed in a way that is not read.
    Closed(Packing),
    /// The streams, and how the file compresses them.
    Open(Box<Scan>, Option<Packing>),
}

impl Pickle {
    /// Follows every stream of the file.
    ///
    /// A stream that breaks after its first import is no error: what it imports has an effect
    /// before the loader sees that it is broken. Then [`Pickle::is_whole`] is false and there is a
    /// finding.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no pickle or breaks before its first import.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let Some(packing) = Packing::of(input)? else {
            let scan = Scan::of(input, 0, Extent::ToEnd)?;
            let content = Content::Open(Box::new(scan), None);
            return Ok(Self { content });
        };
        let content = match packing.open(input)? {
            Some(bytes) => {
                let mut bytes = io::Cursor::new(bytes);
                let mut inner = Input::new(&mut bytes, input.limits())?;
                let scan = Scan::of(&mut inner, 0, Extent::ToEnd)?;
                Content::Open(Box::new(scan), Some(packing))
            }
            None => Content::Closed(packing),
        };
        Ok(Self { content })
    }

    /// Returns what loading imports, in the order of the file: each name once.
    #[must_use]
    pub fn imports(&self) -> &[Import] {
        self.scan().map_or(&[], |scan| scan.record().imports())
    }

    /// Tells whether every stream was followed to its end.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.scan().is_some_and(Scan::is_whole)
    }

    /// Returns the number of streams that end as they should.
    #[must_use]
    pub fn streams(&self) -> usize {
        self.scan().map_or(0, |scan| scan.roots().len())
    }

    /// Returns the imports, tensors and libraries.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let Content::Open(scan, packing) = &self.content else {
            return Vec::new();
        };
        let record = scan.record();
        let mut facts = Vec::new();
        // A stream of protocol 0 or 1 does not say so.
        if let Some(protocol) = record.protocol() {
            let protocol = protocol.to_string();
            facts.push(Fact::observed(
                Aspect::FormatVersion,
                protocol,
                Location::Byte(0),
            ));
        }
        facts.extend(architecture_facts(scan));
        facts.extend(tensor_facts(record.tensors()));
        facts.extend(import_facts(record));
        facts.extend(library_facts(record));
        match packing {
            Some(packing) => facts
                .into_iter()
                .map(|fact| fact.inside(packing.name()))
                .collect(),
            None => facts,
        }
    }

    /// Returns the imports that are dangerous or unknown, and what could not be read.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        match &self.content {
            Content::Closed(packing) => {
                let name = packing.name();
                let message = format!("the file is compressed by {name} and was not read");
                vec![Finding::new("bom.inspect.pickle.unknown", message)]
            }
            Content::Open(scan, packing) => {
                let mut findings = scan.findings(&|location| match packing {
                    Some(packing) => location.inside(packing.name()),
                    None => location,
                });
                findings.extend(scan.trailing());
                findings
            }
        }
    }

    fn scan(&self) -> Option<&Scan> {
        match &self.content {
            Content::Closed(_) => None,
            Content::Open(scan, _) => Some(scan),
        }
    }
}
