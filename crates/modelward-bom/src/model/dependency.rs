use crate::model::text::BomRef;
use crate::shape::objects;

objects! {
    /// States that one component needs or provides others.
    Dependency = "dependency" {
        /// Returns the `bom-ref` of what needs the others.
        required text dependent with_dependent: BomRef = "ref" V1_2;
        /// Returns the `bom-ref` of each that it needs.
        optional many dependencies with_dependencies: BomRef = "dependsOn" V1_2 [unique = true];
        /// Returns the `bom-ref` of each that it implements or provides.
        optional many provides with_provides: BomRef = "provides" V1_6 [unique = true];
    }
}
