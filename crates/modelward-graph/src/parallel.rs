//! Two pieces of work at once.

use std::num::NonZero;
use std::thread;

/// Does both, at the same time where there may be two threads.
pub(crate) fn both<A, B>(
    threads: NonZero<usize>,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B)
where
    A: Send,
{
    if threads == NonZero::<usize>::MIN {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join();
        (
            one.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            other,
        )
    })
}
