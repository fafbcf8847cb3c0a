use serde::Serialize;

/// Holds a part of a dossier, or says that nobody gave what it would be made of.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub(super) enum Part<T> {
    Given(T),
    Missing { text: &'static str },
}

impl<T> Part<T> {
    pub(super) fn of(given: Option<T>, text: &'static str) -> Self {
        given.map_or(Self::Missing { text }, Self::Given)
    }

    pub(super) const fn given(&self) -> Option<&T> {
        match self {
            Self::Given(given) => Some(given),
            Self::Missing { .. } => None,
        }
    }

    pub(super) const fn missing(&self) -> Option<&'static str> {
        match self {
            Self::Given(_) => None,
            Self::Missing { text } => Some(text),
        }
    }
}

/// Holds the first rows of a list, and how long it is.
#[derive(Serialize)]
pub(super) struct Rows<T> {
    total: usize,
    shown: Vec<T>,
}

impl<T> Rows<T> {
    /// Takes at most so many rows of a list.
    pub(super) fn of<S>(all: &[S], most: usize, row: impl Fn(&S) -> T) -> Self {
        Self {
            total: all.len(),
            shown: all.iter().take(most).map(row).collect(),
        }
    }

    pub(super) fn shown(&self) -> &[T] {
        &self.shown
    }

    pub(super) const fn total(&self) -> usize {
        self.total
    }

    /// Says how many rows are not shown, where there are any.
    pub(super) fn rest(&self) -> Option<String> {
        let rest = self.total - self.shown.len();
        (rest > 0).then(|| {
            format!(
                "The first {} of {} are shown; {rest} are left out to keep this readable.",
                self.shown.len(),
                self.total
            )
        })
    }
}
