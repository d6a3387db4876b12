//! What guards a namespace beside the API server: who made what may run there, and what it does once it runs.

use super::check::Here;
use super::{Admission, Kubernetes, System};

/// What is asked of an image before it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signatures {
    /// Nothing: the pipeline looks before it deploys, and whoever deploys otherwise does not.
    Unchecked,
    /// Who signed it: the system's own release workflow on the branch that is released. There is no key that could be
    /// lost: the certificate says which workflow it was, and the public log of Sigstore when. Kyverno looks at each pod.
    Keyless,
}

/// Who looks at what containers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// Nobody.
    Unwatched,
    /// Falco, on each machine: it tells of another program than the service's own, of writes beside the scratch folder, of
    /// connections that no policy lets through, and of who reads secrets.
    Falco,
}

/// How what nobody else may know comes into a cluster where AWS does not hold it: by what Alertmanager tells people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bootstrap {
    /// A person makes it there, once.
    ByHand,
    /// A person seals it for the cluster, which alone can open it, so that it may stand beside the code: Sealed Secrets.
    Sealed,
}

impl System {
    /// Whether Gatekeeper looks at what comes into its namespace.
    #[must_use]
    pub fn has_policies(&self) -> bool {
        self.kubernetes()
            .is_some_and(|kubernetes| kubernetes.admission == Admission::Gatekeeper)
    }

    /// Whether its cluster asks who signed an image.
    #[must_use]
    pub fn checks_signatures(&self) -> bool {
        self.kubernetes()
            .is_some_and(|kubernetes| kubernetes.signatures == Signatures::Keyless)
    }

    /// Whether somebody looks at what its containers do.
    #[must_use]
    pub fn watches_runtime(&self) -> bool {
        self.kubernetes()
            .is_some_and(|kubernetes| kubernetes.runtime == Runtime::Falco)
    }

    /// Whether what Alertmanager tells people by is sealed.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        let sealed = |kubernetes: &Kubernetes| kubernetes.bootstrap == Bootstrap::Sealed;
        self.monitoring.prometheus().is_some() && self.kubernetes().is_some_and(sealed)
    }

    /// Looks whether what is watched can be, and whether somebody is told.
    pub(super) fn check_guards(&self, kubernetes: &Kubernetes, here: &mut Here<'_>) {
        if kubernetes.bootstrap == Bootstrap::Sealed && !self.is_sealed() {
            let problem = "has nothing to open: only what Alertmanager tells by is sealed";
            here.refuse(
                "Kubernetes.bootstrap",
                "Sealed",
                problem,
                "use By::Both, or Bootstrap::ByHand",
            );
        }
        if kubernetes.runtime == Runtime::Unwatched {
            return;
        }
        let field = "Kubernetes.runtime";
        if self.node_group().is_none() {
            let problem = "puts a probe into the kernel, and what Auto Mode's machines let in is AWS's to say";
            let help = "use machines of a group, or Runtime::Unwatched";
            here.refuse(field, "Falco", problem, help);
        }
        if self.monitoring.prometheus().is_none() {
            let problem = "would tell nobody of what it sees: an Alertmanager leads it to people";
            here.refuse(field, "Falco", problem, "use By::Both, or Runtime::Unwatched");
        }
    }
}
