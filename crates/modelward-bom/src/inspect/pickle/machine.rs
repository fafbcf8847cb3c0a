use std::collections::HashMap;

use crate::inspect::pickle::cursor::Cursor;
use crate::inspect::pickle::opcode::Op;
use crate::inspect::pickle::record::{Record, Root};
use crate::inspect::pickle::value::{Dict, Global, Heap, Item, Object, Value};
use crate::inspect::pickle::{call, joblib};
use crate::inspect::{InspectError, Location};

/// Says which loader is followed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Loader {
    /// `joblib.load`, which reads the elements of an array after the opcode that describes it.
    Joblib,
    /// `pickle.load`, to which there is nothing but opcodes.
    Pickle,
}

/// Follows the stack and the memo of an unpickler through one stream, without making any object.
#[derive(Debug)]
pub(super) struct Machine<'m, 'c, 'i> {
    pub(super) cursor: &'m mut Cursor<'c, 'i>,
    pub(super) record: &'m mut Record,
    pub(super) heap: Heap,
    pub(super) frame_end: u64,
    pub(super) depth: usize,
    loader: Loader,
    stack: Vec<Value>,
    marks: Vec<usize>,
    memo: HashMap<u64, Value>,
    /// Where the stream first did what Python's unpickler refuses.
    underflow: Option<u64>,
}

impl<'m, 'c, 'i> Machine<'m, 'c, 'i> {
    pub(super) fn new(
        cursor: &'m mut Cursor<'c, 'i>,
        record: &'m mut Record,
        loader: Loader,
    ) -> Self {
        Self {
            cursor,
            record,
            heap: Heap::default(),
            frame_end: 0,
            depth: 0,
            loader,
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
            underflow: None,
        }
    }

    pub(super) const fn nested(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// Follows the stream to its STOP. What it imports is recorded even where it fails later.
    pub(super) fn run(mut self) -> Result<Root, InspectError> {
        loop {
            let at = self.cursor.position();
            self.record.spend(at)?;
            let op = Op::read(self.cursor)?;
            if matches!(op, Op::Stop) {
                let root = self.pop(at);
                self.check(at)?;
                return Ok(Root::of(&self.heap, root));
            }
            self.step(op, at)?;
        }
    }

    fn step(&mut self, op: Op, at: u64) -> Result<(), InspectError> {
        match op {
            Op::Global(module, name) => self.import(module, name, at),
            Op::Inst(module, name) => self.inst((module, name), at),
            Op::StackGlobal => self.stack_global(at),
            Op::Extension => self.import(None, None, at),
            Op::NewObj | Op::NewObjEx | Op::Obj | Op::Reduce => self.construct(&op, at),
            Op::Build => self.build(at)?,
            Op::BinPersistent => self.persistent(at),
            Op::Persistent => self.push_item(Item::Persistent(Value::Unknown)),
            Op::Frame(length) => {
                self.frame_end = self.cursor.position().saturating_add(length);
            }
            Op::Proto(protocol) => self.record.note_protocol(protocol),
            Op::Dup | Op::Get(_) | Op::Memoize | Op::Put(_) => self.remember(&op, at),
            Op::Mark => self.marks.push(self.stack.len()),
            Op::Pop | Op::PopMark => self.discard(&op, at),
            Op::NoEffect | Op::Stop => {}
            Op::Opaque => self.stack.push(Value::Unknown),
            Op::Int(value) => self.stack.push(Value::Int(value)),
            Op::None => self.stack.push(Value::None),
            Op::Text(text) => self.push_item(Item::Text(text)),
            other => self.collect(&other, at),
        }
        Ok(())
    }

    /// Makes or fills a tuple, list, dictionary or set.
    fn collect(&mut self, op: &Op, at: u64) {
        match op {
            Op::AddItems => drop(self.take_to_mark(at)),
            Op::Append => {
                let value = self.pop(at);
                self.extend(vec![value]);
            }
            Op::Appends => {
                let values = self.take_to_mark(at);
                self.extend(values);
            }
            Op::Dict => {
                let values = self.take_to_mark(at);
                self.push_item(Item::Dict(Dict::default()));
                self.insert_all(&values);
            }
            Op::EmptyDict => self.push_item(Item::Dict(Dict::default())),
            Op::EmptyList => self.push_item(Item::List(Vec::new())),
            Op::FrozenSet => {
                self.take_to_mark(at);
                self.stack.push(Value::Unknown);
            }
            Op::List => {
                let values = self.take_to_mark(at);
                self.push_item(Item::List(values));
            }
            Op::SetItem => {
                let value = self.pop(at);
                let key = self.pop(at);
                self.insert_all(&[key, value]);
            }
            Op::SetItems => {
                let values = self.take_to_mark(at);
                self.insert_all(&values);
            }
            Op::TupleOf(length) => {
                let mut values: Vec<_> = (0..*length).map(|_| self.pop(at)).collect();
                values.reverse();
                self.push_item(Item::Tuple(values));
            }
            _ => {
                let values = self.take_to_mark(at);
                self.push_item(Item::Tuple(values));
            }
        }
    }

    fn remember(&mut self, op: &Op, at: u64) {
        match *op {
            Op::Get(index) => {
                let known = index.and_then(|index| self.memo.get(&index).copied());
                self.stack.push(known.unwrap_or(Value::Unknown));
            }
            Op::Put(index) => {
                let value = self.top(at);
                index.map(|index| self.memo.insert(index, value));
            }
            Op::Memoize => {
                let value = self.top(at);
                let index = u64::try_from(self.memo.len()).unwrap_or(u64::MAX);
                self.memo.insert(index, value);
            }
            _ => {
                let value = self.top(at);
                self.stack.push(value);
            }
        }
    }

    fn discard(&mut self, op: &Op, at: u64) {
        if matches!(op, Op::PopMark) {
            self.take_to_mark(at);
        } else if self.marks.last() == Some(&self.stack.len()) {
            self.marks.pop();
        } else {
            self.pop(at);
        }
    }

    fn import(&mut self, module: Option<String>, name: Option<String>, at: u64) {
        let (Some(module), Some(name)) = (module, name) else {
            self.record.note_unresolved(at);
            return self.stack.push(Value::Unknown);
        };
        self.record.note_import(&module, &name, at);
        self.push_item(Item::Global(Global { module, name }));
    }

    fn stack_global(&mut self, at: u64) {
        let name = self.pop(at);
        let module = self.pop(at);
        let module = self.heap.text(module).map(str::to_owned);
        let name = self.heap.text(name).map(str::to_owned);
        self.import(module, name, at);
    }

    fn inst(&mut self, (module, name): (Option<String>, Option<String>), at: u64) {
        let args = self.take_to_mark(at);
        self.import(module, name, at);
        let callable = self.pop(at);
        let args = self.heap.push(Item::Tuple(args));
        self.call(callable, args);
    }

    fn construct(&mut self, op: &Op, at: u64) {
        if matches!(op, Op::Obj) {
            let mut values = self.take_to_mark(at).into_iter();
            let callable = values.next().unwrap_or(Value::Unknown);
            let args = self.heap.push(Item::Tuple(values.collect()));
            return self.call(callable, args);
        }
        if matches!(op, Op::NewObjEx) {
            // Keyword arguments: a class that needs them is none whose instances are followed.
            self.pop(at);
        }
        let args = self.pop(at);
        let callable = self.pop(at);
        self.call(callable, args);
    }

    fn call(&mut self, callable: Value, args: Value) {
        call::observe(&self.heap, self.record, (callable, args));
        self.push_item(Item::Object(Object {
            callable,
            args,
            state: None,
        }));
    }

    fn build(&mut self, at: u64) -> Result<(), InspectError> {
        let state = self.pop(at);
        let built = self.top(at);
        if self.loader == Loader::Joblib && joblib::is_array(&self.heap, built) {
            joblib::pass_array(self, (built, state))?;
            // The array takes the place of what described it.
            self.pop(at);
            self.stack.push(Value::Unknown);
        }
        if let Some(Item::Object(object)) = self.heap.get_mut(built) {
            object.state = Some(state);
        }
        call::observe_state(&self.heap, self.record, built);
        Ok(())
    }

    fn persistent(&mut self, at: u64) {
        let id = self.pop(at);
        call::observe_storage(&self.heap, self.record, id);
        self.push_item(Item::Persistent(id));
    }

    fn extend(&mut self, values: Vec<Value>) {
        let list = self.stack.last().copied().unwrap_or(Value::Unknown);
        if let Some(Item::List(list)) = self.heap.get_mut(list) {
            list.extend(values);
        }
    }

    fn insert_all(&mut self, values: &[Value]) {
        let dict = self.stack.last().copied().unwrap_or(Value::Unknown);
        for pair in values.chunks_exact(2) {
            self.heap.insert(dict, pair[0], pair[1]);
            call::observe_member(&self.heap, self.record, (pair[0], pair[1]));
        }
    }

    fn push_item(&mut self, item: Item) {
        let value = self.heap.push(item);
        self.stack.push(value);
    }

    /// Takes the top of the stack. Below the last mark there is nothing, as in Python.
    fn pop(&mut self, at: u64) -> Value {
        let fence = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() > fence {
            return self.stack.pop().unwrap_or(Value::Unknown);
        }
        self.underflow.get_or_insert(at);
        Value::Unknown
    }

    fn top(&mut self, at: u64) -> Value {
        let value = self.pop(at);
        self.stack.push(value);
        value
    }

    fn take_to_mark(&mut self, at: u64) -> Vec<Value> {
        let Some(mark) = self.marks.pop() else {
            self.underflow.get_or_insert(at);
            return Vec::new();
        };
        self.stack.split_off(mark.min(self.stack.len()))
    }

    /// A stream that takes what is not there is followed on, for what it imports, and then refused.
    fn check(&self, at: u64) -> Result<(), InspectError> {
        let Some(first) = self.underflow else {
            return Ok(());
        };
        Err(InspectError::Malformed {
            what: "pickle stream",
            at: Location::Byte(first),
            found: format!("an empty stack in a stream that ends at byte {at}"),
            expected: "a value for every opcode that takes one",
        })
    }
}
