use crate::checks::tofu::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::{google, nearest};

pub(super) const RULE: Rule = Rule {
    name: "unlisted-kind",
    why: "A plan with a kind that the provider does not have is refused. Of Google Cloud's provider all kinds of one \
          version are known here; of a module that takes another, it is a warning. Kinds of other providers are not \
          judged.",
    link: "https://opentofu.org/docs/language/resources/syntax/#resource-types",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"resource": {"google_compute_adress": {"main": {"name": "main"}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_address": {"main": {"name": "main"}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.modules.violations() {
        let Violation::Kind(block) = violation else { continue };
        let data = block.room == "data";
        let what = if data { "data source" } else { "resource" };
        let message = format!(
            "version {} of the provider has no {what} `{}`",
            google::version(),
            block.kind
        );
        let Some(entry) = block.entry else { continue };
        let draft = report.key(entry, message);
        draft.sure(*sure);
        match nearest(block.kind, google::kinds(data)) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None if google::kinds(!data).any(|kind| kind == block.kind) => {
                draft.help(format!("it has one that is no {what}; write it there"));
            }
            None => draft.help("see the provider's documentation"),
        }
    }
}
