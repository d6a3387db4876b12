//! What types could not refuse about waivers and overrides. One that matches nothing would be forgotten silently.

use super::super::System;
use super::Here;

impl System {
    pub(super) fn check_exceptions(&self, here: &mut Here<'_>) {
        let all = self.stacks();
        let help = format!("use one of {}", all.join(", "));
        for waiver in &self.waivers {
            if !all.contains(&waiver.stack) {
                here.refuse("Waiver.stack", waiver.stack, "is not a stack", &help);
            }
            here.sentence("Waiver.reason", &waiver.reason);
        }
        for (environment, stack, property) in &self.overrides {
            here.sentence("Override.reason", &property.reason);
            if !all.contains(stack) {
                here.refuse("System.overrides", stack, "is not a stack", &help);
            }
            if let Some(name) = environment
                && !self.environments.iter().any(|environment| environment.name == *name)
            {
                let names: Vec<_> = self.environments.iter().map(|one| one.name.as_str()).collect();
                let help = format!("use one of {}, or none for all", names.join(", "));
                here.at(name.place())
                    .refuse("System.overrides", name, "is not an environment", &help);
            }
        }
    }
}
