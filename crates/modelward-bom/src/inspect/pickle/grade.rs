use std::fmt;

use crate::inspect::pickle::dangerous::{HELD, REFLECTION, RULES, Rule};
use crate::inspect::pickle::{estimators, harmless};

/// Names something that a pickle imports when it is loaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Import {
    module: String,
    name: String,
    at: u64,
    grade: ImportGrade,
}

/// Says what an import lets the author of a pickle do.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a name is on one of two lists or on neither"
)]
pub enum ImportGrade {
    /// Loading can run what the author wants.
    Dangerous {
        /// What the import gives the author, such as `runs programs`.
        reason: &'static str,
    },
    /// It only makes data, as weights and arrays need it.
    Harmless,
    /// It is on no list: somebody has to look.
    Unknown,
}

impl Import {
    pub(super) fn new(module: String, name: String, at: u64) -> Self {
        let grade = grade(&module, &name);
        Self {
            module,
            name,
            at,
            grade,
        }
    }

    /// Returns the module, as the pickle has it: not escaped.
    #[must_use]
    pub fn module(&self) -> &str {
        &self.module
    }

    /// Returns the name in the module, which may have dots: not escaped.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the offset of the first opcode that imports it.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.at
    }

    /// Returns what it lets the author do.
    #[must_use]
    pub const fn grade(&self) -> ImportGrade {
        self.grade
    }

    pub(crate) fn path(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }

    pub(crate) const fn is_dangerous(&self) -> bool {
        matches!(self.grade, ImportGrade::Dangerous { .. })
    }

    /// Tells whether `TorchScript` makes it, which imports nothing.
    pub(super) fn is_scripted(&self) -> bool {
        scripted(&self.module)
    }

    pub(super) fn is_estimator(&self) -> bool {
        estimators::contains(&self.module, &self.name)
    }
}

impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.module, self.name)
    }
}

fn grade(module: &str, name: &str) -> ImportGrade {
    let module = modern(module);
    if harmless::contains(module, name) || estimators::contains(module, name) || scripted(module) {
        return ImportGrade::Harmless;
    }
    danger(module, name).map_or(ImportGrade::Unknown, |reason| ImportGrade::Dangerous {
        reason,
    })
}

/// Returns what is dangerous about a name. Protocol 4 follows its dots through any module, so each
/// part of it can be the module that the danger is in.
fn danger(module: &str, name: &str) -> Option<&'static str> {
    if let Some(reason) = listed(module, name) {
        return Some(reason);
    }
    if name.split('.').any(|part| REFLECTION.contains(&part)) {
        return Some("reaches any object through Python's own members");
    }
    if name
        .rsplit('.')
        .next()
        .is_some_and(|last| HELD.contains(&last))
    {
        return Some("reaches a dangerous module through another");
    }
    let mut rest = name;
    while let Some((first, tail)) = rest.split_once('.') {
        if let Some(reason) =
            listed(&format!("{module}.{first}"), tail).or_else(|| listed(first, tail))
        {
            return Some(reason);
        }
        rest = tail;
    }
    None
}

fn listed(module: &str, name: &str) -> Option<&'static str> {
    let module = modern(module);
    let first = name.split('.').next().unwrap_or(name);
    let applies = |rule: &&Rule| {
        if rule.names.is_empty() {
            let below = module.strip_prefix(rule.module);
            below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
        } else {
            rule.module == module && rule.names.contains(&first)
        }
    };
    RULES.iter().find(applies).map(|rule| rule.reason)
}

/// Classes of `TorchScript`, which its own interpreter makes: Python has no such module.
fn scripted(module: &str) -> bool {
    module == "__torch__" || module.starts_with("__torch__.")
}

/// Python 3 knows the modules of Python 2 by their new names where the protocol is below 3
/// (`_compat_pickle.IMPORT_MAPPING`).
fn modern(module: &str) -> &str {
    match module {
        "__builtin__" | "__builtins__" | "exceptions" => "builtins",
        "copy_reg" => "copyreg",
        "dummy_thread" | "thread" => "_thread",
        "SocketServer" => "socketserver",
        "xmlrpclib" => "xmlrpc",
        other => other,
    }
}
