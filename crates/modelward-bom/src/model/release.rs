use crate::model::attachment::Attachment;
use crate::model::issue::Issue;
use crate::model::property::Property;
use crate::model::text::{DateTime, Iri, Locale};
use crate::shape::objects;

objects! {
    /// Describes a release.
    ReleaseNotes = "releaseNotes" {
        /// Returns the kind.
        required text kind with_kind: String = "type" V1_2;
        /// Returns the title.
        optional text title with_title: String = "title" V1_2;
        /// Returns the address of the main image.
        optional text featured_image with_featured_image: Iri = "featuredImage" V1_2;
        /// Returns the address of an image for sharing.
        optional text social_image with_social_image: Iri = "socialImage" V1_2;
        /// Returns the description.
        optional text description with_description: String = "description" V1_2;
        /// Returns when it was.
        optional text timestamp with_timestamp: DateTime = "timestamp" V1_2;
        /// Returns other names.
        optional many aliases with_aliases: String = "aliases" V1_2;
        /// Returns the words by which it is found.
        optional many tags with_tags: String = "tags" V1_2;
        /// Returns the issues that are resolved.
        optional many resolves with_resolves: Issue = "resolves" V1_2;
        /// Returns notes, each in one language.
        optional many notes with_notes: Note = "notes" V1_2;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_2;
    }

    /// Holds a note about a release in one language.
    Note = "note" {
        /// Returns the language, such as `en` or `en-US`.
        optional text locale with_locale: Locale = "locale" V1_2;
        /// Returns the text.
        required one text with_text: Attachment = "text" V1_2;
    }
}
