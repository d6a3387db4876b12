//! Numbers that have bounds, and times. One that is out of its bounds does not compile.

/// A port that is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(u16);

impl Port {
    /// The port of a number, unless it is 0. A number that is written in the source is a [`port!`](crate::port).
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        match number {
            0 => None,
            number => Some(Self(number)),
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }
}

/// A [`Port`]; 0 does not compile, in `cargo check` and so in an editor too.
///
/// ```
/// assert_eq!(synth::port!(8000).number(), 8000);
/// ```
#[macro_export]
macro_rules! port {
    ($number:expr) => {{
        const PORT: $crate::model::Port = match $crate::model::Port::new($number) {
            Some(port) => port,
            None => panic!("port 0 is none"),
        };
        PORT
    }};
}

/// A port under which every machine of a cluster answers for a service: 30000 to 32767
/// (<https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodePort(u16);

impl NodePort {
    /// The port of a number, if it is one of these. A number that is written in the source is a
    /// [`node_port!`](crate::node_port).
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        match number {
            30000..=32767 => Some(Self(number)),
            _ => None,
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }
}

/// A [`NodePort`]; a number that is none does not compile, in `cargo check` and so in an editor too.
///
/// ```
/// assert_eq!(synth::node_port!(30080).number(), 30080);
/// ```
#[macro_export]
macro_rules! node_port {
    ($number:expr) => {{
        const PORT: $crate::model::NodePort = match $crate::model::NodePort::new($number) {
            Some(port) => port,
            None => panic!("a port of machines is 30000 to 32767"),
        };
        PORT
    }};
}

/// A share from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

/// So many of a hundred, whether there can be so many or not.
#[derive(Debug)]
pub enum OfHundred<const PERCENT: u8> {}

mod sealed {
    pub trait Sealed {}
}

/// There can be so many of a hundred.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a percent", label = "a percent is 0 to 100")]
pub trait Share: sealed::Sealed {}

macro_rules! shares {
    ($($ten:literal)*) => {
        $(shares!(@ones $ten 0 1 2 3 4 5 6 7 8 9);)*
        shares!(@ones 10 0);
    };
    (@ones $ten:literal $($one:literal)*) => {$(
        impl sealed::Sealed for OfHundred<{ 10 * $ten + $one }> {}
        impl Share for OfHundred<{ 10 * $ten + $one }> {}
    )*};
}

shares!(0 1 2 3 4 5 6 7 8 9);

impl Percent {
    /// A share; more than 100 does not compile, in `cargo check` and so in an editor too.
    #[must_use]
    pub const fn of<const PERCENT: u8>() -> Self
    where
        OfHundred<PERCENT>: Share,
    {
        Self(PERCENT)
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

/// A time in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub u32);

/// A time in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(pub u32);
