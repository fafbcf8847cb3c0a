use std::fmt;

use super::Px;
use crate::NodeKind;

/// Displays the sign of a kind, 20 pixels wide, with white lines on a tile of the color of the kind.
pub(super) struct Icon {
    pub(super) kind: NodeKind,
    pub(super) corner: (f64, f64),
    pub(super) height: f64,
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (x, y) = (Px(self.corner.0), Px(self.corner.1));
        let (color, height) = (color(self.kind), Px(self.height));
        write!(
            f,
            r#"<rect x="{x}" y="{y}" width="28" height="{height}" rx="6" fill="{color}"/>"#
        )?;
        let (x, y) = (
            Px(self.corner.0 + 4.0),
            Px(self.corner.1 + self.height / 2.0 - 10.0),
        );
        write!(
            f,
            r#"<path transform="translate({x} {y})" d="{}" "#,
            lines(self.kind)
        )?;
        f.write_str(
            r##"fill="none" stroke="#ffffff" stroke-width="1.5" stroke-linejoin="round"/>"##,
        )
    }
}

/// Returns the color of a kind, which others of its family share.
pub(super) const fn color(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Adapter | NodeKind::Model | NodeKind::Tokenizer => "#0b5fa5",
        NodeKind::Dataset => "#00795a",
        NodeKind::Evaluation | NodeKind::TrainingRun => "#96487b",
        NodeKind::Container | NodeKind::File | NodeKind::Library => "#8a5a00",
        NodeKind::Organization | NodeKind::Service => "#2f6f8f",
        NodeKind::Document | NodeKind::Unknown => "#68707c",
    }
}

/// Returns the lines of a sign in a square of 20 by 20.
const fn lines(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Adapter => "M4 7h12v7H4zM7 7V3M13 7V3M10 14v4",
        NodeKind::Container => "M2.5 5.5h15v9h-15zM6.3 5.5v9M10 5.5v9M13.7 5.5v9",
        NodeKind::Dataset => {
            "M4 5c0-3 12-3 12 0v10c0 3-12 3-12 0zM4 5c0 3 12 3 12 0M4 10c0 3 12 3 12 0"
        }
        NodeKind::Document => "M5 2.5h7L15.5 6v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h5.5",
        NodeKind::Evaluation => "M3 17h14M5.5 17v-5M10 17V4M14.5 17V9",
        NodeKind::File => "M5 2.5h7L15.5 6v11.5H5zM12 2.5V6h3.5",
        NodeKind::Library => {
            "M7.5 3C4 3 7 9 3.5 10 7 11 4 17 7.5 17M12.5 3c3.5 0 .5 6 4 7-3.5 1-.5 7-4 7"
        }
        NodeKind::Model => "M10 2.5 16.5 6v8L10 17.5 3.5 14V6zM3.5 6 10 9.5 16.5 6M10 9.500v8",
        NodeKind::Organization => {
            "M4 17.500V3h8v14.500M12 8h4.500v9.500M2.5 17.500h15M6.5 6.500h3M6.5 10h3M6.5 13.500h3"
        }
        NodeKind::Service => {
            "M6 15.500a3.5 3.5 0 0 1 0-7 4.5 4.5 0 0 1 8.5-.5 3.8 3.8 0 0 1 0 7.500z"
        }
        NodeKind::Tokenizer => "M2.5 7h4v6h-4zM8 7h4v6H8zM13.5 7h4v6h-4z",
        NodeKind::TrainingRun => {
            "M16.5 10a6.5 6.5 0 1 1-2-4.700M14.5 2v3.500H11M8.5 7.500v5l4-2.500z"
        }
        NodeKind::Unknown => "M7 7.500c0-4.5 6.5-4.5 6.5 0 0 2.5-3.3 2.5-3.3 5M10.2 15v1.5",
    }
}
