//! Tests of pictures and tables, until `it` compiles again.
#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

#[path = "it/export.rs"]
mod export;
#[path = "it/export_sql.rs"]
mod export_sql;
#[path = "it/render.rs"]
mod render;
#[path = "it/summary.rs"]
mod summary;
