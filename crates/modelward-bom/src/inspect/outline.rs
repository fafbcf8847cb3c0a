//! What the names and shapes of tensors show of the architecture.

use std::collections::BTreeSet;

/// The architecture as far as tensors show it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Outline {
    /// The numbers of the layers.
    pub(crate) layers: BTreeSet<u64>,
    /// The rows and columns of the embedding: size of the vocabulary and width of the model.
    pub(crate) embedding: Option<(u64, u64)>,
}

/// The words before the number of a layer, in the names that common libraries give.
const LAYERS: [&str; 6] = ["blk", "block", "blocks", "h", "layer", "layers"];

/// The ends of the names of token embeddings.
const EMBEDDINGS: [&str; 6] = [
    "embed_tokens.weight",
    "embeddings.word_embeddings.weight",
    "tok_embeddings.weight",
    "token_embd.weight",
    "word_embeddings.weight",
    "wte.weight",
];

impl Outline {
    /// Takes a tensor into account, with the sizes of its dimensions, the outermost first.
    pub(crate) fn add(&mut self, name: &str, shape: &[u64]) {
        // A decoder beside an encoder has layers of its own, which no one number describes.
        let mut words = name.split('.').peekable();
        while let Some(word) = words.next() {
            let number = words.peek().and_then(|next| next.parse::<u64>().ok());
            if let Some(number) = number.filter(|_| LAYERS.contains(&word)) {
                self.layers.insert(number);
                break;
            }
        }
        if let [rows, columns] = shape
            && EMBEDDINGS.iter().any(|end| name.ends_with(end))
        {
            self.embedding = Some((*rows, *columns));
        }
    }

    /// Joins what several files of one model show.
    pub(crate) fn join(&mut self, other: &Self) {
        self.layers.extend(&other.layers);
        self.embedding = self.embedding.or(other.embedding);
    }
}
