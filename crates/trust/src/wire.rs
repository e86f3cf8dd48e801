//! How bytes are written: fixed-size names as they are, everything by postcard, and only one
//! form for each value.

use serde::{Serialize, de::DeserializeOwned};

/// The value's only form.
pub(crate) fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    // Serialising plain data into a growing vector has no way to fail; if a type ever found one,
    // an empty result is refused by every decoder here.
    postcard::to_allocvec(value).unwrap_or_default()
}

/// Reads a value that fills `bytes` exactly and in its only form.
pub(crate) fn decode<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let value: T = postcard::from_bytes(bytes).ok()?;
    (encode(&value) == bytes).then_some(value)
}

/// Writes a byte name as its bytes, where serde would write its text.
macro_rules! raw_bytes {
    ($module:ident, $type:ty, $len:literal) => {
        pub(crate) mod $module {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            #[allow(clippy::trivially_copy_pass_by_ref)]
            pub(crate) fn serialize<S: Serializer>(id: &$type, s: S) -> Result<S::Ok, S::Error> {
                id.as_bytes().serialize(s)
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<$type, D::Error> {
                <[u8; $len]>::deserialize(d).map(<$type>::from_bytes)
            }
        }
    };
}

raw_bytes!(network, tresse_model::NetworkId, 20);
raw_bytes!(member, tresse_model::MemberId, 20);
raw_bytes!(device, tresse_model::DeviceId, 32);
