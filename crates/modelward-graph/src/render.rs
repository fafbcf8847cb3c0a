mod balance;
mod cycles;
mod dot;
mod drawing;
mod error;
mod highlight;
mod layers;
mod layout;
mod line;
mod mermaid;
mod picture;
mod svg;
mod text;

pub use self::drawing::Drawing;
pub use self::error::DrawError;
pub use self::highlight::Highlight;
