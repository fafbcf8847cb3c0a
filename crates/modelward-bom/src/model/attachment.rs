use crate::shape::{objects, words};

words! {
    /// Says how an attachment is written as text (`attachment.encoding`).
    Encoding {
        Base64 = "base64" V1_2,
    }
}

objects! {
    /// Holds a document inside the document.
    Attachment = "attachment" {
        /// Returns the media type.
        optional text content_type with_content_type: String = "contentType" V1_2;
        /// Returns how the content is written; as plain text where this is absent.
        optional copy encoding with_encoding: Encoding = "encoding" V1_2;
        /// Returns the content as it is written.
        required text content with_content: String = "content" V1_2;
    }
}
