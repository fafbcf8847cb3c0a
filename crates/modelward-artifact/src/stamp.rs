use std::fs::Metadata;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Tells whether a file is still the one that was seen, as well as its metadata can.
///
/// Writing changes the size or a time, and a file in another's place has its own inode. The time of
/// the last status change cannot be set back by the file's owner, unlike that of the last write.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stamp {
    size: u64,
    modified: Option<Moment>,
    #[cfg(unix)]
    changed: Moment,
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

/// A time of a file system, in two numbers that each survive JSON.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Moment {
    seconds: i64,
    nanoseconds: i64,
}

impl Stamp {
    #[cfg(unix)]
    pub(crate) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;

        let moment = |seconds, nanoseconds| Moment {
            seconds,
            nanoseconds,
        };
        Self {
            size: metadata.len(),
            modified: Some(moment(metadata.mtime(), metadata.mtime_nsec())),
            changed: moment(metadata.ctime(), metadata.ctime_nsec()),
            device: metadata.dev(),
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let since = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        Self {
            size: metadata.len(),
            modified: since.map(|since| Moment {
                seconds: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
                nanoseconds: i64::from(since.subsec_nanos()),
            }),
        }
    }

    /// Tells whether the file was left alone for so long before `now`, by all times that are known.
    pub(crate) fn is_settled(&self, now: Timestamp, duration: Duration) -> bool {
        let latest = now
            .unix_seconds()
            .saturating_sub_unsigned(duration.as_secs());
        let before = |moment: Moment| moment.seconds < latest;
        #[cfg(unix)]
        let unchanged = before(self.changed);
        #[cfg(not(unix))]
        let unchanged = true;
        unchanged && self.modified.is_some_and(before)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    use super::Stamp;

    fn stamp(path: &Path) -> Stamp {
        Stamp::of(&fs::metadata(path).expect("the file is there"))
    }

    #[test]
    fn a_stamp_changes_with_the_file_and_survives_json() {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let path = folder.path().join("w.bin");
        fs::write(&path, "one").expect("the folder is writable");
        let first = stamp(&path);
        assert_eq!(first, stamp(&path));
        let json = serde_json::to_string(&first).expect("numbers can be written");
        assert_eq!(serde_json::from_str::<Stamp>(&json).expect("ours"), first);

        let file = File::options().write(true).open(&path).expect("writable");
        file.set_modified(UNIX_EPOCH + Duration::from_nanos(1))
            .expect("the owner may set it");
        assert_ne!(first, stamp(&path), "the time of the last write counts");
    }

    #[cfg(unix)]
    #[test]
    fn a_copy_with_the_same_size_and_time_is_another_file() {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        for path in [&one, &two] {
            fs::write(path, "same").expect("the folder is writable");
            let file = File::options().write(true).open(path).expect("writable");
            file.set_modified(UNIX_EPOCH).expect("the owner may set it");
        }
        let [one, two] = [stamp(&one), stamp(&two)];
        assert_eq!((one.size, one.modified), (two.size, two.modified));
        assert_ne!(one, two);
    }
}
