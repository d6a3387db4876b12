//! Where in the source a value was written.

use std::cmp::Ordering;
use std::fmt;
use std::panic::Location;

/// A place in the source, for errors. It says nothing about a value: any two places are equal, so that two values are
/// equal wherever they were written.
#[derive(Clone, Copy)]
pub struct Place(&'static Location<'static>);

impl Place {
    /// Where this is called; in a function that is `#[track_caller]`, where that one is called.
    #[must_use]
    #[track_caller]
    pub fn here() -> Self {
        Self(Location::caller())
    }
}

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
