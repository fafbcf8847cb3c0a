mod legacy;

use std::collections::HashMap;
use std::io;

use modelward_artifact::Finding;

use crate::inspect::pickle::report::{
    architecture_facts, import_facts, library_facts, tensor_facts,
};
use crate::inspect::pickle::scan::{Extent, Scan};
use crate::inspect::pickle::tensor::{Storage, Tensors};
use crate::inspect::zip::Zip;
use crate::inspect::{Aspect, Fact, Import, Input, InspectError, Location};

/// What a file of PyTorch holds: its tensors and what loading it imports.
///
/// Both forms of `torch.save` are read, a zip archive since PyTorch 1.6 and streams of pickles
/// before, and `TorchScript` archives. The elements of the tensors are not read.
#[derive(Debug)]
pub struct Torch {
    form: TorchForm,
    parts: Vec<Part>,
    metadata: Vec<Fact>,
    findings: Vec<Finding>,
}

/// Says which of the forms of PyTorch a file has.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TorchForm {
    /// What `torch.save` wrote before version 1.6: five pickles and the storages behind them.
    Legacy,
    /// A pickle without anything that shows PyTorch.
    Pickle,
    /// `TorchScript`: an archive with code for PyTorch's own interpreter.
    Script,
    /// What `torch.save` writes: an archive with one pickle and a file for each storage.
    Zip,
}

/// One pickle of the file.
#[derive(Debug)]
struct Part {
    /// The member of the archive; the file itself has no name.
    member: Option<String>,
    scan: Scan,
}

impl Torch {
    /// Reads the pickles, and compares the storages that they name with those that are there.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is neither an archive of PyTorch nor a pickle, or breaks
    /// before its first import.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        // The first bytes are what `torch.load` goes by.
        if input.head(4)? == b"PK\x03\x04" {
            return Self::read_zip(input);
        }
        if legacy::is_legacy(input)? {
            let (scan, findings) = legacy::read(input)?;
            return Ok(Self::single(TorchForm::Legacy, scan, findings));
        }
        let scan = Scan::of(input, 0, Extent::ToEnd)?;
        let findings = scan.trailing().into_iter().collect();
        Ok(Self::single(TorchForm::Pickle, scan, findings))
    }

    /// Returns the form of the file.
    #[must_use]
    pub const fn form(&self) -> TorchForm {
        self.form
    }

    /// Returns what loading imports, pickle by pickle.
    #[must_use]
    pub fn imports(&self) -> Vec<&Import> {
        let imports = self.parts.iter().map(|part| part.scan.record().imports());
        imports.flatten().collect()
    }

    /// Returns the tensors, imports and libraries, and what the archive states.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = self.metadata.clone();
        let mut tensors = Tensors::default();
        for part in &self.parts {
            let record = part.scan.record();
            tensors.merge(record.tensors());
            let mut inner = match self.form {
                TorchForm::Script => Vec::new(),
                _ => architecture_facts(&part.scan),
            };
            inner.extend(import_facts(record));
            inner.extend(library_facts(record));
            facts.extend(inner.into_iter().map(|fact| part.place_fact(fact)));
        }
        facts.extend(self.script_class());
        facts.extend(tensor_facts(&tensors));
        facts
    }

    /// Returns the imports that are dangerous or unknown, what differs between the pickles and the
    /// storages, and what was not read.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        for part in &self.parts {
            findings.extend(part.scan.findings(&|location| part.place(location)));
        }
        findings
    }

    fn single(form: TorchForm, scan: Scan, findings: Vec<Finding>) -> Self {
        Self {
            form,
            parts: vec![Part { member: None, scan }],
            metadata: Vec::new(),
            findings,
        }
    }

    fn read_zip(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let limits = input.limits();
        let zip = Zip::open(input)?;
        let root = root(&zip)?;
        let script = zip.member(&format!("{root}/constants.pkl")).is_some();
        let mut file = Self {
            form: if script {
                TorchForm::Script
            } else {
                TorchForm::Zip
            },
            parts: Vec::new(),
            metadata: metadata(&zip, &root)?,
            findings: zip.findings().to_vec(),
        };
        for member in zip.members() {
            // Besides the two that are always there, mobile and package archives have others.
            if !member.name().ends_with(".pkl") {
                continue;
            }
            let mut bytes = io::Cursor::new(zip.read(member)?);
            let mut inner = Input::new(&mut bytes, limits)?;
            let scan = Scan::of_member(&mut inner, 0, Extent::ToEnd);
            file.findings.extend(scan.trailing());
            file.check_storages(&zip, (member.name(), &scan));
            let member = Some(member.name().to_owned());
            file.parts.push(Part { member, scan });
        }
        file.note_code(&zip);
        Ok(file)
    }

    /// Compares the storages that a pickle names with the members that hold them.
    fn check_storages(&mut self, zip: &Zip<'_, '_>, (pickle, scan): (&str, &Scan)) {
        // `archive/data.pkl` has its storages in `archive/data/`, `constants.pkl` beside that.
        let folder = pickle.strip_suffix(".pkl").unwrap_or(pickle);
        let sizes: HashMap<&str, u64> = zip
            .members()
            .iter()
            .map(|member| (member.name(), member.size()))
            .collect();
        let differs = |(key, storage): &(&String, &Storage)| {
            let stated = storage.length.checked_mul(storage.width);
            let found = sizes.get(format!("{folder}/{key}").as_str());
            stated.is_none() || found.copied() != stated
        };
        let storages = scan.record().tensors().storages();
        let mut differing = storages.iter().filter(differs);
        if let Some((key, _)) = differing.next() {
            let count = differing.count().saturating_add(1);
            let message = format!(
                "{count} storages of `{pickle}` are missing or of another size, the first `{folder}/{key}`"
            );
            self.findings
                .push(Finding::new("bom.inspect.torch.storage", message));
        }
    }

    fn note_code(&mut self, zip: &Zip<'_, '_>) {
        let is_code = |name: &str| name.contains("/code/") || name.ends_with(".py");
        let count = zip
            .members()
            .iter()
            .filter(|member| is_code(member.name()))
            .count();
        if count > 0 {
            let message = format!("{count} files of code were not read");
            self.findings
                .push(Finding::new("bom.inspect.torch.unknown", message));
        }
    }

    /// The class of a `TorchScript` module is in the archive, under this prefix.
    fn script_class(&self) -> Option<Fact> {
        let part = self.parts.iter().find(|part| {
            let member = part.member.as_deref();
            member.is_some_and(|member| member.ends_with("/data.pkl"))
        });
        let part = part.filter(|_| self.form == TorchForm::Script)?;
        let class = part.scan.root_class()?;
        let path = class.path();
        let path = path.strip_prefix("__torch__.")?;
        let at = part.place(Location::Byte(class.offset()));
        Some(Fact::observed(Aspect::Architecture, path, at))
    }
}

impl Part {
    fn place(&self, location: Location) -> Location {
        match &self.member {
            Some(member) => location.inside(member.as_str()),
            None => location,
        }
    }

    fn place_fact(&self, fact: Fact) -> Fact {
        match &self.member {
            Some(member) => fact.inside(member),
            None => fact,
        }
    }
}

/// PyTorch takes the folder of the first member for that of all.
fn root(zip: &Zip<'_, '_>) -> Result<String, InspectError> {
    let first = zip.members().first().map_or("", |member| member.name());
    let root = first.split_once('/').map_or("", |(root, _)| root);
    if !root.is_empty() && zip.member(&format!("{root}/data.pkl")).is_some() {
        return Ok(root.to_owned());
    }
    Err(InspectError::Malformed {
        what: "archive",
        at: Location::Whole,
        found: format!("one whose first member is {first:?}"),
        expected: "a folder with `data.pkl`, as PyTorch writes it",
    })
}

/// Reads the small members that PyTorch writes beside the pickle.
fn metadata(zip: &Zip<'_, '_>, root: &str) -> Result<Vec<Fact>, InspectError> {
    let aspects = [
        ("version", Aspect::FormatVersion),
        ("byteorder", Aspect::Metadata("byteorder".to_owned())),
    ];
    let mut facts = Vec::new();
    for (name, aspect) in aspects {
        let Some(member) = zip.member(&format!("{root}/{name}")) else {
            continue;
        };
        let text = zip.head(member, 64)?;
        let text = String::from_utf8_lossy(&text).trim().to_owned();
        let at = Location::Whole.inside(member.name());
        facts.push(Fact::observed(aspect, text, at));
    }
    Ok(facts)
}
