#![expect(
    unsafe_code,
    reason = "pieces of one memory are written by several threads, each once and before it is read"
)]

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use memmap2::{Mmap, MmapMut, MmapOptions};

/// Memory of a file's bytes that comes into being piece by piece.
///
/// - A piece is filled once, by one thread, while nobody can see it.
/// - From then on it is only read: nothing in this process writes to it again.
pub(crate) struct Region {
    memory: Memory,
    size: usize,
    piece: usize,
    pieces: Box<[Piece]>,
    /// How many pieces are not filled.
    left: AtomicUsize,
}

enum Memory {
    /// Of this process alone, or of a memory file that nobody else can write to. The pointer is that
    /// of the first byte; the map is kept so that it stays valid, and no bytes are had through it.
    Own {
        start: Start,
        map: MmapMut,
        file: Option<File>,
    },
    /// A file's own, which whoever may write to the file can change.
    Shared(Mmap),
    /// There are no bytes.
    Empty,
}

/// The first byte of a map.
struct Start(*mut u8);

// SAFETY: the pointer is to memory that lives as long as the region, whichever thread has it, and all
// use of it goes through the pieces, whose locks and flags order it.
unsafe impl Send for Start {}
// SAFETY: as above.
unsafe impl Sync for Start {}

#[derive(Default)]
struct Piece {
    /// Set, after all bytes are written, and never taken back.
    filled: AtomicBool,
    /// Held by the thread that fills.
    filling: Mutex<()>,
}

impl Region {
    /// Takes no memory: there is nothing to fill or to see.
    pub(crate) fn none() -> Self {
        Self::new(Memory::Empty, 0, 1)
    }

    /// Takes memory of this process that is not backed by any file.
    pub(crate) fn private(size: u64, piece: u64) -> io::Result<Self> {
        let (size, piece) = (length(size)?, length(piece)?);
        if size == 0 {
            return Ok(Self::new(Memory::Empty, 0, piece));
        }
        let map = MmapOptions::new().len(size).map_anon()?;
        Ok(Self::own(map, None, piece))
    }

    /// Takes memory in a file of its own that lies on no disk, cannot shrink or grow, and cannot be
    /// written to but by this map (Linux 5.1).
    #[cfg(any(target_os = "android", target_os = "linux"))]
    pub(crate) fn sealed(size: u64, piece: u64) -> io::Result<Self> {
        use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, ftruncate, memfd_create};

        let (length, piece) = (length(size)?, length(piece)?);
        if length == 0 {
            return Ok(Self::new(Memory::Empty, 0, piece));
        }
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        let file = File::from(memfd_create("modelward", flags)?);
        ftruncate(&file, size)?;
        // SAFETY: the file was made here and its descriptor is given to nobody. Once the seals below
        // are in place, whoever opens it by way of `/proc` can neither write to it nor cut it short.
        // Who did so before, in between these lines, may look into this process, and `Holding`'s
        // documentation says what that means; cut short it cannot be even then.
        let map = unsafe { MmapOptions::new().len(length).map_mut(&file) }?;
        let seals = SealFlags::FUTURE_WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
        fcntl_add_seals(&file, seals)?;
        if file.metadata()?.len() != size {
            return Err(io::Error::other("the memory file was cut short"));
        }
        Ok(Self::own(map, Some(file), piece))
    }

    /// Takes memory in a file of its own, which this system does not have.
    #[cfg(not(any(target_os = "android", target_os = "linux")))]
    pub(crate) fn sealed(_: u64, _: u64) -> io::Result<Self> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    /// Maps the file itself.
    pub(crate) fn shared(file: &File, size: u64, piece: u64) -> io::Result<Self> {
        let (size, piece) = (length(size)?, length(piece)?);
        if size == 0 {
            return Ok(Self::new(Memory::Empty, 0, piece));
        }
        // SAFETY: the map is only read, by code that is right for any bytes. That nobody truncates
        // or writes the file meanwhile is what the caller took upon itself by `Holding::Mapped`,
        // whose documentation names the risk.
        let map = unsafe { MmapOptions::new().len(size).map(file) }?;
        Ok(Self::new(Memory::Shared(map), size, piece))
    }

    fn own(mut map: MmapMut, file: Option<File>, piece: usize) -> Self {
        let size = map.len();
        let memory = Memory::Own {
            start: Start(map.as_mut_ptr()),
            map,
            file,
        };
        Self::new(memory, size, piece)
    }

    fn new(memory: Memory, size: usize, piece: usize) -> Self {
        let piece = piece.max(1);
        let count = size.div_ceil(piece);
        Self {
            memory,
            size,
            piece,
            pieces: (0..count).map(|_| Piece::default()).collect(),
            left: AtomicUsize::new(count),
        }
    }

    /// Returns the number of bytes.
    pub(crate) const fn len(&self) -> u64 {
        self.size as u64
    }

    /// Returns the number of pieces.
    pub(crate) const fn count(&self) -> usize {
        self.pieces.len()
    }

    /// Returns the pieces that hold a part of a range of bytes, or `None` where it passes the end.
    pub(crate) fn pieces_of(&self, range: &Range<u64>) -> Option<Range<usize>> {
        let range = self.checked(range)?;
        if range.is_empty() {
            return Some(0..0);
        }
        Some(range.start / self.piece..range.end.div_ceil(self.piece))
    }

    /// Returns where a piece lies.
    pub(crate) fn bounds(&self, index: usize) -> Range<usize> {
        let start = index.saturating_mul(self.piece).min(self.size);
        start..start.saturating_add(self.piece).min(self.size)
    }

    pub(crate) fn is_filled(&self, index: usize) -> bool {
        let piece = self.pieces.get(index);
        piece.is_some_and(|piece| piece.filled.load(Ordering::Acquire))
    }

    /// Tells whether every piece is filled.
    pub(crate) fn is_whole(&self) -> bool {
        self.left.load(Ordering::Acquire) == 0
    }

    /// Returns the memory file, where there is one.
    pub(crate) const fn memory_file(&self) -> Option<&File> {
        match &self.memory {
            Memory::Own { file, .. } => file.as_ref(),
            Memory::Empty | Memory::Shared(_) => None,
        }
    }

    /// Asks the system for the pages of a piece, which come one by one otherwise, each when it is first
    /// written to. No byte changes. Where they cannot be had so, nothing happens.
    #[cfg(any(target_os = "android", target_os = "linux"))]
    pub(crate) fn populate(&self, index: usize) {
        if let Memory::Own { map, .. } = &self.memory
            && !self.is_filled(index)
        {
            let bounds = self.bounds(index);
            // Linux 5.14 and later.
            let _ = map.advise_range(memmap2::Advice::PopulateWrite, bounds.start, bounds.len());
        }
    }

    /// Asks the system for the pages of a piece, which this one cannot be asked.
    #[cfg(not(any(target_os = "android", target_os = "linux")))]
    pub(crate) const fn populate(&self, _: usize) {}

    /// Fills a piece unless it is: `write` puts the bytes in place, where they are not the file's own
    /// already, and `check` says whether they may be seen. A piece that is refused stays empty.
    pub(crate) fn fill<E>(
        &self,
        index: usize,
        write: impl FnOnce(&mut [u8]) -> Result<(), E>,
        check: impl FnOnce(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(piece) = self.pieces.get(index) else {
            return Ok(());
        };
        // A thread that panicked left the piece unfilled, and whatever it wrote is written anew.
        let _alone = piece.filling.lock().unwrap_or_else(PoisonError::into_inner);
        if piece.filled.load(Ordering::Acquire) {
            return Ok(());
        }
        let bounds = self.bounds(index);
        match &self.memory {
            Memory::Empty => {}
            Memory::Shared(map) => check(&map[bounds])?,
            Memory::Own { start, .. } => {
                // SAFETY: the bounds lie within the map and within no other piece's. While the flag
                // is not set, `bytes` gives out nothing of this piece, and the lock keeps other
                // threads out of here, so that nothing else refers to these bytes.
                let bytes = unsafe {
                    std::slice::from_raw_parts_mut(start.0.add(bounds.start), bounds.len())
                };
                let done = write(bytes).and_then(|()| check(bytes));
                if done.is_err() {
                    bytes.fill(0);
                }
                done?;
            }
        }
        piece.filled.store(true, Ordering::Release);
        self.left.fetch_sub(1, Ordering::AcqRel);
        Ok(())
    }

    /// Returns bytes, or `None` where the range passes the end or a piece of it is not filled.
    pub(crate) fn bytes(&self, range: &Range<u64>) -> Option<&[u8]> {
        let mut pieces = self.pieces_of(range)?;
        if !pieces.all(|index| self.is_filled(index)) {
            return None;
        }
        let range = self.checked(range)?;
        match &self.memory {
            Memory::Empty => Some(&[]),
            Memory::Shared(map) => map.get(range),
            Memory::Own { start, .. } => {
                // SAFETY: the range lies within the map, and all pieces that hold a part of it are
                // filled: the flags were read after the last write to them, and nobody writes again.
                let bytes =
                    unsafe { std::slice::from_raw_parts(start.0.add(range.start), range.len()) };
                Some(bytes)
            }
        }
    }

    fn checked(&self, range: &Range<u64>) -> Option<Range<usize>> {
        let start = usize::try_from(range.start).ok()?;
        let end = usize::try_from(range.end).ok()?;
        (start <= end && end <= self.size).then_some(start..end)
    }
}

fn length(bytes: u64) -> io::Result<usize> {
    let too_large = |_| io::Error::from(io::ErrorKind::OutOfMemory);
    let length = usize::try_from(bytes).map_err(too_large)?;
    // No object of more bytes can be referred to.
    if isize::try_from(length).is_err() {
        return Err(io::Error::from(io::ErrorKind::OutOfMemory));
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::Region;

    fn fill(region: &Region, index: usize) -> Result<(), &'static str> {
        let value = u8::try_from(index).expect("few pieces");
        region.fill(
            index,
            |bytes| {
                bytes.fill(value);
                Ok(())
            },
            |_| Ok(()),
        )
    }

    #[test]
    fn a_piece_is_seen_only_once_it_is_filled() {
        let region = Region::private(10, 4).expect("a few bytes");
        assert_eq!(region.count(), 3);
        assert_eq!(region.bytes(&(0..1)), None);
        fill(&region, 0).expect("it is taken");
        assert_eq!(region.bytes(&(0..4)), Some(&[0; 4][..]));
        assert_eq!(region.bytes(&(3..5)), None);
        fill(&region, 1).expect("it is taken");
        fill(&region, 2).expect("it is taken");
        assert_eq!(region.bytes(&(3..10)), Some(&[0, 1, 1, 1, 1, 2, 2][..]));
        assert_eq!(region.bytes(&(3..11)), None);
        assert_eq!(region.bytes(&(10..10)), Some(&[][..]));
    }

    #[test]
    fn a_piece_that_is_refused_can_be_filled_again() {
        let region = Region::private(4, 4).expect("a few bytes");
        let spoil = |bytes: &mut [u8]| {
            bytes.fill(7);
            Ok(())
        };
        let refused = region.fill(0, spoil, |_| Err("no"));
        assert_eq!(refused, Err("no"));
        assert_eq!(region.bytes(&(0..4)), None);
        let look = |bytes: &mut [u8]| {
            assert_eq!(bytes, [0; 4]);
            Ok::<_, &str>(())
        };
        let seen = region.fill(0, look, |_| Ok(()));
        assert_eq!(seen, Ok(()));
    }

    #[test]
    fn a_check_that_panics_leaves_the_piece_unseen() {
        let region = Region::private(4, 4).expect("a few bytes");
        let spoil = |bytes: &mut [u8]| {
            bytes.fill(7);
            Ok::<_, Infallible>(())
        };
        let panicked = thread::scope(|scope| {
            let region = &region;
            let check = |_: &[u8]| panic!("it is meant to");
            scope.spawn(move || region.fill(0, spoil, check)).join()
        });
        assert!(panicked.is_err());
        assert!(!region.is_filled(0));
        assert_eq!(region.bytes(&(0..4)), None);
        fill(&region, 0).expect("it is taken");
        assert_eq!(region.bytes(&(0..4)), Some(&[0; 4][..]));
    }

    #[test]
    fn many_threads_fill_each_piece_once() {
        let region = Region::private(1000, 10).expect("a few bytes");
        let writes = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for index in 0..region.count() {
                        let write = |bytes: &mut [u8]| {
                            writes.fetch_add(1, Ordering::Relaxed);
                            bytes.fill(1);
                            Ok::<(), Infallible>(())
                        };
                        assert!(region.fill(index, write, |_| Ok(())).is_ok());
                        let from = index as u64 * 10;
                        assert_eq!(region.bytes(&(from..from + 10)), Some(&[1; 10][..]));
                    }
                });
            }
        });
        assert_eq!(writes.into_inner(), 100);
    }

    #[test]
    fn pages_that_were_asked_for_ahead_change_no_byte() {
        let region = Region::private(100_000, 50_000).expect("a few bytes");
        region.populate(0);
        assert!(!region.is_filled(0));
        assert_eq!(region.bytes(&(0..1)), None);
        fill(&region, 0).expect("it is taken");
        fill(&region, 1).expect("it is taken");
        // Too late, and beyond the end.
        (0..3).for_each(|index| region.populate(index));
        let bytes = region.bytes(&(0..100_000)).expect("it is whole");
        assert!(bytes[..50_000].iter().all(|byte| *byte == 0));
        assert!(bytes[50_000..].iter().all(|byte| *byte == 1));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nobody_else_can_write_to_a_sealed_memory_or_cut_it_short() {
        use std::io::Write as _;
        use std::os::fd::AsRawFd as _;

        let region = Region::sealed(8, 8).expect("Linux has memory files");
        fill(&region, 0).expect("it is taken");
        let file = region.memory_file().expect("it has a memory file");
        let path = format!("/proc/self/fd/{}", file.as_raw_fd());
        let opened = std::fs::OpenOptions::new().write(true).open(&path);
        let mut other = opened.expect("the process may open its own descriptors");
        assert!(other.write_all(b"evil").is_err());
        assert!(other.set_len(0).is_err());
        assert!(other.set_len(100).is_err());
        assert_eq!(region.bytes(&(0..8)), Some(&[0; 8][..]));
    }
}
