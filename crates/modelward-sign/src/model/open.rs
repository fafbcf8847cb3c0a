//! Opens a model to be loaded.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use modelward_artifact::{
    Content, Control, EntryPath, Finding, Findings, Folder, HashError, HashOptions, HeldFile,
    Holding, Layout, Manifest, ResourceName, Shard, Source, Tree, TreeFile, Verdict,
};

use crate::model::budget::Budget;
use crate::model::file::WORTH_PREPARING;
use crate::model::slot::{Listed, Signed, Slot};
use crate::verify::{compare, hash_options, refuse_or_fail, signed};
use crate::{
    Bundle, HeldModel, LoadError, LoadMode, LoadOptions, Statement, VerifiedStatement, VerifyError,
    verify_statement,
};

/// How much of a file is read and hashed at a time, while it is in the processor's cache.
const PIECE: u64 = 1 << 20;

pub(super) fn open(
    root: &Path,
    bundle: &Bundle,
    options: &LoadOptions<'_>,
    control: &dyn Control,
) -> Result<Verdict<HeldModel>, LoadError> {
    let statement = match verify_statement(bundle, options.policy())? {
        Verdict::Verified(statement) => statement,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    if let Some(findings) = Findings::new(refused(&statement, options)) {
        return Ok(Verdict::Rejected(findings));
    }
    if options.mode() == LoadMode::ByShard && statement.statement().layout() == Layout::Files {
        return Err(LoadError::WholeFiles);
    }
    let hashing = hash_options(statement.statement(), options.policy());
    let known = statement.statement().clone();
    look(root, statement, options, (&hashing, control)).or_else(|error| {
        let LoadError::Verify(VerifyError::Hash(error)) = error else {
            return Err(error);
        };
        let findings = match refuse_or_fail(&known, error)? {
            Verdict::Rejected(findings) => findings,
            Verdict::Verified(_) => Finding::new("sign.file.removed", "no file is there").into(),
        };
        Ok(Verdict::Rejected(findings))
    })
}

/// Asks the caller's function about everything with a digest.
fn refused(statement: &VerifiedStatement, options: &LoadOptions<'_>) -> Vec<Finding> {
    let Some(refusal) = options.refusal() else {
        return Vec::new();
    };
    let signer = statement.signed_by().key_digest();
    let statement = statement.statement();
    let named = statement.resources().iter().filter_map(|resource| {
        let finding = refusal(resource.digest())?;
        Some(match finding.subject() {
            None => finding.about(resource.name().to_string()),
            Some(_) => finding,
        })
    });
    let whole = [*statement.root(), signer];
    whole.iter().filter_map(refusal).chain(named).collect()
}

/// Looks at the files: at their names, and in the eager mode at their bytes.
fn look(
    root: &Path,
    statement: VerifiedStatement,
    options: &LoadOptions<'_>,
    (hashing, control): (&HashOptions, &dyn Control),
) -> Result<Verdict<HeldModel>, LoadError> {
    let folder = Folder::for_hashing(root, hashing)?;
    let tree = folder.tree(control)?;
    let holding = options.holding();
    let budget = Budget::of(options);
    let mut manifest = stated(statement.statement(), &tree)?;
    let mut slots = slots(statement.statement(), &manifest, &tree, holding);
    if options.mode() == LoadMode::Eager {
        for slot in slots.values() {
            budget.take(slot.path(), slot.size())?;
        }
        let ahead = is_worth_preparing(&statement, &tree, options, hashing);
        let source = Held {
            folder: &folder,
            tree,
            files: &slots,
            ahead: None,
        };
        manifest = if ahead {
            hash_prepared(source, hashing, control)?
        } else {
            Manifest::hash_source(&source, hashing, control)?
        };
    }
    Ok(match compare(statement, manifest, options.policy()) {
        Verdict::Rejected(findings) => Verdict::Rejected(findings),
        Verdict::Verified(model) => {
            slots.retain(|_, slot| !slot.signed().is_empty());
            let statement = model.into_statement();
            Verdict::Verified(HeldModel {
                layout: statement.statement().layout(),
                statement,
                folder,
                slots,
                mode: options.mode(),
                threads: hashing.threads().get(),
                budget,
            })
        }
    })
}

/// Tells whether a core is idle while the files are hashed and copied: the digest of a whole file is one
/// chain, so that a few large files leave cores without work.
fn is_worth_preparing(
    statement: &VerifiedStatement,
    tree: &Tree,
    options: &LoadOptions<'_>,
    hashing: &HashOptions,
) -> bool {
    let is_large = |file: &&TreeFile| file.size() >= WORTH_PREPARING;
    let large = tree.files().iter().filter(is_large).count();
    statement.statement().layout() == Layout::Files
        && options.holding() != Holding::Mapped
        && (1..hashing.threads().get()).contains(&large)
}

/// Hashes the files while a thread gets the memory ready that they are copied to.
fn hash_prepared(
    mut source: Held<'_>,
    hashing: &HashOptions,
    control: &dyn Control,
) -> Result<Manifest, HashError> {
    let (ahead, opened) = mpsc::channel::<&HeldFile>();
    source.ahead = Some(ahead);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        // Where the system gives no thread, the memory comes as it did.
        let _ = thread::Builder::new().spawn_scoped(scope, || {
            for held in opened {
                let pieces = 0..held.pieces();
                pieces
                    .take_while(|_| !is_over.load(Ordering::Relaxed))
                    .for_each(|piece| held.prepare(piece));
            }
        });
        let manifest = Manifest::hash_source(&source, hashing, control);
        is_over.store(true, Ordering::Relaxed);
        // No more files come.
        drop(source);
        manifest
    })
}

/// Lists the files that are there, as if they had the signed digests. Nothing is read.
fn stated(statement: &Statement, tree: &Tree) -> Result<Manifest, HashError> {
    let layout = statement.layout();
    // Of a file that is not signed, the digest does not matter: its name is refused.
    let any = statement.resources().first().map(|it| *it.digest());
    let any = any.unwrap_or_else(|| *statement.root());
    let named = Manifest::stated(tree, layout, &|_| any)?;
    let signed = signed(statement, &named);
    let digest = |name: &ResourceName| signed.get(name).map_or(any, |digest| **digest);
    Manifest::stated(tree, layout, &digest)
}

/// Joins each file with what is signed of it.
fn slots(
    statement: &Statement,
    manifest: &Manifest,
    tree: &Tree,
    holding: Holding,
) -> BTreeMap<EntryPath, Slot> {
    let signed = signed(statement, manifest);
    let mut by_path: BTreeMap<&EntryPath, Vec<Signed>> = BTreeMap::new();
    for entry in manifest.entries() {
        if let Some(digest) = signed.get(entry.name()) {
            let resources = by_path.entry(entry.path()).or_default();
            resources.push(Signed {
                name: entry.name().clone(),
                digest: **digest,
            });
        }
    }
    let slot = |file: &TreeFile| {
        let mut resources = by_path.remove(file.path())?;
        resources.sort_by_key(|signed| signed.shard().map(Shard::start));
        let slot = Slot::new(file.clone(), holding, resources);
        Some((file.path().clone(), slot))
    };
    tree.files().iter().filter_map(slot).collect()
}

/// The files of a model, of which each that is signed is copied while it is hashed: what is hashed is
/// what is held. Of the others, memory for a copy is not even asked.
struct Held<'a> {
    folder: &'a Folder,
    tree: Tree,
    files: &'a BTreeMap<EntryPath, Slot>,
    /// Where files go that were opened, so that memory is made ready for them.
    ahead: Option<mpsc::Sender<&'a HeldFile>>,
}

impl Source for Held<'_> {
    fn tree(&self, _: &dyn Control) -> Result<Tree, HashError> {
        Ok(self.tree.clone())
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        let changed = || HashError::Changed {
            path: file.path().as_str().into(),
        };
        let Some(slot) = self.files.get(file.path()) else {
            return self.folder.open(file);
        };
        if slot.size() != file.size() {
            return Err(changed());
        }
        let piece = NonZeroU64::new(PIECE);
        let hold = |listed: &Listed| {
            self.folder
                .hold(listed.tree_file(), piece, listed.holding())
        };
        let held = slot.held(hold)?;
        if let Some(ahead) = &self.ahead {
            // Nobody listens any more where the thread is gone, and then nobody waits for it.
            let _ = ahead.send(held);
        }
        Ok(Box::new(HeldContent { held }))
    }
}

struct HeldContent<'a> {
    held: &'a HeldFile,
}

impl Content for HeldContent<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        let size = self.held.size();
        let most = buffer.len() as u64;
        // Up to the end of the piece, so that a piece is hashed right after it was read.
        let end = (offset / PIECE + 1) * PIECE;
        let end = end.min(offset.saturating_add(most)).min(size);
        let range = offset.min(size)..end.max(offset.min(size));
        for piece in self.held.pieces_of(&range).unwrap_or_default() {
            self.held.admit(piece, |_| Ok::<_, HashError>(()))?;
        }
        Ok(self.held.bytes(range).unwrap_or_default())
    }

    fn finish(&mut self) -> Result<(), HashError> {
        self.held.close_if_whole();
        Ok(())
    }
}
