//! Makes a small real model: data, training, and a directory as Hugging Face lays it out.

use std::fs;
use std::io;
use std::path::Path;

use safetensors::tensor::{Dtype, TensorView};
use serde_json::json;

/// How many hidden units the classifier has.
const HIDDEN: usize = 8;

/// How many points each of the two sets has.
const POINTS: usize = 400;

/// What every number that is drawn depends on.
const SEED: u64 = 0x006d_6f64_656c;

/// A classifier with one hidden layer: 2 inputs, 8 hidden units with tanh, 1 output with sigmoid.
pub(crate) struct Classifier {
    hidden_weight: [[f32; 2]; HIDDEN],
    hidden_bias: [f32; HIDDEN],
    output_weight: [f32; HIDDEN],
    output_bias: f32,
}

/// One point and the moon that it belongs to: 0 or 1.
struct Sample {
    point: [f32; 2],
    label: f32,
}

impl Classifier {
    /// Returns the points that it is trained on, with the moon of each, as numbers of 32 bits.
    pub(crate) fn training_data() -> Vec<u8> {
        let samples = two_moons(&mut Random(SEED));
        let values = samples
            .iter()
            .flat_map(|it| [it.point[0], it.point[1], it.label]);
        bytes(&values.collect::<Vec<f32>>())
    }

    /// Trains on two half moons with noise, and returns the share of unseen points that it gets right.
    pub(crate) fn train() -> (Self, f64) {
        let mut random = Random(SEED);
        let training = two_moons(&mut random);
        let unseen = two_moons(&mut random);
        let mut model = Self::start(&mut random);
        for epoch in 0..200 {
            let rate = 0.2 / (1.0 + 0.02 * epoch as f32);
            for sample in &training {
                model.learn(sample, rate);
            }
        }
        let right = unseen
            .iter()
            .filter(|sample| (model.predict(sample.point) > 0.5) == (sample.label > 0.5));
        let accuracy = right.count() as f64 / unseen.len() as f64;
        (model, accuracy)
    }

    /// Writes the directory: weights, configuration and model card.
    pub(crate) fn write(&self, folder: &Path, accuracy: f64) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let flat: Vec<f32> = self.hidden_weight.iter().flatten().copied().collect();
        let tensors = [
            ("hidden.weight", vec![HIDDEN, 2], bytes(&flat)),
            ("hidden.bias", vec![HIDDEN], bytes(&self.hidden_bias)),
            ("output.weight", vec![1, HIDDEN], bytes(&self.output_weight)),
            ("output.bias", vec![1], bytes(&[self.output_bias])),
        ];
        let views = tensors
            .iter()
            .map(|(name, shape, data)| {
                TensorView::new(Dtype::F32, shape.clone(), data).map(|view| (*name, view))
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(io::Error::other)?;
        let weights = safetensors::serialize(views, None).map_err(io::Error::other)?;
        fs::write(folder.join("model.safetensors"), weights)?;
        let config = json!({
            "architectures": ["TwoMoonsClassifier"],
            "model_type": "multilayer-perceptron",
            "hidden_size": HIDDEN,
            "hidden_act": "tanh",
            "num_hidden_layers": 1,
        });
        fs::write(folder.join("config.json"), format!("{config:#}\n"))?;
        fs::write(folder.join("README.md"), card(accuracy))
    }

    fn start(random: &mut Random) -> Self {
        let mut model = Self {
            hidden_weight: [[0.0; 2]; HIDDEN],
            hidden_bias: [0.0; HIDDEN],
            output_weight: [0.0; HIDDEN],
            output_bias: 0.0,
        };
        model
            .hidden_weight
            .as_flattened_mut()
            .fill_with(|| random.around_zero());
        model.hidden_bias.fill_with(|| random.around_zero());
        model.output_weight.fill_with(|| random.around_zero());
        model
    }

    fn hidden(&self, point: [f32; 2]) -> [f32; HIDDEN] {
        std::array::from_fn(|unit| {
            let [a, b] = self.hidden_weight[unit];
            (a * point[0] + b * point[1] + self.hidden_bias[unit]).tanh()
        })
    }

    fn predict(&self, point: [f32; 2]) -> f32 {
        self.output(&self.hidden(point))
    }

    fn output(&self, hidden: &[f32; HIDDEN]) -> f32 {
        let pairs = hidden.iter().zip(&self.output_weight);
        let sum: f32 = pairs.map(|(value, weight)| value * weight).sum();
        1.0 / (1.0 + (-(sum + self.output_bias)).exp())
    }

    /// Takes one step of gradient descent on the cross entropy of one sample.
    fn learn(&mut self, sample: &Sample, rate: f32) {
        let hidden = self.hidden(sample.point);
        let error = self.output(&hidden) - sample.label;
        for (unit, value) in hidden.into_iter().enumerate() {
            let back = error * self.output_weight[unit] * (1.0 - value * value);
            self.output_weight[unit] -= rate * error * value;
            self.hidden_weight[unit][0] -= rate * back * sample.point[0];
            self.hidden_weight[unit][1] -= rate * back * sample.point[1];
            self.hidden_bias[unit] -= rate * back;
        }
        self.output_bias -= rate * error;
    }
}

fn card(accuracy: f64) -> String {
    format!(
        "---
license: mit
pipeline_tag: tabular-classification
model_name: two-moons-classifier
datasets:
- modelward/two-moons
tags:
- example
model-index:
- name: two-moons-classifier
  results:
  - task:
      type: tabular-classification
    dataset:
      type: modelward/two-moons
      name: two moons, unseen points
    metrics:
    - type: accuracy
      value: {accuracy}
---
# Two moons

Tells on which of two half moons a point lies.
It was trained by an example program of modelward on points that the program made itself.
"
    )
}

fn two_moons(random: &mut Random) -> Vec<Sample> {
    (0..POINTS)
        .map(|index| {
            let angle = std::f32::consts::PI * random.unit();
            let noise = [0.1 * random.around_zero(), 0.1 * random.around_zero()];
            let (point, label) = if index % 2 == 0 {
                ([angle.cos(), angle.sin()], 0.0)
            } else {
                ([1.0 - angle.cos(), 0.5 - angle.sin()], 1.0)
            };
            let point = [point[0] + noise[0], point[1] + noise[1]];
            Sample { point, label }
        })
        .collect()
}

fn bytes(values: &[f32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect()
}

/// A small generator with a fixed seed (xorshift), so that every run makes the same model.
struct Random(u64);

impl Random {
    /// Returns a number from 0 to 1.
    fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1 << 24) as f32
    }

    /// Returns a number from -1 to 1.
    fn around_zero(&mut self) -> f32 {
        2.0 * self.unit() - 1.0
    }
}
