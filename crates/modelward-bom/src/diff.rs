use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;
use serde_json::Value;

use crate::model::{Analysis, Component, ComponentKind, Hash, MlBom, OrganizationalEntity};
use crate::shape::Wire;

/// Tells what changed between two documents about one model, for a review.
///
/// Components are matched by what they are, not by their `bom-ref`: by package URL without the
/// version, else by kind, group and name. What the two are about is matched in any case.
///
/// ```
/// use modelward_bom::model::{Component, ComponentKind};
/// use modelward_bom::{Difference, MlBom, SpecVersion};
///
/// let bom = |version: &str| {
///     let library = Component::new(ComponentKind::Library, "torch")
///         .with_version(version.parse().expect("a short version"));
///     MlBom::new(SpecVersion::V1_6).with_components([library])
/// };
/// let changes = Difference::between(&bom("2.3.0"), &bom("2.4.0"));
/// assert_eq!(changes[0].to_string(), "library torch: version changed from 2.3.0 to 2.4.0");
/// ```
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Difference {
    subject: String,
    what: String,
    before: Option<String>,
    after: Option<String>,
}

impl Difference {
    /// Compares two documents. The list is empty where they say the same of their components.
    #[must_use]
    pub fn between(before: &MlBom, after: &MlBom) -> Vec<Self> {
        let (one, other) = (Side::of(before), Side::of(after));
        let mut changes = Vec::new();
        let keys: BTreeSet<&String> = one
            .components
            .keys()
            .chain(other.components.keys())
            .collect();
        for key in keys {
            match (one.components.get(key), other.components.get(key)) {
                (Some(before), Some(after)) => compare(before, after, &mut changes),
                (Some(before), None) => changes.push(removed(before)),
                (None, Some(after)) => changes.push(added(after)),
                (None, None) => {}
            }
        }
        relations(&one, &other, &mut changes);
        vulnerabilities(before, after, &mut changes);
        changes.sort();
        changes
    }

    /// Returns what the change is about, such as `file model.safetensors`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Returns what changed: `component`, `version`, `content`, `licenses`, `ancestor`, `dataset`,
    /// `dependency`, `vulnerability`, or a place in the model card by its JSON pointer.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Returns what it was; `None` where it is new.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// Returns what it is; `None` where it is gone.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Tells whether the bytes of a file changed, came or went.
    #[must_use]
    pub fn is_about_bytes(&self) -> bool {
        let is_file = self.subject.starts_with(ComponentKind::File.name());
        is_file && matches!(self.what.as_str(), "component" | "content")
    }

    fn new(
        subject: &str,
        what: impl Into<String>,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        Self {
            subject: subject.to_owned(),
            what: what.into(),
            before,
            after,
        }
    }
}

/// Writes one line that is safe to print on a terminal.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Terminal(&self.subject), Terminal(&self.what))?;
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                write!(
                    f,
                    " changed from {} to {}",
                    Terminal(before),
                    Terminal(after)
                )
            }
            (Some(before), None) => write!(f, " {} removed", Terminal(before)),
            (None, Some(after)) => write!(f, " {} added", Terminal(after)),
            (None, None) => Ok(()),
        }
    }
}

/// One of the two documents, by what its components are.
struct Side<'a> {
    components: BTreeMap<String, &'a Component>,
    /// The key of each `bom-ref`.
    names: BTreeMap<&'a str, String>,
    bom: &'a MlBom,
}

impl<'a> Side<'a> {
    fn of(bom: &'a MlBom) -> Self {
        let mut side = Self {
            components: BTreeMap::new(),
            names: BTreeMap::new(),
            bom,
        };
        let subject = bom.subject();
        for component in bom.all_components() {
            let is_subject = subject.is_some_and(|subject| std::ptr::eq(subject, component));
            let key = if is_subject {
                String::new()
            } else {
                side.free_key(&key(component))
            };
            if let Some(bom_ref) = component.bom_ref() {
                side.names.insert(bom_ref, key.clone());
            }
            side.components.insert(key, component);
        }
        let models = side.components.values().copied().collect::<Vec<_>>();
        for ancestor in models.iter().flat_map(|model| model.ancestors()) {
            if let Some(bom_ref) = ancestor.bom_ref() {
                side.names.entry(bom_ref).or_insert_with(|| key(ancestor));
            }
        }
        side
    }

    /// Numbers components that are the same by all that they say of themselves.
    fn free_key(&self, key: &str) -> String {
        let mut number = 1;
        let mut free = key.to_owned();
        while self.components.contains_key(&free) {
            number += 1;
            free = format!("{key} ({number})");
        }
        free
    }

    /// What depends on what, by keys.
    fn dependencies(&self) -> BTreeSet<(String, String)> {
        let name = |bom_ref: &str| {
            let key = self.names.get(bom_ref).cloned();
            key.unwrap_or_else(|| bom_ref.to_owned())
        };
        let dependencies = self.bom.dependencies().iter();
        dependencies
            .flat_map(|dependency| {
                let dependent = name(dependency.dependent());
                let on = dependency.dependencies().iter();
                on.map(move |on| (dependent.clone(), name(on.as_str())))
            })
            .collect()
    }
}

/// What a component is, whatever its version and its `bom-ref`.
fn key(component: &Component) -> String {
    let kind = component.kind();
    if let Some(purl) = component.purl() {
        let end = purl.find(['@', '?', '#']).unwrap_or(purl.len());
        return format!("{kind} {}", purl.get(..end).unwrap_or(purl));
    }
    match component.group() {
        Some(group) => format!("{kind} {group}/{}", component.name()),
        None => format!("{kind} {}", component.name()),
    }
}

fn label(component: &Component) -> String {
    format!("{} {}", component.kind(), component.name())
}

fn added(component: &Component) -> Difference {
    let version = component.version().unwrap_or("of no stated version");
    Difference::new(
        &label(component),
        "component",
        None,
        Some(version.to_owned()),
    )
}

fn removed(component: &Component) -> Difference {
    let version = component.version().unwrap_or("of no stated version");
    Difference::new(
        &label(component),
        "component",
        Some(version.to_owned()),
        None,
    )
}

fn compare(before: &Component, after: &Component, changes: &mut Vec<Difference>) {
    let subject = label(after);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let name = |party: Option<&OrganizationalEntity>| owned(party.and_then(|party| party.name()));
    let licenses = |component: &Component| {
        let labels = component.license_labels();
        (!labels.is_empty()).then(|| labels.join(", "))
    };
    let pairs = [
        (
            "name",
            owned(Some(before.name())),
            owned(Some(after.name())),
        ),
        ("version", owned(before.version()), owned(after.version())),
        ("package url", owned(before.purl()), owned(after.purl())),
        ("supplier", name(before.supplier()), name(after.supplier())),
        (
            "manufacturer",
            name(before.manufacturer()),
            name(after.manufacturer()),
        ),
        ("licenses", licenses(before), licenses(after)),
        ("content", content(before, after), content(after, before)),
    ];
    for (what, before, after) in pairs {
        if before != after {
            changes.push(Difference::new(&subject, what, before, after));
        }
    }
    lists(
        &subject,
        "ancestor",
        &ancestors(before),
        &ancestors(after),
        changes,
    );
    lists(
        &subject,
        "dataset",
        &datasets(before),
        &datasets(after),
        changes,
    );
    let card = |component: &Component| component.model_card().map(Wire::to_value);
    let (one, other) = (card(before), card(after));
    values(
        &subject,
        "model card",
        one.as_ref(),
        other.as_ref(),
        changes,
    );
    lists(
        &subject,
        "property",
        &properties(before),
        &properties(after),
        changes,
    );
}

/// The digest of a component, by an algorithm that both have: another algorithm alone is no change
/// of the content.
fn content(component: &Component, other: &Component) -> Option<String> {
    let shared = component.hashes().iter().find(|hash| {
        let hashes = other.hashes().iter();
        hashes
            .map(Hash::algorithm)
            .any(|name| name == hash.algorithm())
    });
    let hash = shared.or(if other.hashes().is_empty() {
        component.hashes().first()
    } else {
        None
    })?;
    Some(format!(
        "{}:{}",
        hash.algorithm(),
        hash.content().to_ascii_lowercase()
    ))
}

fn ancestors(component: &Component) -> BTreeSet<String> {
    let ancestors = component.ancestors().iter();
    ancestors
        .map(|ancestor| ancestor.purl().unwrap_or(ancestor.name()).to_owned())
        .collect()
}

fn datasets(component: &Component) -> BTreeSet<String> {
    component
        .dataset_refs()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn properties(component: &Component) -> BTreeSet<String> {
    component
        .properties()
        .iter()
        .map(|property| {
            format!(
                "{} = {}",
                property.name(),
                property.value().unwrap_or_default()
            )
        })
        .collect()
}

fn lists(
    subject: &str,
    what: &str,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
    changes: &mut Vec<Difference>,
) {
    for gone in before.difference(after) {
        changes.push(Difference::new(subject, what, Some(gone.clone()), None));
    }
    for new in after.difference(before) {
        changes.push(Difference::new(subject, what, None, Some(new.clone())));
    }
}

/// Compares two values member by member; lists as sets, since their order says nothing.
fn values(
    subject: &str,
    at: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    changes: &mut Vec<Difference>,
) {
    match (before, after) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                // Datasets are compared by what they refer to.
                if name != "datasets" && name != "bom-ref" {
                    let at = format!("{at}/{name}");
                    values(subject, &at, one.get(name), other.get(name), changes);
                }
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            let texts = |items: &[Value]| items.iter().map(shown).collect::<BTreeSet<_>>();
            lists(subject, at, &texts(one), &texts(other), changes);
        }
        (one, other) if one == other => {}
        (one, other) => {
            changes.push(Difference::new(
                subject,
                at,
                one.map(shown),
                other.map(shown),
            ));
        }
    }
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn relations(one: &Side<'_>, other: &Side<'_>, changes: &mut Vec<Difference>) {
    let (before, after) = (one.dependencies(), other.dependencies());
    let subject = |key: &str, side: &Side<'_>| {
        side.components
            .get(key)
            .map_or_else(|| key.to_owned(), |component| label(component))
    };
    // What came or went altogether is listed as such.
    let both = |key: &String| {
        let known = |side: &Side<'_>| side.components.contains_key(key);
        known(one) == known(other)
    };
    for (dependent, on) in before.difference(&after) {
        if both(dependent) && both(on) {
            let change = Difference::new(
                &subject(dependent, one),
                "dependency",
                Some(subject(on, one)),
                None,
            );
            changes.push(change);
        }
    }
    for (dependent, on) in after.difference(&before) {
        if both(dependent) && both(on) {
            let change = Difference::new(
                &subject(dependent, other),
                "dependency",
                None,
                Some(subject(on, other)),
            );
            changes.push(change);
        }
    }
}

fn vulnerabilities(before: &MlBom, after: &MlBom, changes: &mut Vec<Difference>) {
    let states = |bom: &MlBom| {
        let known = bom.vulnerabilities().iter().filter_map(|vulnerability| {
            let state = vulnerability.analysis().and_then(Analysis::state);
            let state = state.map_or("not analyzed", |state| state.name());
            Some((vulnerability.id()?.to_owned(), state.to_owned()))
        });
        known.collect::<BTreeMap<String, String>>()
    };
    let (one, other) = (states(before), states(after));
    let ids: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    for id in ids {
        let (before, after) = (one.get(id), other.get(id));
        if before != after {
            let change = Difference::new(id, "vulnerability", before.cloned(), after.cloned());
            changes.push(change);
        }
    }
}
