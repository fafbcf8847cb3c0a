//! What the calls of a stream say of tensors and arrays.

use crate::inspect::numpy::dtype::Dtype;
use crate::inspect::pickle::record::Record;
use crate::inspect::pickle::tensor::Storage;
use crate::inspect::pickle::value::{Global, Heap, Item, Value};

/// The functions of `torch._utils` that make a tensor of a storage, an offset and a size.
const FROM_STORAGE: [&str; 4] = [
    "_rebuild_qtensor",
    "_rebuild_tensor",
    "_rebuild_tensor_v2",
    "_rebuild_tensor_v3",
];

/// Looks at a call of a function with a tuple of arguments.
pub(super) fn observe(heap: &Heap, record: &mut Record, (callable, args): (Value, Value)) {
    let (Some(global), Some(values)) = (heap.global(callable), heap.tuple(args)) else {
        return;
    };
    match (global.module.as_str(), global.name.as_str()) {
        ("torch._utils", name) => rebuild(heap, record, (name, values)),
        ("torch._tensor", "_rebuild_from_type_v2") => {
            // (function, type, its arguments, state): a tensor of a subclass.
            let inner = values.first().and_then(|inner| heap.global(*inner));
            let args = values.get(2).and_then(|args| heap.tuple(*args));
            if let (Some(inner), Some(args)) = (inner, args)
                && inner.module == "torch._utils"
            {
                rebuild(heap, record, (&inner.name, args));
            }
        }
        ("numpy._core.numeric" | "numpy.core.numeric", "_frombuffer") => {
            // (buffer, type, shape, order).
            if let [_, dtype, shape, ..] = values {
                note_array(heap, record, (*dtype, *shape));
            }
        }
        _ => {}
    }
}

/// Looks at an object that was given its state.
pub(super) fn observe_state(heap: &Heap, record: &mut Record, built: Value) {
    let object = heap.object(built);
    let Some((object, state)) = object.and_then(|object| Some((object, object.state?))) else {
        return;
    };
    let is_array = heap.global(object.callable).is_some_and(|global| {
        let module = global.module.as_str();
        matches!(module, "numpy._core.multiarray" | "numpy.core.multiarray")
            && global.name == "_reconstruct"
    });
    // (version, shape, type, is in Fortran's order, elements).
    if let Some([_, shape, dtype, _, _]) = heap.tuple(state).filter(|_| is_array) {
        note_array(heap, record, (*dtype, *shape));
    }
}

/// Looks at a persistent identifier: PyTorch's are
/// `("storage", class, key, location, number of elements, ..)`.
pub(super) fn observe_storage(heap: &Heap, record: &mut Record, id: Value) {
    if let Some((key, storage)) = storage(heap, id) {
        record.tensors_mut().add_storage(key, storage);
    }
}

/// Looks at a member of a dictionary: estimators of scikit-learn keep its version in their state.
pub(super) fn observe_member(heap: &Heap, record: &mut Record, (key, value): (Value, Value)) {
    if heap.text(key) == Some("_sklearn_version")
        && let Some(version) = heap.text(value)
    {
        record.note_sklearn(version);
    }
}

/// Returns the type of an array's elements, where what was called and given is known.
pub(super) fn dtype(heap: &Heap, value: Value) -> Option<Dtype> {
    let object = heap.object(value)?;
    let global = heap.global(object.callable)?;
    if (global.module.as_str(), global.name.as_str()) != ("numpy", "dtype") {
        return None;
    }
    let word = heap.text(*heap.tuple(object.args)?.first()?)?;
    let dtype = Dtype::parse(word)?;
    let Some(state) = object.state else {
        return Some(dtype);
    };
    // (version, byte order, sub-array, names, fields, size, alignment, flags, ..).
    let [_, order, _, _, _, size, _, flags, ..] = heap.tuple(state)? else {
        return None;
    };
    let dtype = dtype.with_order(heap.text(*order)?);
    if !word.starts_with(['S', 'U', 'V', 'a']) {
        return Some(dtype);
    }
    // The size that these types state beside their name is the one that counts.
    let (Value::Int(size), Value::Int(flags)) = (*size, *flags) else {
        return None;
    };
    let dtype = dtype.with_item_size(u64::try_from(size).ok()?);
    // NPY_ITEM_REFCOUNT: a field holds Python objects.
    Some(if flags & 1 == 1 {
        dtype.with_objects()
    } else {
        dtype
    })
}

/// Returns the sizes of a tuple of numbers that are not negative.
pub(super) fn shape(heap: &Heap, value: Value) -> Option<Vec<u64>> {
    let size = |value: &Value| match value {
        Value::Int(size) => u64::try_from(*size).ok(),
        _ => None,
    };
    heap.tuple(value)?.iter().map(size).collect()
}

pub(super) fn note_array(heap: &Heap, record: &mut Record, (dtype_of, shape_of): (Value, Value)) {
    match (dtype(heap, dtype_of), shape(heap, shape_of)) {
        (Some(dtype), Some(_)) if dtype.has_objects() => {
            // Objects are no parameters.
            record.tensors_mut().add_array(dtype.word(), &[0]);
        }
        (Some(dtype), Some(shape)) => record.tensors_mut().add_array(dtype.word(), &shape),
        _ => record.tensors_mut().add_unresolved(),
    }
}

fn rebuild(heap: &Heap, record: &mut Record, (name, args): (&str, &[Value])) {
    if !FROM_STORAGE.contains(&name) {
        return;
    }
    let stated = (name == "_rebuild_tensor_v3").then(|| stated_type(heap, args));
    match view(heap, args) {
        Some((view, storage)) => {
            let element = stated
                .flatten()
                .unwrap_or_else(|| storage.element.to_owned());
            record.tensors_mut().add_view(&element, view);
        }
        None => record.tensors_mut().add_unresolved(),
    }
}

/// The seventh argument of `_rebuild_tensor_v3` is the type, such as `torch.float8_e4m3fn`.
fn stated_type(heap: &Heap, args: &[Value]) -> Option<String> {
    let Global { module, name } = heap.global(*args.get(6)?)?;
    (module == "torch").then(|| name.clone())
}

/// The storage that a tensor looks into by its key, from where, and in which shape.
type View = (String, i64, Vec<u64>);

fn view(heap: &Heap, args: &[Value]) -> Option<(View, Storage)> {
    let [persistent, Value::Int(offset), size, ..] = args else {
        return None;
    };
    let Some(Item::Persistent(id)) = heap.get(*persistent) else {
        return None;
    };
    let (key, storage) = storage(heap, *id)?;
    Some(((key, *offset, shape(heap, *size)?), storage))
}

fn storage(heap: &Heap, id: Value) -> Option<(String, Storage)> {
    let [kind, class, key, _, Value::Int(length), ..] = heap.tuple(id)? else {
        return None;
    };
    let length = u64::try_from(*length).ok()?;
    let class = heap.global(*class)?;
    let in_torch = class.module == "torch" || class.module.starts_with("torch.");
    if heap.text(*kind)? != "storage" || !in_torch {
        return None;
    }
    let storage = Storage::of(&class.name, length)?;
    Some((heap.text(*key)?.to_owned(), storage))
}
