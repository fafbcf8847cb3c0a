//! The smallest choice of upgrades, by branch and bound from a greedy one.

use std::cmp::{Ordering, Reverse};

/// A set of flaws, one bit each.
pub(super) type Flaws = crate::bits::Bits;

/// What one upgrade does.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The flaws that are gone for all once it is made.
    pub(super) replaced: Flaws,
    /// The flaws that its direct dependency does not bring any more.
    pub(super) dropped: Flaws,
}

/// The upgrades of some direct dependencies, of each of which at most one can be chosen.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// How many flaws there are.
    pub(super) flaws: usize,
    /// For each direct dependency, those without an upgrade included, the flaws that it brings.
    pub(super) brought: Vec<Flaws>,
    pub(super) choices: Vec<Vec<Choice>>,
}

/// The upgrade of each direct dependency, if one is chosen.
pub(super) type Chosen = Vec<Option<usize>>;

impl Problem {
    /// Returns the flaws that a choice clears.
    pub(super) fn cleared(&self, chosen: &[Option<usize>]) -> Flaws {
        let made = |direct: usize| Some(&self.choices[direct][chosen[direct]?]);
        self.cleared_by(|direct| made(direct).map(|choice| (&choice.replaced, &choice.dropped)))
    }

    fn cleared_by<'p>(&'p self, made: impl Fn(usize) -> Option<(&'p Flaws, &'p Flaws)>) -> Flaws {
        let mut kept = Flaws::new(self.flaws);
        let mut replaced = Flaws::new(self.flaws);
        for (direct, brought) in self.brought.iter().enumerate() {
            let mut still = brought.clone();
            if let Some((replaces, drops)) = made(direct) {
                replaced.combine(replaces, |word, other| *word |= other);
                still.combine(drops, |word, other| *word &= !other);
            }
            kept.combine(&still, |word, other| *word |= other);
        }
        // What nothing brings at all is not cleared by doing nothing.
        let mut cleared = Flaws::new(self.flaws);
        for brought in &self.brought {
            cleared.combine(brought, |word, other| *word |= other);
        }
        cleared.combine(&kept, |word, other| *word &= !other);
        cleared.combine(&replaced, |word, other| *word |= other);
        cleared
    }

    /// Returns the choice that clears most with the fewest upgrades, and whether that is proven.
    pub(super) fn solve(&self, max_steps: u64) -> (Chosen, bool) {
        let greedy = self.greedy();
        let mut search = Search {
            problem: self,
            best: (self.cleared(&greedy).len(), count(&greedy)),
            chosen: greedy,
            unions: self
                .choices
                .iter()
                .map(|choices| self.union(choices))
                .collect(),
            order: self.order(),
            steps: max_steps,
        };
        let is_complete = search.run();
        (search.chosen, is_complete)
    }

    /// Makes the upgrade that helps most, again and again, then takes back what is not needed.
    fn greedy(&self) -> Chosen {
        let mut chosen: Chosen = vec![None; self.choices.len()];
        let mut progress = Progress::new(self);
        loop {
            let mut best = ((0, 0), None);
            for (direct, choices) in self.choices.iter().enumerate() {
                if chosen[direct].is_some() {
                    continue;
                }
                for (number, choice) in choices.iter().enumerate() {
                    let gain = progress.gain(choice);
                    if gain > best.0 {
                        best = (gain, Some((direct, number)));
                    }
                }
            }
            let Some((direct, number)) = best.1 else {
                break;
            };
            chosen[direct] = Some(number);
            progress.make(&self.choices[direct][number]);
        }
        self.thin(&mut chosen);
        chosen
    }

    fn thin(&self, chosen: &mut Chosen) {
        let cleared = self.cleared(chosen).len();
        for direct in (0..chosen.len()).rev() {
            let kept = chosen[direct].take();
            if self.cleared(chosen).len() < cleared {
                chosen[direct] = kept;
            }
        }
    }

    /// Returns what any of some upgrades does.
    fn union(&self, choices: &[Choice]) -> Choice {
        let mut union = Choice {
            replaced: Flaws::new(self.flaws),
            dropped: Flaws::new(self.flaws),
        };
        for choice in choices {
            union
                .replaced
                .combine(&choice.replaced, |word, other| *word |= other);
            union
                .dropped
                .combine(&choice.dropped, |word, other| *word |= other);
        }
        union
    }

    /// Returns the direct dependencies that have upgrades, those that can do most first.
    fn order(&self) -> Vec<usize> {
        let with_choices = 0..self.choices.len();
        let mut order: Vec<usize> = with_choices
            .filter(|direct| !self.choices[*direct].is_empty())
            .collect();
        let power = |direct: &usize| self.union(&self.choices[*direct]).dropped.len();
        order.sort_by_cached_key(|direct| (Reverse(power(direct)), *direct));
        order
    }
}

fn count(chosen: &[Option<usize>]) -> usize {
    chosen.iter().flatten().count()
}

/// How far a greedy choice got.
struct Progress {
    /// How many direct dependencies still bring each flaw.
    bringing: Vec<u32>,
    cleared: Flaws,
}

impl Progress {
    fn new(problem: &Problem) -> Self {
        let mut bringing = vec![0; problem.flaws];
        for flaw in problem.brought.iter().flat_map(Flaws::iter) {
            bringing[flaw as usize] += 1;
        }
        Self {
            bringing,
            cleared: Flaws::new(problem.flaws),
        }
    }

    /// Returns how many flaws more would be cleared, then how many would be brought once less.
    fn gain(&self, choice: &Choice) -> (usize, usize) {
        let open = |flaw: &u32| !self.cleared.contains(*flaw);
        let dropped = choice.dropped.iter().filter(open);
        let is_last = |flaw: &u32| self.bringing[*flaw as usize] == 1;
        let last = dropped
            .clone()
            .filter(|flaw| is_last(flaw) && !choice.replaced.contains(*flaw));
        (
            choice.replaced.iter().filter(open).count() + last.count(),
            dropped.count(),
        )
    }

    fn make(&mut self, choice: &Choice) {
        for flaw in choice.replaced.iter() {
            self.cleared.insert(flaw);
        }
        for flaw in choice.dropped.iter() {
            let bringing = &mut self.bringing[flaw as usize];
            *bringing -= 1;
            if *bringing == 0 {
                self.cleared.insert(flaw);
            }
        }
    }
}

struct Search<'p> {
    problem: &'p Problem,
    /// How many flaws the best choice clears, and with how many upgrades.
    best: (usize, usize),
    chosen: Chosen,
    /// What all upgrades of each direct dependency together could do.
    unions: Vec<Choice>,
    /// The direct dependencies that have upgrades, in the order in which they are decided.
    order: Vec<usize>,
    steps: u64,
}

impl Search<'_> {
    /// Goes through all choices but those that cannot be better. Tells whether it came to the end.
    fn run(&mut self) -> bool {
        let choices = &self.problem.choices;
        let mut chosen: Chosen = vec![None; choices.len()];
        let mut open = vec![false; choices.len()];
        for direct in &self.order {
            open[*direct] = true;
        }
        // What is tried next at each level: an upgrade by number, then none at all.
        let mut next: Vec<usize> = vec![0];
        while let Some(tried) = next.last_mut() {
            let number = *tried;
            *tried += 1;
            let level = next.len() - 1;
            let direct = self.order.get(level).copied();
            let Some(direct) = direct.filter(|direct| number <= choices[*direct].len()) else {
                if let Some(direct) = direct {
                    chosen[direct] = None;
                    open[direct] = true;
                }
                next.pop();
                continue;
            };
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            chosen[direct] = Some(number).filter(|number| *number < choices[direct].len());
            open[direct] = false;
            if self.can_be_better(&chosen, &open) {
                self.take(&chosen);
                next.push(0);
            }
        }
        true
    }

    /// Tells whether the open dependencies can make the choice better than the best.
    fn can_be_better(&self, chosen: &[Option<usize>], open: &[bool]) -> bool {
        let made = |direct: usize| {
            let decided = || Some(&self.problem.choices[direct][chosen[direct]?]);
            let choice = if open[direct] {
                Some(&self.unions[direct])
            } else {
                decided()
            };
            choice.map(|choice| (&choice.replaced, &choice.dropped))
        };
        let at_best = self.problem.cleared_by(made).len();
        let upgrades = count(chosen);
        match at_best.cmp(&self.best.0) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => {
                let is_enough = self.problem.cleared(chosen).len() == at_best;
                upgrades + usize::from(!is_enough) < self.best.1
            }
        }
    }

    fn take(&mut self, chosen: &[Option<usize>]) {
        let found = (self.problem.cleared(chosen).len(), count(chosen));
        let is_better = found.0 > self.best.0 || found.0 == self.best.0 && found.1 < self.best.1;
        if is_better {
            self.best = found;
            self.chosen = chosen.to_vec();
        }
    }
}
