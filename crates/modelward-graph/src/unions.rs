//! Groups of numbers that turn out to be of one thing, by the parent of each (union-find).

/// Puts each number into a group of its own.
pub(crate) fn alone(count: usize) -> Vec<u32> {
    (0..crate::graph::ix(count)).collect()
}

/// Returns the number that stands for the group of another, and shortens the way there.
pub(crate) fn root(parents: &mut [u32], mut number: u32) -> u32 {
    while parents[number as usize] != number {
        let above = parents[parents[number as usize] as usize];
        parents[number as usize] = above;
        number = above;
    }
    number
}
