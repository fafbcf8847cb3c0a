//! Tests of `modelward-sign` against its public API.

mod key;
mod models;
mod oms;
mod public_api;
mod round_trip;
