//! What the services of this repository share.
