//! No role gets more than it has: not by its own policies or its boundary, not through a role, a user or a stack.

use synth::schema::conditions;

use super::found::Found;
use super::identities::identities;
use super::known;
use super::sites::LATER;
use super::stacks::stacks;
use super::trust::trusts;

#[test]
fn no_role_gets_more_than_it_has() {
    let mut found = Found::new();
    identities(&mut found);
    stacks(&mut found);
    trusts(&mut found);
    known::held(include_str!("known/more.txt"), "known/more.txt", &found);
}

/// IAM leaves open what an operator without `ForAnyValue` or `ForAllValues` does with several values.
#[test]
fn keys_with_several_values_are_compared_by_operators_for_several() {
    let mut wrong = Vec::new();
    for role in LATER.iter().flat_map(|world| &world.principals) {
        for condition in role
            .identity
            .statements
            .iter()
            .flat_map(|statement| &statement.conditions)
        {
            let (prefix, name) = condition.key().split_once(':').unwrap();
            let many = conditions::of(prefix)
                .and_then(|keys| keys.find(name))
                .and_then(|key| key.many);
            if many == Some(true) && condition.takes_one() {
                wrong.push(format!("{}: {}", role.name, condition.says()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
