//! `closed_set!`: an enum whose members have a stable code (on disk, in JSON,
//! on the command line) and a label (on screen). It must not hold data.

/// Declares a closed set: the enum with `ALL`, `code`, `label`, `from_code`,
/// and serde through the code, so that a renamed variant never breaks a file.
#[macro_export]
macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$member_doc])* $member,)+ }

        impl $name {
            /// Every member, in the order in which a list should offer them.
            pub const ALL: &'static [Self] = &[$(Self::$member,)+];

            /// The stable code, used on disk, in JSON and on the command line.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code,)+ }
            }

            /// The name a person reads.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$member => $label,)+ }
            }

            /// The member with that code, if there is one.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$member),)+ _ => None }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| {
                    ::serde::de::Error::custom(format!(
                        "`{code}` is none of: {}",
                        [$($code),+].join(", ")
                    ))
                })
            }
        }
    };
}
