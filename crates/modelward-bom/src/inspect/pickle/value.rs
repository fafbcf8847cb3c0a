/// What is known of a value on the stack or in the memo of an unpickler. Nothing is ever made.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    Int(i64),
    None,
    Ref(Id),
    Unknown,
}

/// Names an item of the heap.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Id(usize);

/// What can be shared, and in part changed later.
#[derive(Debug)]
pub(super) enum Item {
    Dict(Dict),
    Global(Global),
    List(Vec<Value>),
    Object(Object),
    /// What a persistent identifier stands for: a storage of PyTorch.
    Persistent(Value),
    Text(String),
    Tuple(Vec<Value>),
}

/// A name that was imported.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Global {
    pub(super) module: String,
    pub(super) name: String,
}

/// The result of a call.
#[derive(Debug)]
pub(super) struct Object {
    /// What was called, or whose instance was made.
    pub(super) callable: Value,
    /// The tuple of arguments.
    pub(super) args: Value,
    /// The state that BUILD gave last.
    pub(super) state: Option<Value>,
}

/// A dictionary, of which only those members are kept that have a text for a key.
#[derive(Debug, Default)]
pub(super) struct Dict {
    members: Vec<(Id, Value)>,
    has_other_keys: bool,
}

/// Holds the items of one stream. Each comes from an opcode, whose number is bounded.
#[derive(Debug, Default)]
pub(super) struct Heap {
    items: Vec<Item>,
}

/// The longest dictionary in which a member is looked up: attributes of an array have six.
const SHORT: usize = 16;

impl Heap {
    pub(super) fn push(&mut self, item: Item) -> Value {
        self.items.push(item);
        Value::Ref(Id(self.items.len() - 1))
    }

    pub(super) fn get(&self, value: Value) -> Option<&Item> {
        let Value::Ref(Id(index)) = value else {
            return None;
        };
        self.items.get(index)
    }

    pub(super) fn get_mut(&mut self, value: Value) -> Option<&mut Item> {
        let Value::Ref(Id(index)) = value else {
            return None;
        };
        self.items.get_mut(index)
    }

    pub(super) fn text(&self, value: Value) -> Option<&str> {
        match self.get(value)? {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn global(&self, value: Value) -> Option<&Global> {
        match self.get(value)? {
            Item::Global(global) => Some(global),
            _ => None,
        }
    }

    pub(super) fn object(&self, value: Value) -> Option<&Object> {
        match self.get(value)? {
            Item::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn tuple(&self, value: Value) -> Option<&[Value]> {
        match self.get(value)? {
            Item::Tuple(values) => Some(values),
            _ => None,
        }
    }

    pub(super) fn list(&self, value: Value) -> Option<&[Value]> {
        match self.get(value)? {
            Item::List(values) => Some(values),
            _ => None,
        }
    }

    /// Returns the class of an instance, which `copyreg` may have helped to make.
    pub(super) fn class(&self, object: &Object) -> Option<&Global> {
        let callable = self.global(object.callable)?;
        if matches!(callable.name.as_str(), "_reconstructor" | "__newobj__") {
            return self.global(*self.tuple(object.args)?.first()?);
        }
        Some(callable)
    }

    /// Adds a member to a dictionary. The members of a dictionary subclass are not followed.
    pub(super) fn insert(&mut self, dict: Value, key: Value, value: Value) {
        let key = match key {
            Value::Ref(id) if self.text(key).is_some() => Some(id),
            _ => None,
        };
        let Some(Item::Dict(dict)) = self.get_mut(dict) else {
            return;
        };
        match key {
            Some(key) => dict.members.push((key, value)),
            None => dict.has_other_keys = true,
        }
    }

    /// Looks a member up, where no key is in doubt: an unseen one could replace what was seen.
    pub(super) fn member(&self, dict: Value, key: &str) -> Member {
        let Some(Item::Dict(dict)) = self.get(dict) else {
            return Member::InDoubt;
        };
        if dict.has_other_keys || dict.members.len() > SHORT {
            return Member::InDoubt;
        }
        let mut last_first = dict.members.iter().rev();
        let found = last_first.find(|(name, _)| self.text(Value::Ref(*name)) == Some(key));
        found.map_or(Member::Absent, |(_, value)| Member::Present(*value))
    }
}

/// The answer to whether a dictionary has a member.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member {
    Absent,
    InDoubt,
    Present(Value),
}
