//! What is only known at the deployment.

use std::fmt;

/// Something that is only known at the deployment. In a manifest it is a placeholder, which the pipeline fills in one step
/// and `deploy.sh` in one function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// The digest of the image that runs.
    Digest,
    /// The tag of that image, for people.
    Tag,
    /// An output of a stack of the environment.
    Output {
        /// What the stack is for, such as `network`.
        stack: &'static str,
        /// The output.
        name: &'static str,
    },
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest => f.write_str("${image.digest}"),
            Self::Tag => f.write_str("${image.tag}"),
            Self::Output { stack, name } => write!(f, "${{{stack}.{name}}}"),
        }
    }
}
