pub(crate) mod dtype;
mod header;
mod literal;

use std::collections::BTreeSet;
use std::io;

use modelward_artifact::Finding;

use self::header::{Header, PREFIX};
use crate::inspect::pickle::report::{import_facts, tensor_facts};
use crate::inspect::pickle::scan::{Extent, Scan};
use crate::inspect::pickle::tensor::Tensors;
use crate::inspect::zip::{Member, Zip};
use crate::inspect::{Aspect, Fact, Import, Input, InspectError, Location};

/// What a file of numpy holds: one array (`.npy`, versions 1 to 3) or an archive of arrays
/// (`.npz`). The elements are not read, but where they are Python objects: those are a pickle.
///
/// The format is described in `numpy.lib.format`.
#[derive(Debug)]
pub struct Numpy {
    arrays: Vec<NumpyArray>,
    findings: Vec<Finding>,
}

/// One array of a file of numpy.
#[derive(Debug)]
pub struct NumpyArray {
    member: Option<String>,
    header: Header,
    scan: Option<Scan>,
}

impl Numpy {
    /// Reads the headers, and follows the pickles of arrays of objects.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is neither an array nor an archive, where a header is not as
    /// numpy writes it, or where the elements are not all there.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        if input.head(2)? == b"PK" {
            return Self::read_archive(input);
        }
        let prefix = input.head(PREFIX)?;
        let extent = Header::extent(&prefix, input.size())?;
        let bytes = input.bytes("header of an array", extent.1, extent.2 - extent.1)?;
        let header = Header::parse(&bytes, extent)?;
        let mut file = Self {
            arrays: Vec::new(),
            findings: Vec::new(),
        };
        let scan = if header.dtype.has_objects() {
            let scan = Scan::of(input, header.end, Extent::Exactly(1))?;
            file.findings.extend(scan.trailing());
            Some(scan)
        } else {
            file.findings.extend(check_size(&header, input.size())?);
            None
        };
        file.push(NumpyArray {
            member: None,
            header,
            scan,
        });
        Ok(file)
    }

    /// Returns the arrays in the order of the file.
    #[must_use]
    pub fn arrays(&self) -> &[NumpyArray] {
        &self.arrays
    }

    /// Returns what loading imports.
    #[must_use]
    pub fn imports(&self) -> Vec<&Import> {
        let scans = self.arrays.iter().filter_map(|array| array.scan.as_ref());
        scans.flat_map(|scan| scan.record().imports()).collect()
    }

    /// Returns the arrays' number, elements and types, and the imports of those with objects.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut versions = BTreeSet::new();
        let mut tensors = Tensors::default();
        for array in &self.arrays {
            let (major, minor) = array.header.version;
            if versions.insert((major, minor)) {
                let version = format!("{major}.{minor}");
                let at = array.place(Location::Byte(6));
                facts.push(Fact::observed(Aspect::FormatVersion, version, at));
            }
            // Objects are no parameters.
            let shape = if array.scan.is_some() {
                &[0]
            } else {
                array.shape()
            };
            tensors.add_array(array.element_type(), shape);
            let imports = array
                .scan
                .iter()
                .flat_map(|scan| import_facts(scan.record()));
            facts.extend(imports.map(|fact| match &array.member {
                Some(member) => fact.inside(member),
                None => fact,
            }));
        }
        facts.extend(tensor_facts(&tensors));
        facts
    }

    /// Returns what deserves attention: arrays whose loading runs a pickle, and strange archives.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        for array in &self.arrays {
            let scans = array.scan.iter();
            findings.extend(scans.flat_map(|scan| scan.findings(&|at| array.place(at))));
        }
        findings
    }

    fn read_archive(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let zip = Zip::open(input)?;
        let mut file = Self {
            arrays: Vec::new(),
            findings: zip.findings().to_vec(),
        };
        for member in zip.members() {
            file.read_member(&zip, member)?;
        }
        Ok(file)
    }

    fn read_member(&mut self, zip: &Zip<'_, '_>, member: &Member) -> Result<(), InspectError> {
        let name = member.name();
        let prefix = zip.head(member, PREFIX)?;
        if !prefix.starts_with(b"\x93NUMPY") {
            let message = format!("`{name}` is no array and was not read");
            self.findings
                .push(Finding::new("bom.inspect.numpy.unknown", message));
            return Ok(());
        }
        let header = member_header(zip, member, &prefix).map_err(|error| error.inside(name))?;
        let scan = if header.dtype.has_objects() {
            let mut bytes = io::Cursor::new(zip.read(member)?);
            let mut inner = Input::new(&mut bytes, zip.limits())?;
            Some(Scan::of_member(&mut inner, header.end, Extent::Exactly(1)))
        } else {
            let rest = check_size(&header, member.size()).map_err(|error| error.inside(name))?;
            self.findings.extend(rest);
            None
        };
        self.push(NumpyArray {
            member: Some(name.to_owned()),
            header,
            scan,
        });
        Ok(())
    }

    fn push(&mut self, array: NumpyArray) {
        if array.scan.is_some() {
            let at = array.place(Location::Whole);
            let message = format!("an array holds Python objects, which loading unpickles: {at}");
            self.findings
                .push(Finding::new("bom.inspect.numpy.objects", message));
        }
        self.arrays.push(array);
    }
}

impl NumpyArray {
    /// Returns the member of the archive that holds it; `None` where it is the file.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    /// Returns the type of its elements as numpy writes it, such as `<f4`.
    #[must_use]
    pub fn element_type(&self) -> &str {
        self.header.dtype.word()
    }

    /// Returns the size of each dimension, the outermost first.
    #[must_use]
    pub fn shape(&self) -> &[u64] {
        &self.header.shape
    }

    /// Tells whether its first index varies fastest, as in Fortran.
    #[must_use]
    pub const fn is_fortran(&self) -> bool {
        self.header.is_fortran
    }

    fn place(&self, location: Location) -> Location {
        match &self.member {
            Some(member) => location.inside(member.as_str()),
            None => location,
        }
    }
}

fn member_header(
    zip: &Zip<'_, '_>,
    member: &Member,
    prefix: &[u8],
) -> Result<Header, InspectError> {
    let extent = Header::extent(prefix, member.size())?;
    let (_, begin, end) = extent;
    let bytes = zip.head(member, end)?;
    let truncated = || InspectError::Truncated {
        what: "header of an array",
        at: Location::Byte(begin),
        needed: end,
        available: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
    };
    // The directory may state more than there is.
    let range = usize::try_from(begin).ok().zip(usize::try_from(end).ok());
    let header = range.and_then(|(begin, end)| bytes.get(begin..end));
    Header::parse(header.ok_or_else(truncated)?, extent)
}

/// Makes sure that the elements are there, and says what follows them.
fn check_size(header: &Header, size: u64) -> Result<Option<Finding>, InspectError> {
    let available = size.saturating_sub(header.end);
    // What is more than can be counted is more than there is.
    let needed = header.bytes().unwrap_or(u64::MAX);
    if needed > available {
        return Err(InspectError::Truncated {
            what: "elements of an array",
            at: Location::Byte(header.end),
            needed,
            available,
        });
    }
    let rest = available - needed;
    Ok((rest > 0).then(|| {
        let message = format!("{rest} bytes follow the elements of an array and were not read");
        Finding::new("bom.inspect.numpy.trailing", message)
    }))
}
