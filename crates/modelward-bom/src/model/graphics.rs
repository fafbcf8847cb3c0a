use crate::model::attachment::Attachment;
use crate::shape::objects;

objects! {
    /// Holds graphics and what they show.
    GraphicsCollection = "graphicsCollection" {
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns the graphics.
        optional many collection with_collection: Graphic = "collection" V1_5;
    }

    /// Holds one graphic.
    Graphic = "graphic" {
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns the image.
        optional one image with_image: Attachment = "image" V1_5;
    }
}
