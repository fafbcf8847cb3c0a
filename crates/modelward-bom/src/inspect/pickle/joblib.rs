//! Arrays whose elements joblib writes into the stream, after the opcode that describes them
//! (`joblib.numpy_pickle.NumpyArrayWrapper`).

use crate::inspect::pickle::call;
use crate::inspect::pickle::machine::{Loader, Machine};
use crate::inspect::pickle::value::{Heap, Member, Value};
use crate::inspect::{InspectError, Location};

/// Tells whether joblib reads elements when this object is given its state.
pub(super) fn is_array(heap: &Heap, built: Value) -> bool {
    let class = heap.object(built).and_then(|object| heap.class(object));
    // Protocol 4 finds the class through any module that has it.
    class.is_some_and(|class| class.name.rsplit('.').next() == Some("NumpyArrayWrapper"))
}

/// Passes over the elements of an array, or scans them where they are pickled objects.
pub(super) fn pass_array(
    machine: &mut Machine<'_, '_, '_>,
    (built, state): (Value, Value),
) -> Result<(), InspectError> {
    let at = machine.cursor.position();
    if machine.frame_end > at {
        // The loader would read the elements from behind the frame, and the opcodes before them.
        return Err(unclear(at, "inside of a frame"));
    }
    let is_first = machine.heap.object(built).is_some_and(|object| {
        let args = machine.heap.tuple(object.args);
        // `NEWOBJ` with no arguments, or what `copyreg` makes of a class in protocol 0 and 1.
        object.state.is_none() && matches!(args, Some([] | [_, _, Value::None]))
    });
    if !is_first {
        return Err(unclear(at, "described more than once"));
    }
    let member = |name| machine.heap.member(state, name);
    let (Member::Present(dtype), Member::Present(shape)) = (member("dtype"), member("shape"))
    else {
        return Err(unclear(at, "of no clear type and shape"));
    };
    let alignment = member("numpy_array_alignment_bytes");
    let is_aligned = match alignment {
        // Files of joblib before version 1.1.
        Member::Absent | Member::Present(Value::None) => false,
        Member::Present(Value::Int(_)) => true,
        _ => return Err(unclear(at, "of no clear alignment")),
    };
    let elements = call::dtype(&machine.heap, dtype).zip(call::shape(&machine.heap, shape));
    let Some((element, sizes)) = elements else {
        return Err(unclear(at, "of no clear type and shape"));
    };
    if element.has_objects() {
        // The stream that follows makes the same array, and is where it is counted.
        return nested(machine, at);
    }
    call::note_array(&machine.heap, machine.record, (dtype, shape));
    if is_aligned {
        let padding = machine.cursor.byte("padding of an array")?;
        machine
            .cursor
            .skip("padding of an array", u64::from(padding))?;
    }
    let count = sizes
        .iter()
        .try_fold(1_u64, |count, size| count.checked_mul(*size));
    let length = count.and_then(|count| count.checked_mul(element.item_size()));
    let length = length.ok_or_else(|| unclear(at, "larger than can be"))?;
    machine.record.note_raw_array();
    machine.cursor.skip("elements of an array", length)
}

/// Objects follow as a stream of their own, which has a stack and a memo of its own.
fn nested(machine: &mut Machine<'_, '_, '_>, at: u64) -> Result<(), InspectError> {
    let depth = machine.depth + 1;
    let limit = machine.record.max_depth();
    if depth > limit {
        return Err(InspectError::Depth {
            what: "pickle",
            at: Location::Byte(at),
            limit,
        });
    }
    machine.record.note_raw_array();
    let inner = Machine::new(machine.cursor, machine.record, Loader::Pickle);
    inner.nested(depth).run().map(drop)
}

/// Where the elements end is not to be told: what follows could be anything.
fn unclear(at: u64, found: &'static str) -> InspectError {
    InspectError::Malformed {
        what: "array",
        at: Location::Byte(at),
        found: found.to_owned(),
        expected: "one that is described once, with its type and shape",
    }
}
