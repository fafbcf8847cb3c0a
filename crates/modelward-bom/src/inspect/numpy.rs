pub(crate) mod dtype;
