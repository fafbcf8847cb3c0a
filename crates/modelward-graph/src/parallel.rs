//! Two pieces of work at once.

use std::num::NonZero;
use std::thread;

use modelward_artifact::Begun;

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
        let one = Begun::on_thread(scope, one);
        let other = other();
        (one.join(), other)
    })
}
