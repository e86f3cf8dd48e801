//! How bytes are written: fixed-size names as they are, everything by postcard, and only one
//! form for each value.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error, SeqAccess, Visitor},
};

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

/// Reads a list of at most `MAX` items: a longer one is refused before its first item is read.
pub(crate) fn at_most<'de, D, T, const MAX: usize>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Bounded<T, const MAX: usize>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>, const MAX: usize> Visitor<'de> for Bounded<T, MAX> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {MAX} items")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let claimed = items.size_hint().unwrap_or(0);
            if claimed > MAX {
                return Err(A::Error::invalid_length(claimed, &self));
            }
            let mut read = Vec::new();
            while let Some(item) = items.next_element()? {
                if read.len() == MAX {
                    return Err(A::Error::invalid_length(MAX + 1, &self));
                }
                read.push(item);
            }
            Ok(read)
        }
    }

    deserializer.deserialize_seq(Bounded::<T, MAX>(PhantomData))
}

/// Writes a document's name as its bytes.
pub(crate) mod doc {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use tresse_model::DocId;

    pub(crate) fn serialize<S: Serializer>(doc: &DocId, s: S) -> Result<S::Ok, S::Error> {
        doc.to_bytes().serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<DocId, D::Error> {
        <[u8; DocId::LEN]>::deserialize(d).map(DocId::from_bytes)
    }
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
