//! Advisories in CSAF 2.0 and 2.1.

mod request;
