//! The facts that all files with pickles have in common.

use std::collections::BTreeSet;

use crate::inspect::pickle::grade::{Import, ImportGrade};
use crate::inspect::pickle::record::Record;
use crate::inspect::pickle::scan::Scan;
use crate::inspect::pickle::tensor::Tensors;
use crate::inspect::{Aspect, Fact, Location};

/// The first parts of module names, with the distributions that have them.
const LIBRARIES: [(&str, &str); 17] = [
    ("catboost", "catboost"),
    ("fastai", "fastai"),
    ("flair", "flair"),
    ("joblib", "joblib"),
    ("keras", "keras"),
    ("lightgbm", "lightgbm"),
    ("numpy", "numpy"),
    ("pandas", "pandas"),
    ("scipy", "scipy"),
    ("sentence_transformers", "sentence-transformers"),
    ("sklearn", "scikit-learn"),
    ("statsmodels", "statsmodels"),
    ("tensorflow", "tensorflow"),
    ("torch", "torch"),
    ("transformers", "transformers"),
    ("ultralytics", "ultralytics"),
    ("xgboost", "xgboost"),
];

/// Returns the number of tensors and their elements, and the types of those.
pub(crate) fn tensor_facts(tensors: &Tensors) -> Vec<Fact> {
    let observed = |aspect, value: String| Fact::observed(aspect, value, Location::Whole);
    let mut facts = Vec::new();
    if tensors.count() > 0 {
        facts.push(observed(Aspect::TensorCount, tensors.count().to_string()));
    }
    // A sum over some of the tensors would not be their number of parameters.
    if tensors.count() > 0 && tensors.unresolved() == 0 {
        let elements = tensors.elements().to_string();
        facts.push(observed(Aspect::ParameterCount, elements));
    }
    let types = tensors.types().iter();
    facts.extend(types.map(|word| observed(Aspect::ElementType, word.clone())));
    facts
}

/// Returns what a stream imports.
pub(crate) fn import_facts(record: &Record) -> Vec<Fact> {
    let fact = |import: &Import| Fact::observed(Aspect::Import, import.path(), at(import));
    let imports = record.imports().iter();
    imports
        .filter(|import| !import.is_scripted())
        .map(fact)
        .collect()
}

/// Returns the classes that compute: estimators, and what the loader is given.
pub(crate) fn architecture_facts(scan: &Scan) -> Vec<Fact> {
    let estimators = scan.record().imports().iter();
    let mut classes: Vec<&Import> = estimators.filter(|import| import.is_estimator()).collect();
    let root = scan.root_class().filter(|import| {
        let last = import.name().rsplit('.').next().unwrap_or_default();
        // Known data, such as an ordered dictionary or an array, computes nothing.
        import.grade() == ImportGrade::Unknown && last.starts_with(char::is_uppercase)
    });
    classes.extend(root);
    let fact = |import: &&Import| Fact::inferred(Aspect::Architecture, import.path(), at(import));
    classes.iter().map(fact).collect()
}

/// Returns the libraries that the imported modules belong to.
pub(crate) fn library_facts(record: &Record) -> Vec<Fact> {
    let mut known = BTreeSet::new();
    let mut facts = Vec::new();
    for import in record.imports() {
        let package = import.module().split('.').next().unwrap_or_default();
        let library = LIBRARIES.iter().find(|(name, _)| *name == package);
        let Some((_, library)) = library.filter(|library| known.insert(*library)) else {
            continue;
        };
        let versions = record.sklearn_versions();
        if *library == "scikit-learn" && !versions.is_empty() {
            facts.extend(versions.iter().map(|version| {
                let requirement = format!("{library}=={version}");
                Fact::declared(Aspect::Library, requirement, at(import))
            }));
        } else {
            facts.push(Fact::inferred(Aspect::Library, *library, at(import)));
        }
    }
    facts
}

const fn at(import: &Import) -> Location {
    Location::Byte(import.offset())
}
