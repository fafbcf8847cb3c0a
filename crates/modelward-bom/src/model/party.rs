use crate::model::text::{BomRef, Email, Iri};
use crate::shape::objects;

objects! {
    /// Describes an organization.
    OrganizationalEntity = "organizationalEntity" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the name.
        optional text name with_name: String = "name" V1_2;
        /// Returns where it is.
        optional one address with_address: PostalAddress = "address" V1_6;
        /// Returns the address.
        optional many url with_url: Iri = "url" V1_2;
        /// Returns the people to write to.
        optional many contact with_contact: OrganizationalContact = "contact" V1_2;
    }

    /// Describes a person, or a role to write to.
    OrganizationalContact = "organizationalContact" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the name.
        optional text name with_name: String = "name" V1_2;
        /// Returns the address to write to.
        optional text email with_email: Email = "email" V1_2;
        /// Returns the telephone number.
        optional text phone with_phone: String = "phone" V1_2;
    }

    /// States where an organization is.
    PostalAddress = "postalAddress" {
        /// Returns the identifier by which the rest of the document refers to this.
        optional text bom_ref with_bom_ref: BomRef = "bom-ref" V1_6;
        /// Returns the country.
        optional text country with_country: String = "country" V1_6;
        /// Returns the region.
        optional text region with_region: String = "region" V1_6;
        /// Returns the town.
        optional text locality with_locality: String = "locality" V1_6;
        /// Returns the post office box.
        optional text post_office_box_number with_post_office_box_number: String = "postOfficeBoxNumber" V1_6;
        /// Returns the postal code.
        optional text postal_code with_postal_code: String = "postalCode" V1_6;
        /// Returns the street.
        optional text street_address with_street_address: String = "streetAddress" V1_6;
    }
}
