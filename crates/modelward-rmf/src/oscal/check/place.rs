use std::borrow::Cow;

/// A place in a document. Its pointer is made only where something is found there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    parent: Option<&'a Self>,
    /// The member or the position that leads here.
    step: Step<'a>,
    /// The member that holds the object in which this stands, such as `observations`.
    pub(super) list: &'a str,
    /// The nearest member on the way here, such as `methods`.
    pub(super) key: &'a str,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Index(usize),
    Key(&'a str),
}

impl<'a> Place<'a> {
    pub(super) const fn root(model: &'a str) -> Self {
        Self {
            parent: None,
            step: Step::Key(model),
            list: "",
            key: model,
        }
    }

    pub(super) const fn member(&'a self, key: &'a str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(key),
            list: self.key,
            key,
        }
    }

    pub(super) const fn item(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
            list: self.list,
            key: self.key,
        }
    }

    /// Returns the JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(at) = place {
            steps.push(match at.step {
                Step::Index(index) => Cow::Owned(index.to_string()),
                Step::Key(key) => escaped(key),
            });
            place = at.parent;
        }
        let steps = steps.iter().rev();
        steps.flat_map(|step| ["/", step]).collect()
    }
}

fn escaped(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        return Cow::Owned(key.replace('~', "~0").replace('/', "~1"));
    }
    Cow::Borrowed(key)
}
