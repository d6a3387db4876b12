use crate::checks::tofu::set::{constraint, providers};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "floating-provider",
    why: "Without a constraint, the first `tofu init` on a machine without the lock file takes the newest version of a \
          provider, and a new first number of it is allowed to break what is written.",
    link: "https://opentofu.org/docs/language/providers/requirements/#version-constraints",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
{"resource": {"google_compute_address": {"main": {"name": "main"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_address": {"main": {"name": "main"}}},
 "terraform": {"required_providers": {"google": {"source": "hashicorp/google", "version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    if set.modules.partial {
        return;
    }
    for module in set.modules.iter() {
        for provider in providers(module) {
            let own = |kind: &str| kind.split('_').next() == Some(provider);
            // A block may name another provider for itself.
            let mut users = module.blocks.iter().filter(|block| match block.room {
                "provider" => block.name == provider,
                _ => own(block.kind) && block.get("provider").is_none(),
            });
            let first = users.find_map(|block| block.entry);
            if let Some(entry) = first.filter(|_| constraint(module, provider).is_none()) {
                let message = format!("nothing says which versions of the provider `{provider}` this module takes");
                report
                    .key(entry, message)
                    .help(format!("add `terraform.required_providers.{provider}.version`"));
            }
        }
    }
}
