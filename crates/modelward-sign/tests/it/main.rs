//! Tests of `modelward-sign` against its public API.

mod attestation;
mod authority;
mod certificate;
mod chain;
mod chain_addresses;
mod chain_bounds;
mod chain_constraints;
mod chain_forged;
mod chain_kinds;
mod chain_lists;
mod chain_policies;
mod chain_revocation;
mod chain_speakers;
mod chain_strict;
mod faults;
mod fixture;
mod forms;
mod inspect;
mod joint;
mod key;
mod lies;
mod loading;
mod models;
mod mutation;
mod oms;
mod pitfalls;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod pki_matrix;
mod pkits;
mod property;
mod public_api;
mod resign;
mod round_trip;
mod sample;
mod seed;
mod signer;
#[cfg(feature = "sigstore")]
mod sigstore;
mod verification;
mod verification_historic;
mod verification_limits;
