//! The subcategories that something bears on, and how far.

use modelward_rmf::{Function, Subcategory};

use crate::Strength;

/// Says how far something bears on a subcategory.
#[derive(Clone, Copy)]
pub(super) struct Bearing(pub(super) Subcategory, pub(super) Strength);

pub(super) const fn direct(subcategory: Subcategory) -> Bearing {
    Bearing(subcategory, Strength::Direct)
}

pub(super) const fn supporting(subcategory: Subcategory) -> Bearing {
    Bearing(subcategory, Strength::Supporting)
}

/// Writes one constant for each subcategory that something bears on.
macro_rules! subcategories {
    ($($name:ident: $function:ident $category:literal . $number:literal,)*) => {$(
        pub(super) const $name: Subcategory = id(Function::$function, $category, $number);
    )*};
}

subcategories! {
    GOVERN_1_3: Govern 1 . 3,
    GOVERN_1_4: Govern 1 . 4,
    GOVERN_1_5: Govern 1 . 5,
    GOVERN_1_6: Govern 1 . 6,
    GOVERN_2_1: Govern 2 . 1,
    GOVERN_4_2: Govern 4 . 2,
    GOVERN_4_3: Govern 4 . 3,
    GOVERN_6_1: Govern 6 . 1,
    MAP_1_1: Map 1 . 1,
    MAP_1_5: Map 1 . 5,
    MAP_2_1: Map 2 . 1,
    MAP_2_2: Map 2 . 2,
    MAP_2_3: Map 2 . 3,
    MAP_3_2: Map 3 . 2,
    MAP_3_3: Map 3 . 3,
    MAP_4_1: Map 4 . 1,
    MAP_4_2: Map 4 . 2,
    MAP_5_1: Map 5 . 1,
    MEASURE_1_3: Measure 1 . 3,
    MEASURE_2_1: Measure 2 . 1,
    MEASURE_2_3: Measure 2 . 3,
    MEASURE_2_4: Measure 2 . 4,
    MEASURE_2_5: Measure 2 . 5,
    MEASURE_2_6: Measure 2 . 6,
    MEASURE_2_7: Measure 2 . 7,
    MEASURE_2_8: Measure 2 . 8,
    MEASURE_2_9: Measure 2 . 9,
    MEASURE_2_10: Measure 2 . 10,
    MEASURE_2_11: Measure 2 . 11,
    MEASURE_2_12: Measure 2 . 12,
    MEASURE_3_1: Measure 3 . 1,
    MANAGE_1_1: Manage 1 . 1,
    MANAGE_1_2: Manage 1 . 2,
    MANAGE_1_3: Manage 1 . 3,
    MANAGE_1_4: Manage 1 . 4,
    MANAGE_2_3: Manage 2 . 3,
    MANAGE_2_4: Manage 2 . 4,
    MANAGE_3_1: Manage 3 . 1,
    MANAGE_3_2: Manage 3 . 2,
    MANAGE_4_1: Manage 4 . 1,
    MANAGE_4_3: Manage 4 . 3,
}

/// Runs when the constants are compiled, so that a number that does not exist does not compile.
const fn id(function: Function, category: u8, number: u8) -> Subcategory {
    let mut index = 0;
    while index < Subcategory::ALL.len() {
        let it = Subcategory::ALL[index];
        let is_function = it.function() as u8 == function as u8;
        if is_function && it.category().number() == category && it.number() == number {
            return it;
        }
        index += 1;
    }
    panic!("no such subcategory");
}
