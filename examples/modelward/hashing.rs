//! The options that say how a model is read and hashed.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use modelward::artifact::{self, EntryPath, HashOptions, Sharding, Symlinks, WalkOptions};

#[derive(clap::Args)]
pub(crate) struct Hashing {
    /// Hash shards of this many bytes, or `auto`, instead of whole files.
    #[arg(long, value_name = "BYTES", value_parser = sharding)]
    shards: Option<Sharding>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(clap::Args)]
pub(crate) struct Reading {
    /// Threads that hash; 0 is all of the machine.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Files or shards that a thread reads beside each other at most; 1 for disks with moving heads.
    #[arg(long, default_value_t = HashOptions::default().lanes())]
    lanes: NonZeroUsize,
    /// Map files instead of reading them: quicker, but a file that someone truncates meanwhile ends
    /// this process.
    #[arg(long)]
    map: bool,
    /// Leave out a file or directory of the model.
    #[arg(long, value_name = "PATH")]
    ignore: Vec<EntryPath>,
    /// What to do with symbolic links to files; in a verification, where the signer followed some.
    #[arg(long, value_enum, default_value_t = Links::Refuse)]
    links: Links,
}

#[derive(Clone, Copy, ValueEnum)]
enum Links {
    /// A link is an error.
    Refuse,
    /// Follow links to files of the model.
    Within,
    /// Follow links to files anywhere.
    Anywhere,
}

impl Hashing {
    /// Returns the options but for the algorithm, for a model that does not count our own files.
    pub(crate) fn options<'a>(
        &self,
        model: &Path,
        own: impl IntoIterator<Item = &'a PathBuf>,
    ) -> HashOptions {
        let own = own
            .into_iter()
            .filter_map(|file| crate::inside(model, file));
        let options = self.reading.options();
        let ignored = self.reading.ignore.iter().cloned().chain(own);
        let walk = ignored.fold(options.walk().clone(), WalkOptions::with_ignored);
        options
            .with_sharding(self.shards.unwrap_or_default())
            .with_walk(walk)
    }
}

impl Reading {
    /// Returns the options but for what is hashed and what is left out.
    pub(crate) fn options(&self) -> HashOptions {
        let symlinks = match self.links {
            Links::Anywhere => Symlinks::FollowAnywhere,
            Links::Refuse => Symlinks::Refuse,
            Links::Within => Symlinks::FollowWithin,
        };
        let reading = if self.map {
            artifact::Reading::Mapped
        } else {
            artifact::Reading::Read
        };
        HashOptions::default()
            .with_threads(self.threads)
            .with_lanes(self.lanes)
            .with_reading(reading)
            .with_walk(WalkOptions::default().with_symlinks(symlinks))
    }

    /// Returns what is left out.
    pub(crate) fn ignored(&self) -> &[EntryPath] {
        &self.ignore
    }
}

fn sharding(text: &str) -> Result<Sharding, String> {
    if text == "auto" {
        return Ok(Sharding::Auto);
    }
    let size: Option<NonZeroU64> = text.parse().ok();
    size.map(Sharding::Size)
        .ok_or_else(|| "expected a number of bytes above 0, or `auto`".to_owned())
}
