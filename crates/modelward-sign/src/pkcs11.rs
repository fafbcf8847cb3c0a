use std::fmt;
use std::path::Path;
use std::sync::Mutex;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use modelward_artifact::{Digest, Message, SignatureAlgorithm, Signer, SignerError};
use x509_cert::der::asn1::{BitString, ObjectIdentifier, OctetString};
use x509_cert::der::{Any, Decode as _, Encode as _};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use self::error::failed;
use crate::PublicKey;
use crate::key::EC_PUBLIC_KEY;

pub use self::error::Pkcs11Error;
pub use self::uri::{ParsePkcs11UriError, Pkcs11Uri};

mod error;
mod uri;

/// Holds the library of a vendor of tokens (PKCS #11), such as that of a hardware security module.
///
/// To load a library is to run its code with all rights of this process: the path is for the caller
/// to choose, whatever a URI says.
#[derive(Clone)]
pub struct Pkcs11Module {
    library: Pkcs11,
}

impl Pkcs11Module {
    /// Loads a library.
    ///
    /// # Errors
    ///
    /// [`Pkcs11Error::Load`] where it cannot be loaded or begun.
    pub fn load(path: &Path) -> Result<Self, Pkcs11Error> {
        let load = |source: Error| Pkcs11Error::Load {
            source: source.into(),
        };
        let library = Pkcs11::new(path).map_err(load)?;
        let arguments = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
        match library.initialize(arguments) {
            // Another part of this process began it.
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {
                Ok(Self { library })
            }
            Err(error) => Err(load(error)),
        }
    }

    /// Opens the one private key that a URI names, on the one token that it names.
    ///
    /// The PIN is `pin`, or that of the URI; without either, the token asks for it on its own
    /// keypad, if it has one. Where this process is logged in to the token already, the token does
    /// not look at the PIN again.
    ///
    /// # Errors
    ///
    /// [`Pkcs11Error`] where the URI names no token or key, or several, the token refuses the PIN,
    /// or the key is on no curve that models are signed with.
    pub fn signer(&self, uri: &Pkcs11Uri, pin: Option<&str>) -> Result<Pkcs11Signer, Pkcs11Error> {
        let slot = self.find_token(uri)?;
        let session = self.library.open_ro_session(slot);
        let session = session.map_err(failed("open a session"))?;
        let pin = pin
            .or_else(|| uri.pin())
            .map(|pin| AuthPin::from(pin.to_owned()));
        match session.login(UserType::User, pin.as_ref()) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
            Err(error) => return Err(login_error(error)),
        }
        let key = find_private_key(&session, uri)?;
        Ok(Pkcs11Signer {
            public: read_public_key(&session, key)?,
            name: uri.to_string(),
            session: Mutex::new(session),
            key,
        })
    }

    fn find_token(&self, uri: &Pkcs11Uri) -> Result<Slot, Pkcs11Error> {
        let slots = self.library.get_slots_with_initialized_token();
        let mut found = Vec::new();
        for slot in slots.map_err(failed("list tokens"))? {
            if self.is_named(uri, slot)? {
                found.push(slot);
            }
        }
        match found[..] {
            [slot] => Ok(slot),
            _ => Err(Pkcs11Error::Tokens { found: found.len() }),
        }
    }

    fn is_named(&self, uri: &Pkcs11Uri, slot: Slot) -> Result<bool, Pkcs11Error> {
        let token = self.library.get_token_info(slot);
        let token = token.map_err(failed("describe a token"))?;
        let place = self.library.get_slot_info(slot);
        let place = place.map_err(failed("describe a slot"))?;
        let library = self.library.get_library_info();
        let library = library.map_err(failed("describe its library"))?;
        let version = library.library_version();
        let version = format!("{}.{}", version.major(), version.minor());
        let pairs = [
            (&uri.token, token.label()),
            (&uri.manufacturer, token.manufacturer_id()),
            (&uri.serial, token.serial_number()),
            (&uri.model, token.model()),
            (&uri.slot_description, place.slot_description()),
            (&uri.slot_manufacturer, place.manufacturer_id()),
            (&uri.library_description, library.library_description()),
            (&uri.library_manufacturer, library.manufacturer_id()),
            (&uri.library_version, &version),
        ];
        let same = |(wanted, found): &(&Option<String>, &str)| {
            // Names on a token are filled up with blanks.
            wanted
                .as_deref()
                .is_none_or(|wanted| wanted == found.trim_end())
        };
        let is_slot = uri.slot.is_none_or(|wanted| wanted == slot.id());
        Ok(is_slot && pairs.iter().all(same))
    }
}

impl fmt::Debug for Pkcs11Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pkcs11Module").finish_non_exhaustive()
    }
}

/// Signs by a private key that never leaves its token.
///
/// The library hashes here and lets the token sign the digest (`CKM_ECDSA`). Each signature is
/// verified before it is given out. One signature is made at a time.
///
/// ```no_run
/// use modelward_artifact::{HashOptions, Manifest, NoControl};
/// use modelward_sign::{Pkcs11Module, sign};
///
/// let module = Pkcs11Module::load("/usr/lib/softhsm/libsofthsm2.so".as_ref())?;
/// let signer = module.signer(&"pkcs11:token=release;object=models".parse()?, Some("1234"))?;
/// let manifest = Manifest::hash("model".as_ref(), &HashOptions::default(), &NoControl)?;
/// let bundle = sign(&manifest, &signer)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Pkcs11Signer {
    session: Mutex<Session>,
    key: ObjectHandle,
    public: PublicKey,
    name: String,
}

impl Pkcs11Signer {
    /// Returns the public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn try_sign(&self, message: &Message<'_>) -> Result<Vec<u8>, Pkcs11Error> {
        // The digest of a message that was made for another scheme would be of no use.
        let digest = Digest::of(self.algorithm().digest_algorithm(), message.bytes());
        let session = self.session.lock().map_err(|_| Pkcs11Error::Unfinished)?;
        let raw = session.sign(&Mechanism::Ecdsa, self.key, digest.as_bytes());
        let raw = raw.map_err(failed("sign"))?;
        drop(session);
        let signature = self.public.curve().der_signature(&raw);
        signature
            .filter(|signature| self.public.verifies(message.bytes(), signature))
            .ok_or(Pkcs11Error::Signature)
    }
}

impl Signer for Pkcs11Signer {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.public.curve().algorithm()
    }

    /// Returns the URI without its query, so without a PIN.
    fn key_name(&self) -> String {
        self.name.clone()
    }

    fn public_key_der(&self) -> &[u8] {
        self.public.as_der()
    }

    fn sign(&self, message: &Message<'_>) -> Result<Vec<u8>, SignerError> {
        self.try_sign(message).map_err(SignerError::new)
    }
}

impl fmt::Debug for Pkcs11Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pkcs11Signer")
            .field("name", &self.name)
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

fn login_error(error: Error) -> Pkcs11Error {
    match error {
        Error::Pkcs11(RvError::PinIncorrect, _) => Pkcs11Error::PinWrong,
        Error::Pkcs11(RvError::PinLocked, _) => Pkcs11Error::PinLocked,
        error => Pkcs11Error::Login {
            source: error.into(),
        },
    }
}

fn find_private_key(session: &Session, uri: &Pkcs11Uri) -> Result<ObjectHandle, Pkcs11Error> {
    let mut wanted = vec![Attribute::Class(ObjectClass::PRIVATE_KEY)];
    wanted.extend(uri.object().map(|label| Attribute::Label(label.into())));
    wanted.extend(uri.id().map(|id| Attribute::Id(id.to_vec())));
    let found = session.find_objects(&wanted).map_err(failed("find keys"))?;
    match found[..] {
        [key] => Ok(key),
        _ => Err(Pkcs11Error::PrivateKeys { found: found.len() }),
    }
}

/// Finds the public key with the identifier of the private key, or else with its label.
fn read_public_key(session: &Session, key: ObjectHandle) -> Result<PublicKey, Pkcs11Error> {
    let kinds = [
        AttributeType::Id,
        AttributeType::Label,
        AttributeType::KeyType,
    ];
    let names = session
        .get_attributes(key, &kinds)
        .map_err(failed("describe a key"))?;
    if !names.contains(&Attribute::KeyType(KeyType::EC)) {
        return Err(Pkcs11Error::KeyType);
    }
    let by_id = names
        .iter()
        .find(|name| matches!(name, Attribute::Id(id) if !id.is_empty()));
    let by_label = names
        .iter()
        .find(|name| matches!(name, Attribute::Label(text) if !text.is_empty()));
    let name = by_id.or(by_label).ok_or(Pkcs11Error::PublicKey)?.clone();
    let wanted = [Attribute::Class(ObjectClass::PUBLIC_KEY), name];
    let found = session.find_objects(&wanted).map_err(failed("find keys"))?;
    let [public] = found[..] else {
        return Err(Pkcs11Error::PublicKey);
    };
    let kinds = [AttributeType::EcParams, AttributeType::EcPoint];
    let parts = session
        .get_attributes(public, &kinds)
        .map_err(failed("describe a key"))?;
    let der = spki(&parts).ok_or(Pkcs11Error::PublicKey)?;
    PublicKey::from_der(&der).map_err(|source| Pkcs11Error::Curve { source })
}

/// Joins curve and point, which a token has apart (RFC 5480, section 2).
fn spki(parts: &[Attribute]) -> Option<Vec<u8>> {
    let curve: ObjectIdentifier = parts.iter().find_map(|part| match part {
        Attribute::EcParams(der) => ObjectIdentifier::from_der(der).ok(),
        _ => None,
    })?;
    let point = parts.iter().find_map(|part| match part {
        // The point stands in an octet string, but for some tokens, which leave that out.
        Attribute::EcPoint(der) => Some(match OctetString::from_der(der) {
            Ok(point) => point.as_bytes().to_vec(),
            Err(_) => der.clone(),
        }),
        _ => None,
    })?;
    let key = SubjectPublicKeyInfoOwned {
        algorithm: AlgorithmIdentifierOwned {
            oid: EC_PUBLIC_KEY,
            parameters: Some(Any::encode_from(&curve).ok()?),
        },
        subject_public_key: BitString::from_bytes(&point).ok()?,
    };
    key.to_der().ok()
}
