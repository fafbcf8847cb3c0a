//! A made supply chain: services need models, models need other models and data, and all of them need
//! libraries. The same number of nodes gives the same graph everywhere.

use crate::data::{Edge, Edges, Picks, RELATIONS};

const LAYERS: u32 = 12;
const EDGES_A_NODE: usize = 5;
const FLAWED: u32 = 1_000;
const ROOTS: u32 = 10_000;
const SEED: u64 = 0x006d_6f64_656c_7761;
const WORD: [&[u8]; 2] = [b"bdfgklmnprstvz", b"aeiou"];

/// Nodes in layers, each of which needs some of deeper layers, a few of them very often.
///
/// Most edges lead to the next layer. Who needs a node is drawn evenly, whom a node needs is not: a
/// node's rank in its layer is the layer's size times the fifth power of an even fraction, but for a
/// quarter of the edges. No edge is there twice and there is no cycle.
#[derive(Debug)]
pub(crate) struct Layers {
    nodes: u32,
    ids: String,
    /// Where each id ends.
    ends: Vec<u32>,
    edges: Vec<Packed>,
    picked: Picked,
}

/// An edge in one number, so that 50 million of them take 400 MB: 28 bits, 28 bits, a relation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Packed(u64);

#[derive(Clone, Copy, Debug, Default)]
struct Picked {
    popular: u32,
    p99: u32,
    median: u32,
    why: [u32; 2],
}

impl Layers {
    /// Makes a graph of so many nodes, at least some hundreds.
    pub(crate) fn make(nodes: u32) -> Self {
        assert!((500..1 << 28).contains(&nodes), "500 to 2^28 nodes");
        let mut random = Random(SEED ^ u64::from(nodes));
        let mut layers = Self {
            nodes,
            ids: String::new(),
            ends: Vec::with_capacity(nodes as usize),
            edges: Vec::with_capacity(nodes as usize * EDGES_A_NODE),
            picked: Picked::default(),
        };
        for node in 0..nodes {
            layers.name(node, &mut random);
        }
        layers.join(&mut random);
        layers.pick();
        layers.shuffle(&mut random);
        layers
    }

    /// Returns what is asked of the graph.
    pub(crate) fn picks(&self) -> Picks {
        let picked = self.picked;
        let id = |node| self.id(node).to_owned();
        let services = self.start(1);
        let others = self.nodes - services;
        Picks {
            flawed: spread(FLAWED, others)
                .map(|node| id(services + node))
                .collect(),
            roots: spread(ROOTS, services).map(id).collect(),
            popular: id(picked.popular),
            p99: id(picked.p99),
            median: id(picked.median),
            why: picked.why.map(id),
        }
    }

    fn id(&self, node: u32) -> &str {
        let node = node as usize;
        let start = node.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start as usize..self.ends[node] as usize]
    }

    /// Returns the first node of a layer.
    fn start(&self, layer: u32) -> u32 {
        low(u64::from(self.nodes) * u64::from(layer) / u64::from(LAYERS))
    }

    fn layer(&self, node: u32) -> u32 {
        let guess = low(u64::from(node) * u64::from(LAYERS) / u64::from(self.nodes));
        if node < self.start(guess + 1) {
            guess
        } else {
            guess + 1
        }
    }

    /// Gives the next node a package URL of about 35 bytes.
    fn name(&mut self, node: u32, random: &mut Random) {
        let text = &mut self.ids;
        let versioned = match u64::from(node) * u64::from(LAYERS) / u64::from(self.nodes) {
            0 | 5 => {
                text.push_str("pkg:generic/");
                true
            }
            1..=4 => {
                text.push_str("pkg:huggingface/");
                false
            }
            _ => {
                text.push_str("pkg:pypi/");
                true
            }
        };
        random.word(text);
        text.push(if versioned { '-' } else { '/' });
        random.word(text);
        text.push('-');
        text.push_str(&node.to_string());
        if versioned {
            let [major, minor] = [random.below(10), random.below(30)];
            text.push_str(&format!("@{major}.{minor}.0"));
        }
        self.ends
            .push(u32::try_from(text.len()).expect("2^28 ids of 16 bytes"));
    }

    /// Draws the edges: first one for every node, so that each is in some edge.
    fn join(&mut self, random: &mut Random) {
        let bottom = self.start(LAYERS - 1);
        for node in 0..bottom {
            self.draw(node, random);
        }
        for node in bottom..self.nodes {
            let above = self.start(LAYERS - 2);
            let from = above + random.below(bottom - above);
            self.push(from, node, random);
        }
        while self.edges.len() < self.nodes as usize * EDGES_A_NODE {
            self.draw(random.below(bottom), random);
        }
        self.edges.sort_unstable();
        self.edges.dedup_by_key(|edge| edge.ends());
    }

    /// Draws an edge from a node.
    fn draw(&mut self, from: u32, random: &mut Random) {
        let next = self.layer(from) + 1;
        let layer = match random.below(10) {
            0..7 => next,
            _ => next + random.below(LAYERS - next),
        };
        let (start, end) = (self.start(layer), self.start(layer + 1));
        let size = end - start;
        let rank = if random.below(4) == 0 {
            random.below(size)
        } else {
            random.low(size)
        };
        self.push(from, start + rank, random);
    }

    fn push(&mut self, from: u32, to: u32, random: &mut Random) {
        let names: &[&str] = match self.layer(from) {
            0 => &["serves", "depends-on"],
            1..=4 => &["derived-from/finetune", "trained-on", "depends-on"],
            _ => &["depends-on", "contains"],
        };
        let count = u32::try_from(names.len()).expect("a handful");
        let name = names[random.below(count) as usize];
        let relation = (0..).zip(RELATIONS).find(|(_, known)| *known == name);
        let (relation, _) = relation.expect("it is in the list");
        self.edges.push(Packed::new(from, relation, to));
    }

    /// Looks for nodes to ask for, while the edges are sorted.
    fn pick(&mut self) {
        let mut degrees = vec![0_u32; self.nodes as usize];
        for edge in &self.edges {
            degrees[edge.to() as usize] += 1;
        }
        let mut sorted = degrees.clone();
        sorted.sort_unstable();
        let near = |wanted: u32, layer: u32| {
            let nodes = self.start(layer)..self.start(layer + 1);
            nodes.min_by_key(|node| degrees[*node as usize].abs_diff(wanted))
        };
        let most = sorted.last().copied().unwrap_or_default();
        self.picked = Picked {
            popular: (0..self.nodes)
                .find(|node| degrees[*node as usize] == most)
                .unwrap_or(0),
            p99: near(sorted[sorted.len() * 99 / 100], 8).unwrap_or(0),
            median: near(sorted[sorted.len() / 2], 4).unwrap_or(0),
            why: [0, self.farthest(0)],
        };
    }

    /// Returns the node that was reached last, breadth first.
    fn farthest(&self, root: u32) -> u32 {
        let mut seen = vec![false; self.nodes as usize];
        let mut queue = vec![root];
        let mut next = 0;
        while let Some(&node) = queue.get(next) {
            next += 1;
            let start = self.edges.partition_point(|edge| edge.from() < node);
            for edge in self.edges[start..]
                .iter()
                .take_while(|edge| edge.from() == node)
            {
                if !std::mem::replace(&mut seen[edge.to() as usize], true) {
                    queue.push(edge.to());
                }
            }
        }
        queue.last().copied().unwrap_or(root)
    }

    fn shuffle(&mut self, random: &mut Random) {
        for left in (1..self.edges.len()).rev() {
            let count = u32::try_from(left + 1).expect("below 2^32 edges");
            self.edges.swap(left, random.below(count) as usize);
        }
    }
}

impl Edges for Layers {
    fn iter(&self) -> impl Iterator<Item = Edge<'_>> {
        self.edges.iter().map(|edge| Edge {
            from: self.id(edge.from()),
            relation: edge.relation(),
            to: self.id(edge.to()),
        })
    }
}

impl Packed {
    const fn new(from: u32, relation: u8, to: u32) -> Self {
        Self((from as u64) << 36 | (to as u64) << 8 | relation as u64)
    }

    const fn ends(self) -> u64 {
        self.0 >> 8
    }

    fn from(self) -> u32 {
        low(self.0 >> 36)
    }

    fn to(self) -> u32 {
        low(self.0 >> 8 & 0xfff_ffff)
    }

    const fn relation(self) -> u8 {
        self.0.to_le_bytes()[0]
    }
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Debug)]
struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    /// Returns an even number below `bound`.
    fn below(&mut self, bound: u32) -> u32 {
        low(((self.next() >> 32) * u64::from(bound)) >> 32)
    }

    /// Returns a number below `bound` that is rather a small one.
    fn low(&mut self, bound: u32) -> u32 {
        let fraction = self.next() >> 32;
        let power = (0..4).fold(fraction, |power, _| (power * fraction) >> 32);
        low((power * u64::from(bound)) >> 32)
    }

    /// Adds a word that can be spoken.
    fn word(&mut self, text: &mut String) {
        for _ in 0..2 + self.below(3) {
            for letters in WORD {
                let count = u32::try_from(letters.len()).expect("letters");
                text.push(char::from(letters[self.below(count) as usize]));
            }
        }
    }
}

/// Takes `count` numbers below `bound` that lie evenly, all if there are fewer.
fn spread(count: u32, bound: u32) -> impl Iterator<Item = u32> {
    let count = u64::from(count.min(bound));
    (0..count).map(move |at| low((2 * at + 1) * u64::from(bound) / (2 * count)))
}

fn low(number: u64) -> u32 {
    u32::try_from(number).expect("a node is below 2^28")
}
