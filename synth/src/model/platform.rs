//! What a system runs on.

/// What a system runs on. What only one platform has stands inside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Containers without machines, on ECS.
    Fargate,
}
