use std::time::{Duration, Instant};

use modelward_bom::inspect::InspectError;

use crate::pickle::{self, keras, numpy, torch, zip};
use crate::seed;

type Reader = fn(&[u8]) -> Result<usize, InspectError>;

/// What every reader makes of a file: the number of findings stands for having asked for all.
fn readers() -> [Reader; 4] {
    [
        |bytes| pickle::read(bytes).map(|file| file.facts().len() + file.findings().len()),
        |bytes| torch::read(bytes).map(|file| file.facts().len() + file.findings().len()),
        |bytes| numpy::read(bytes).map(|file| file.facts().len() + file.findings().len()),
        |bytes| keras::read(bytes).map(|file| file.facts().len() + file.findings().len()),
    ]
}

fn files() -> Vec<Vec<u8>> {
    let header = "{'descr': [('a', '<f4'), ('b', '|O')], 'fortran_order': False, 'shape': (2,)}";
    let array = numpy::array(1, header, b"\x80\x02cos\nsystem\n.");
    let plain = numpy::array(2, &header.replace("|O", "<i2"), &[0; 12]);
    vec![
        zip::archive(&[("a.npy", &array), ("b.npy", &plain)]),
        torch::object(),
        torch::zipped(),
        torch::legacy(),
        keras::model(&keras::with_layer("keras.layers", "Lambda", "null")),
        array,
        plain,
    ]
}

#[test]
fn no_change_of_a_byte_makes_a_reader_panic_or_hang() {
    let begin = Instant::now();
    let mut tried = 0_u32;
    for file in files() {
        for target in ["keras", "numpy", "pickle", "torch"] {
            seed::keep(target, &file);
        }
        for at in 0..file.len() {
            for mask in [0x01, 0x80, 0xff] {
                let mut changed = file.clone();
                changed[at] ^= mask;
                for reader in readers() {
                    tried += u32::from(reader(&changed).is_ok());
                }
            }
        }
    }
    // Most bytes of an archive are not looked at by some reader: the loop did read.
    assert!(tried > 1000, "{tried}");
    assert!(begin.elapsed() < Duration::from_secs(120));
}

#[test]
fn no_cut_of_a_file_makes_a_reader_panic_or_take_it_for_whole() {
    for file in files() {
        let whole: Vec<_> = readers()
            .iter()
            .map(|reader| reader(&file).is_ok())
            .collect();
        assert!(whole.contains(&true));
        for length in 0..file.len() {
            for reader in readers() {
                // A file that is cut is an error, or has fewer facts or more findings.
                let _said = reader(&file[..length]);
            }
        }
    }
    let stream = torch::object();
    for length in 1..stream.len() {
        let clean = pickle::read(&stream[..length]).is_ok_and(|file| file.is_whole());
        assert!(!clean, "{length}");
    }
}
