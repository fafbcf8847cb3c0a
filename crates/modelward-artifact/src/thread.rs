use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// Work that was begun on a thread of its own, or waits for [`join`](Self::join) where the system
/// gave no thread.
///
/// A system that has no more threads to give is slower by this, and no reason to panic, as
/// [`Scope::spawn`] does.
///
/// ```
/// use modelward_artifact::Begun;
///
/// let words = ["one", "two"];
/// let sum = std::thread::scope(|scope| {
///     let other = Begun::on_thread(scope, || words[1].len());
///     words[0].len() + other.join()
/// });
/// assert_eq!(sum, 6);
/// ```
#[derive(Debug)]
pub struct Begun<'scope, F, T>(State<'scope, F, T>);

#[derive(Debug)]
enum State<'scope, F, T> {
    Thread(ScopedJoinHandle<'scope, Option<T>>),
    Waiting(Arc<Mutex<Option<F>>>),
}

impl<'scope, F, T> Begun<'scope, F, T>
where
    F: FnOnce() -> T + Send + 'scope,
    T: Send + 'scope,
{
    /// Begins work on a thread of its own if there is one to be had.
    #[must_use = "work that got no thread is done when it is joined"]
    pub fn on_thread(scope: &'scope Scope<'scope, '_>, work: F) -> Self {
        // A thread that cannot be started drops what it was to do, so that it is kept here too.
        let kept = Arc::new(Mutex::new(Some(work)));
        let given = Arc::clone(&kept);
        let thread = Builder::new().spawn_scoped(scope, move || take(&given).map(|work| work()));
        Self(thread.map_or(State::Waiting(kept), State::Thread))
    }

    /// Returns what the work came to, and does it now where no thread did.
    ///
    /// # Panics
    ///
    /// Where the work does.
    #[must_use]
    pub fn join(self) -> T {
        let done = match self.0 {
            State::Thread(thread) => thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            State::Waiting(kept) => take(&kept).map(|work| work()),
        };
        done.expect("either the thread or this takes the work, once")
    }
}

fn take<F>(kept: &Mutex<Option<F>>) -> Option<F> {
    kept.lock().unwrap_or_else(PoisonError::into_inner).take()
}
