//! Where things stand on a straight line that want to be near others and must not overlap.

/// What has a place to be found.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    /// Where its middle wants to be.
    pub(super) at: f64,
    /// How much it wants that, more than 0.
    pub(super) weight: f64,
    /// How far it reaches on both sides, with half of the gap to the next one.
    pub(super) reach: f64,
}

/// Returns the places, in the order of the wishes, with the least sum of weighted squares of the
/// distances from where things want to be.
///
/// Without the room that things take it is isotonic regression, which merging neighbors solves.
pub(super) fn places(wishes: &[Wish]) -> Vec<f64> {
    // Each block has a sum of weighted wishes, a sum of weights and a count.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(wishes.len());
    let (mut offset, mut before) = (0.0, 0.0);
    for wish in wishes {
        offset += before + wish.reach;
        before = wish.reach;
        offsets.push(offset);
        let mut block = ((wish.at - offset) * wish.weight, wish.weight, 1);
        while let Some(last) = blocks.pop_if(|last| last.0 / last.1 > block.0 / block.1) {
            block = (block.0 + last.0, block.1 + last.1, block.2 + last.2);
        }
        blocks.push(block);
    }
    let spots = blocks
        .iter()
        .flat_map(|block| std::iter::repeat_n(block.0 / block.1, block.2));
    spots
        .zip(offsets)
        .map(|(spot, offset)| spot + offset)
        .collect()
}
