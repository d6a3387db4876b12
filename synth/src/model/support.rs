//! Who helps when something is wrong.

use super::check::Here;
use super::{Email, Phone, WebAddress};

/// Who helps, beside whom alarms tell: what a page of the system says to somebody who has never seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// Whoever runs it.
    pub team: Email,
    /// Who is told of a hole or a leak.
    pub security: Email,
    /// Who answers at night.
    pub on_call: Phone,
    /// What else is written of it.
    pub wiki: WebAddress,
    /// Where its Grafana is, for those who need no port of the cluster.
    pub grafana: WebAddress,
}

impl Support {
    pub(super) fn check(&self, here: &mut Here<'_>) {
        here.text("Support.team", &self.team);
        here.text("Support.security", &self.security);
        here.text("Support.on_call", &self.on_call);
        here.text("Support.wiki", &self.wiki);
        here.text("Support.grafana", &self.grafana);
    }
}
