use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::advisory::package::python_name;
use crate::advisory::{Advisory, Exposure, Package, UnknownReason};
use crate::graph::ix;
use crate::unions::{alone, root};

/// Holds many advisories, to be looked up by package.
///
/// - A record that was taken back counts for nothing.
/// - Records that have an id or an alias in common tell of one [`Flaw`]. Of what they say of a
///   package the worst counts.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_graph::advisory::{Advisory, AdvisorySet};
///
/// let records = Advisory::read_lines(
///     br#"{"id": "PYSEC-1", "aliases": ["CVE-2026-1"]}
///         {"id": "GHSA-1", "aliases": ["CVE-2026-1"]}"#,
///     &JsonLimits::default(),
/// )?;
/// let set = AdvisorySet::new(records);
/// let flaws: Vec<_> = set.flaws().map(|flaw| flaw.ids().to_vec()).collect();
/// assert_eq!(flaws, [["CVE-2026-1", "GHSA-1", "PYSEC-1"]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct AdvisorySet {
    /// Those that were not taken back, sorted by id.
    advisories: Vec<Advisory>,
    withdrawn: usize,
    /// The records about a package, by package URL or by ecosystem and name.
    by_package: HashMap<String, Vec<u32>>,
    by_name: HashMap<String, Vec<u32>>,
    /// The ecosystems and types of package URLs that some record names.
    covered: HashSet<String>,
    /// The flaw of each record.
    flaw_of: Vec<u32>,
    flaws: Vec<Flaw>,
}

/// Names one flaw, of which several records may tell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Flaw {
    ids: Vec<String>,
    records: Vec<u32>,
}

impl Flaw {
    /// Returns the ids of its records and their aliases, sorted: that of a CVE, if there is one, comes
    /// first among those of the known databases.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Returns the first id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }
}

/// What to look up: something with a package URL, or with a name alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Question<'q> {
    Name(&'q str),
    Package(&'q Package),
}

impl AdvisorySet {
    /// Collects records in any order.
    #[must_use]
    pub fn new(advisories: impl IntoIterator<Item = Advisory>) -> Self {
        let (withdrawn, mut kept): (Vec<_>, Vec<_>) =
            advisories.into_iter().partition(Advisory::is_withdrawn);
        kept.sort_by(|one, other| one.id().cmp(other.id()));
        let (flaw_of, flaws) = joined(&kept);
        let mut set = Self {
            advisories: kept,
            withdrawn: withdrawn.len(),
            flaw_of,
            flaws,
            ..Self::default()
        };
        set.index();
        set
    }

    /// Returns the records that count, sorted by id.
    #[must_use]
    pub fn advisories(&self) -> &[Advisory] {
        &self.advisories
    }

    /// Returns how many records were taken back and do not count.
    #[must_use]
    pub const fn withdrawn(&self) -> usize {
        self.withdrawn
    }

    /// Returns the flaws, sorted by the first record that tells of each.
    #[must_use]
    pub fn flaws(&self) -> impl ExactSizeIterator<Item = &Flaw> {
        self.flaws.iter()
    }

    /// Returns the records that tell of a flaw of this set, sorted by id.
    pub fn records<'s>(&'s self, flaw: &'s Flaw) -> impl Iterator<Item = &'s Advisory> {
        let records = flaw.records.iter();
        records.filter_map(|record| self.advisories.get(*record as usize))
    }

    /// Returns the flaws that a package has or may have, sorted by the first record that tells of
    /// each.
    #[must_use]
    pub fn exposures(&self, package: &Package) -> Vec<(&Flaw, Exposure)> {
        let found = self.ask(Question::Package(package)).into_iter();
        found
            .map(|(flaw, exposure)| (self.flaw(flaw), exposure))
            .collect()
    }

    /// Tells whether some record is about a package of the same ecosystem or type.
    #[must_use]
    pub fn covers(&self, package: &Package) -> bool {
        let ecosystem = package.ecosystem();
        ecosystem.is_some_and(|(ecosystem, _)| self.covered.contains(ecosystem))
            || self.covered.contains(type_of(package.purl()))
    }

    pub(crate) fn flaw(&self, number: u32) -> &Flaw {
        &self.flaws[number as usize]
    }

    /// Returns the flaws, by number, that are not ruled out.
    pub(crate) fn ask(&self, question: Question<'_>) -> BTreeMap<u32, Exposure> {
        let mut worst = BTreeMap::new();
        for record in self.records_of(question) {
            let exposure = match question {
                Question::Name(_) => Exposure::Unknown(UnknownReason::NameOnly),
                Question::Package(package) => self.advisories[record as usize].exposure(package),
            };
            if exposure != Exposure::NotAffected {
                let known = worst
                    .entry(self.flaw_of[record as usize])
                    .or_insert(exposure);
                *known = exposure.max(*known);
            }
        }
        worst
    }

    fn records_of(&self, question: Question<'_>) -> BTreeSet<u32> {
        let (map, keys) = match question {
            Question::Name(name) => (&self.by_name, vec![python_name(name)]),
            Question::Package(package) => {
                let mut keys = vec![package.purl().to_owned()];
                keys.extend(package.ecosystem().map(key));
                (&self.by_package, keys)
            }
        };
        let found = keys.iter().filter_map(|key| map.get(key));
        found.flatten().copied().collect()
    }

    fn index(&mut self) {
        for (number, advisory) in (0..).zip(&self.advisories) {
            for keys in advisory.keys() {
                if let Some(purl) = keys.purl {
                    let name = purl.rsplit('/').next().unwrap_or_default();
                    self.by_name
                        .entry(python_name(name))
                        .or_default()
                        .push(number);
                    self.covered.insert(type_of(&purl).to_owned());
                    self.by_package.entry(purl).or_default().push(number);
                }
                if let Some((ecosystem, name)) = keys.ecosystem {
                    let of_package = self.by_package.entry(key((&ecosystem, &name)));
                    of_package.or_default().push(number);
                    self.by_name
                        .entry(python_name(&name))
                        .or_default()
                        .push(number);
                    self.covered.insert(ecosystem);
                }
            }
        }
    }
}

/// Writes ecosystem and name as one key, which no package URL is.
fn key((ecosystem, name): (&str, &str)) -> String {
    format!("{ecosystem}\n{name}")
}

/// Returns `pkg:` and the type of a package URL, which no ecosystem is named like.
fn type_of(purl: &str) -> &str {
    purl.split('/').next().unwrap_or(purl)
}

/// Joins records that have an id or alias in common. Returns the flaw of each and all flaws.
fn joined(advisories: &[Advisory]) -> (Vec<u32>, Vec<Flaw>) {
    let mut parents = alone(advisories.len());
    let mut named: HashMap<&str, u32> = HashMap::new();
    for (number, advisory) in (0..).zip(advisories) {
        for id in ids(advisory) {
            let known = *named.entry(id).or_insert(number);
            let (one, other) = (root(&mut parents, known), root(&mut parents, number));
            parents[one.max(other) as usize] = one.min(other);
        }
    }
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    let mut flaws: Vec<Flaw> = Vec::new();
    let mut flaw_of = Vec::with_capacity(advisories.len());
    for (number, advisory) in (0..).zip(advisories) {
        let first = root(&mut parents, number);
        let flaw = *numbers.entry(first).or_insert(ix(flaws.len()));
        flaw_of.push(flaw);
        if flaw as usize == flaws.len() {
            flaws.push(Flaw {
                ids: Vec::new(),
                records: Vec::new(),
            });
        }
        let flaw = &mut flaws[flaw as usize];
        flaw.records.push(number);
        flaw.ids.extend(ids(advisory).map(str::to_owned));
    }
    for flaw in &mut flaws {
        flaw.ids.sort_unstable();
        flaw.ids.dedup();
    }
    (flaw_of, flaws)
}

fn ids(advisory: &Advisory) -> impl Iterator<Item = &str> {
    let aliases = advisory.aliases().iter().map(String::as_str);
    std::iter::once(advisory.id()).chain(aliases)
}
