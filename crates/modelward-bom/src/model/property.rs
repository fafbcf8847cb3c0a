use crate::shape::objects;

objects! {
    /// Names a value that CycloneDX has no member for.
    Property = "property" {
        /// Returns the name.
        required text name with_name: String = "name" V1_2;
        /// Returns the value.
        optional text value with_value: String = "value" V1_2;
    }
}
