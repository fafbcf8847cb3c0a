//! Which licenses copyleft lets a thing go on under.

use crate::license::NamedLicense;

/// Tells whether what is under `theirs` may become part of what is under `ours`, as far as the
/// demand for the same license goes.
pub(super) fn accepts(theirs: &NamedLicense, ours: &NamedLicense) -> bool {
    if theirs.id() == ours.id() && theirs.is_or_later() == ours.is_or_later() {
        return true;
    }
    let (Some(from), Some(to)) = (Versioned::of(theirs), Versioned::of(ours)) else {
        return false;
    };
    from.goes_on_as(&to) || from.turns_into(&to) || lists(theirs, ours)
}

/// Tells whether a license is the GPL or the AGPL.
pub(super) fn is_gpl(license: &NamedLicense) -> bool {
    Versioned::of(license).is_some_and(|license| matches!(license.family, "AGPL" | "GPL"))
}

/// Tells whether a version from 3 on may be chosen.
pub(super) fn may_be_gpl_3(license: &NamedLicense) -> bool {
    let license = Versioned::of(license);
    license.is_some_and(|license| license.or_later || license.version >= (3, 0))
}

/// One version of a license, or it with all later ones.
struct Versioned<'a> {
    family: &'a str,
    version: (u32, u32),
    /// What stands behind the version, such as `invariants`. The country of a port is left out.
    variant: &'a str,
    or_later: bool,
}

impl<'a> Versioned<'a> {
    fn of(license: &'a NamedLicense) -> Option<Self> {
        // What a reference of somebody's own is called says nothing of versions.
        if license.is_custom() {
            return None;
        }
        let id = license.id();
        let bare = id.strip_suffix("-or-later");
        let or_later = bare.is_some() || license.is_or_later();
        let bare = bare.unwrap_or(id);
        let bare = bare.strip_suffix("-only").unwrap_or(bare);
        let at = bare.find(|c: char| c.is_ascii_digit())?;
        let family = bare[..at].strip_suffix('-')?;
        let (version, variant) = bare[at..].split_once('-').unwrap_or((&bare[at..], ""));
        let (major, minor) = version.split_once('.')?;
        Some(Self {
            family,
            version: (major.parse().ok()?, minor.parse().ok()?),
            variant: if family.starts_with("CC-") {
                ""
            } else {
                variant
            },
            or_later,
        })
    }

    /// Later versions of the same license.
    fn goes_on_as(&self, to: &Self) -> bool {
        // These say themselves that any later version may be taken; the first of CC does not.
        let by_itself = match self.family {
            "CDDL" | "EPL" | "MPL" => true,
            "CC-BY-NC-SA" | "CC-BY-SA" => self.version > (1, 0),
            _ => false,
        };
        let later = self.or_later || by_itself;
        let same = self.family == to.family && self.variant == to.variant;
        same && if self.version == to.version {
            later || !to.or_later
        } else {
            later && self.version < to.version
        }
    }

    /// Other licenses that the text itself names.
    fn turns_into(&self, to: &Self) -> bool {
        let gpl_3 =
            to.version >= (3, 0) && (self.or_later || (to.version == (3, 0) && !to.or_later));
        match (self.family, to.family) {
            // LGPL-2.1, section 3: the GPL from version 2 on; 3.0 is an addition to the GPL 3.
            ("LGPL", "GPL") if self.version < (3, 0) => to.version >= (2, 0),
            // GPL-3.0 and AGPL-3.0, section 13.
            ("GPL", "AGPL") => (self.or_later || self.version == (3, 0)) && gpl_3,
            ("LGPL", "AGPL" | "GPL") => gpl_3,
            // MPL-2.0, section 3.3.
            ("MPL", "AGPL" | "GPL" | "LGPL") => {
                let least = if to.family == "LGPL" { (2, 1) } else { (2, 0) };
                self.variant.is_empty() && self.version == (2, 0) && to.version >= least
            }
            // The Creative Commons' list of compatible licenses, one way and this version alone.
            ("CC-BY-SA", "GPL") => self.version == (4, 0) && to.version == (3, 0) && !to.or_later,
            _ => false,
        }
    }
}

/// Tells whether the appendix of the EUPL names the license.
fn lists(theirs: &NamedLicense, ours: &NamedLicense) -> bool {
    let common = [
        "CECILL-2.0",
        "CPL-1.0",
        "EPL-1.0",
        "GPL-2.0-only",
        "OSL-2.1",
        "OSL-3.0",
    ];
    let added = [
        "AGPL-3.0-only",
        "CC-BY-SA-3.0",
        "CECILL-2.1",
        "GPL-3.0-only",
        "LGPL-2.1-only",
        "LGPL-3.0-only",
        "LiLiQ-R-1.1",
        "LiLiQ-Rplus-1.1",
        "MPL-2.0",
    ];
    match theirs.id() {
        "EUPL-1.1" => common.contains(&ours.id()),
        // 1.2 does not list the Common Public License any more.
        "EUPL-1.2" => {
            let listed = common.contains(&ours.id()) && ours.id() != "CPL-1.0";
            listed || added.contains(&ours.id())
        }
        _ => false,
    }
}
