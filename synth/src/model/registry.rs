//! The registry of images.

/// Where images are kept. Tags cannot be moved, every image is scanned, and nothing that runs is ever deleted by age:
/// what is kept is a number of releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// ECR, in the account and the region of the first environment.
    Ecr {
        /// How many releases are kept for rollback, at least 10; an older one is deleted when a new one comes.
        releases_kept: u16,
    },
}
