//! Sets of systems that were looked at: what is rendered.

use std::ops::Deref;

use super::check::Here;
use super::{Error, Errors, System, together};

/// Systems that stand side by side, each of which is possible. There is no other way to render one, so that looking at
/// it cannot be forgotten.
#[derive(Clone, Debug, PartialEq)]
pub struct Systems(Vec<System>);

/// A system of a set that was looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked<'a> {
    system: &'a System,
    systems: &'a Systems,
}

impl Systems {
    /// Looks at everything that types could not refuse: of each system, and of what they share.
    ///
    /// # Errors
    ///
    /// Every value that is impossible, by its field, its system and its place in the source.
    pub fn new(systems: Vec<System>) -> Result<Self, Errors> {
        let mut errors = Vec::new();
        for system in &systems {
            let mut here = Here::new(&mut errors, system);
            system.check(&mut here);
        }
        together::check(&systems, &mut errors);
        match once(errors) {
            none if none.is_empty() => Ok(Self(systems)),
            errors => Err(Errors(errors)),
        }
    }

    /// Each system, in the order in which they were given.
    pub fn each(&self) -> impl Iterator<Item = Checked<'_>> {
        self.0.iter().map(|system| Checked { system, systems: self })
    }

    /// The system of that name, if there is one.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Checked<'_>> {
        self.each().find(|system| system.name.as_str() == name)
    }
}

impl<'a> Checked<'a> {
    /// The system itself, for longer than [`Deref`] gives it.
    #[must_use]
    pub fn system(self) -> &'a System {
        self.system
    }

    /// The set that it belongs to, itself included.
    #[must_use]
    pub fn systems(self) -> &'a Systems {
        self.systems
    }
}

impl Deref for Checked<'_> {
    type Target = System;

    fn deref(&self) -> &System {
        self.system
    }
}

/// A value that several systems share is wrong once.
fn once(errors: Vec<Error>) -> Vec<Error> {
    let mut told: Vec<Error> = Vec::new();
    for error in errors {
        let key = |error: &Error| (error.field, error.saw.clone(), error.problem, error.place.to_string());
        if !told.iter().any(|other| key(other) == key(&error)) {
            told.push(error);
        }
    }
    told
}
