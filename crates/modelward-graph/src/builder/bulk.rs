//! Many relations at once.

use std::thread;

use modelward_artifact::Begun;

use super::SupplyGraphBuilder;
use super::intern::{BATCH, Interner, Refused};
use crate::graph::ix;
use crate::{BuildGraphError, NodeId, Relation};

/// How many relations are worth a thread.
const SHARE: usize = 16_384;

/// How many relations are looked up together.
const PAIRS: usize = BATCH / 2;

/// A relation as texts: the dependent, how it needs the dependency, and that.
type Stated<'t> = (&'t str, Relation, &'t str);

impl SupplyGraphBuilder {
    /// States many relations, as [`relate`](Self::relate) does for each, in a fraction of the time.
    ///
    /// The texts are ids as they are, and nothing is normalized: see [`NodeId::of_purl`].
    ///
    /// ```
    /// use modelward_graph::{Relation, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:huggingface/acme/tuned@1a2b", Relation::TrainedOn, "pkg:huggingface/datasets/acme/reviews@3c4d"),
    ///     ("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/acme/tuned@1a2b"),
    /// ])?;
    /// assert_eq!(builder.build()?.node_count(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`BuildGraphError`]; none of the relations is stated then.
    pub fn relate_all(&mut self, edges: &[Stated<'_>]) -> Result<&mut Self, BuildGraphError> {
        let limit = self.limits.max_edges();
        if edges.len() > limit - self.edges.len() {
            return Err(BuildGraphError::TooManyEdges { limit });
        }
        let kept = self.edges.len();
        let added = self.intern_all(edges);
        if let Err((index, refused)) = added {
            self.edges.truncate(kept);
            return Err(self.refusal(index, &refused));
        }
        self.codes.extend(edges.iter().map(|edge| edge.1.code()));
        self.drop_self_relations(kept);
        Ok(self)
    }

    /// Adds the ends of all edges, of which each thread numbers a share.
    fn intern_all(&mut self, edges: &[Stated<'_>]) -> Result<(), (usize, Refused)> {
        let threads = self.threads.get().min(edges.len() / SHARE).max(1);
        let (own, others) = edges.split_at(edges.len().div_ceil(threads));
        let share = others.len().div_ceil((threads - 1).max(1)).max(1);
        let max = self.limits.max_nodes();
        let (ids, pairs) = (&mut self.ids, &mut self.edges);
        let mut shares = Vec::new();
        thread::scope(|scope| {
            let begin = |edges| Begun::on_thread(scope, move || Share::of(edges, max));
            let began: Vec<_> = others.chunks(share).map(begin).collect();
            let outcome = intern(own, ids, pairs);
            shares.extend(began.into_iter().map(Begun::join));
            outcome
        })?;
        let mut offset = own.len();
        for outcome in shares {
            let part = outcome.map_err(|(index, refused)| (offset + index, refused))?;
            offset += part.pairs.len();
            let numbers = self.adopt(&part).map_err(|refused| (offset, refused))?;
            let number = |(from, to): &(u32, u32)| (numbers[*from as usize], numbers[*to as usize]);
            self.edges.extend(part.pairs.iter().map(number));
        }
        Ok(())
    }

    /// Gives the texts of a share numbers of the whole.
    fn adopt(&mut self, part: &Share) -> Result<Vec<u32>, Refused> {
        let texts: Vec<&str> = part.ids.texts().iter().collect();
        let mut numbers = Vec::with_capacity(texts.len());
        let (batches, rest) = texts.as_chunks::<BATCH>();
        for batch in batches {
            let batch = self.ids.intern_batch(batch);
            numbers.extend(batch.map_err(|(_, refused)| refused)?);
        }
        for text in rest {
            numbers.push(self.ids.intern(text)?);
        }
        Ok(numbers)
    }

    /// Takes out what is related to itself, with a warning for each.
    fn drop_self_relations(&mut self, kept: usize) {
        let is_self = |edge: &(u32, u32)| edge.0 == edge.1;
        if !self.edges[kept..].iter().any(is_self) {
            return;
        }
        let (edges, codes) = (self.edges.split_off(kept), self.codes.split_off(kept));
        for (edge, code) in edges.into_iter().zip(codes) {
            if is_self(&edge) {
                let id = NodeId::of_checked(self.ids.texts().at(edge.0));
                self.warn_of_self(id, Relation::of_code(code));
            } else {
                self.edges.push(edge);
                self.codes.push(code);
            }
        }
    }
}

/// What one thread numbered, by numbers of its own.
struct Share {
    ids: Interner,
    pairs: Vec<(u32, u32)>,
}

impl Share {
    fn of(edges: &[Stated<'_>], max: usize) -> Result<Self, (usize, Refused)> {
        let mut share = Self {
            ids: Interner::new(max, NodeId::check),
            pairs: Vec::with_capacity(edges.len()),
        };
        intern(edges, &mut share.ids, &mut share.pairs)?;
        Ok(share)
    }
}

/// Numbers both ends of each edge. An error tells the index of the edge.
fn intern(
    edges: &[Stated<'_>],
    ids: &mut Interner,
    pairs: &mut Vec<(u32, u32)>,
) -> Result<(), (usize, Refused)> {
    let (batches, rest) = edges.as_chunks::<PAIRS>();
    for (index, batch) in batches.iter().enumerate() {
        let mut texts = [""; BATCH];
        for (ends, (from, _, to)) in texts.as_chunks_mut::<2>().0.iter_mut().zip(batch) {
            *ends = [from, to];
        }
        let numbers = ids
            .intern_batch(&texts)
            .map_err(|(at, refused)| (index * PAIRS + at / 2, refused))?;
        let ends = numbers.as_chunks::<2>().0.iter();
        pairs.extend(ends.map(|[from, to]| (*from, *to)));
    }
    for (index, (from, _, to)) in rest.iter().enumerate() {
        let mut number = |text| ids.intern(text);
        let pair = number(from).and_then(|from| Ok((from, number(to)?)));
        pairs.push(pair.map_err(|refused| (ix(batches.len() * PAIRS + index) as usize, refused))?);
    }
    Ok(())
}
