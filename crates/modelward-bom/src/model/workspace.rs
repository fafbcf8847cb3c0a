use crate::model::exchange::ResourceReference;
use crate::model::property::Property;
use crate::model::text::BomRef;
use crate::shape::{objects, words};

words! {
    /// Says how a workspace may be used.
    AccessMode {
        ReadOnly = "read-only" V1_5,
        ReadWrite = "read-write" V1_5,
        ReadWriteOnce = "read-write-once" V1_5,
        WriteOnce = "write-once" V1_5,
        WriteOnly = "write-only" V1_5,
    }

    /// Says how a volume is used.
    VolumeMode {
        Block = "block" V1_5,
        Filesystem = "filesystem" V1_5,
    }
}

objects! {
    /// Describes where a task runs.
    Workspace = "workspace" {
        /// Returns the identifier by which the rest of the document refers to this.
        required text bom_ref with_bom_ref: BomRef = "bom-ref" V1_5;
        /// Returns the identifier.
        required text uid with_uid: String = "uid" V1_5;
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns other names.
        optional many aliases with_aliases: String = "aliases" V1_5;
        /// Returns the description.
        optional text description with_description: String = "description" V1_5;
        /// Returns what is used.
        optional many resource_references with_resource_references: ResourceReference = "resourceReferences" V1_5 [unique = true];
        /// Returns how it may be used.
        optional copy access_mode with_access_mode: AccessMode = "accessMode" V1_5;
        /// Returns where it is mounted.
        optional text mount_path with_mount_path: String = "mountPath" V1_5;
        /// Returns what data it holds.
        optional text managed_data_type with_managed_data_type: String = "managedDataType" V1_5;
        /// Returns the request for storage.
        optional text volume_request with_volume_request: String = "volumeRequest" V1_5;
        /// Returns the storage.
        optional one volume with_volume: Volume = "volume" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }

    /// Describes storage that a task uses.
    Volume = "volume" {
        /// Returns the identifier.
        optional text uid with_uid: String = "uid" V1_5;
        /// Returns the name.
        optional text name with_name: String = "name" V1_5;
        /// Returns how it is used.
        optional copy mode with_mode: VolumeMode = "mode" V1_5;
        /// Returns the path.
        optional text path with_path: String = "path" V1_5;
        /// Returns how much is allocated, such as `10GB`.
        optional text size_allocated with_size_allocated: String = "sizeAllocated" V1_5;
        /// Returns whether it outlasts the task.
        optional copy persistent with_persistent: bool = "persistent" V1_5;
        /// Returns whether it is elsewhere.
        optional copy remote with_remote: bool = "remote" V1_5;
        /// Returns values that CycloneDX has no member for.
        optional many properties with_properties: Property = "properties" V1_5;
    }
}
