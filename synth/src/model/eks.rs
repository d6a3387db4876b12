//! A cluster that AWS runs.

use super::{Cluster, Nodes, System};

/// A cluster of EKS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eks {
    /// What its pods run on.
    pub nodes: Nodes,
    /// From where its API is reached. Who may ask it for what, IAM and the cluster's own roles say.
    pub endpoint: Endpoint,
    /// How its pods come by what they may do on AWS.
    pub identity: Identity,
}

/// How pods come by what they may do on AWS. Either way it is the role of their service account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// EKS knows which account has which role, and something on each machine hands it out: EKS Pod Identity.
    HandedOut,
    /// The cluster signs a token that says whose pod it is, and the role trusts the cluster that signed it: IAM roles for
    /// service accounts, IRSA.
    Signed,
}

/// From where the API of a cluster is reached. From inside of the network it always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// From anywhere, with the reason why: GitHub's own runners have no addresses of their own.
    Public {
        /// The reason; it is rendered beside every check that objects.
        because: &'static str,
    },
}

impl System {
    /// How pods of its cluster come by what they may do on AWS, if it runs on one.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        let Cluster::Eks(eks) = self.kubernetes()?.cluster;
        Some(eks.identity)
    }
}
