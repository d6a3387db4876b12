//! Any cluster on machines of a group is refused with a named error, or renders to templates that fit together.

use proptest::prelude::*;
use proptest::sample::select;
use synth::model::{
    Count, Digest, Environment, Kubernetes, Machine, NodeGroup, Operator, Pin, Platform, Strategy as How, System,
    Systems,
};
use synth::systems::predictor;

use super::systems::{environment, fits_together_and_is_the_same_twice};

/// A cluster on machines of a group, with one environment.
fn on_machines() -> impl Strategy<Value = System> {
    let machine = select(vec![
        Machine::M7gLarge,
        Machine::M7gXlarge,
        Machine::M7iLarge,
        Machine::M7iXlarge,
    ]);
    let counts = (1..5_u32, 0..20_u32, 0..5_u32);
    (environment(), machine, counts).prop_map(|(environment, machine, (least, more, most))| {
        let count = Count::new(least, least + more, least + more + most).unwrap();
        let group = NodeGroup::of(machine, count);
        let digest = Digest::new(&format!("sha256:{}", "a".repeat(64)));
        let pin = Pin::new(Operator::LoadBalancers, digest.clone(), digest);
        System {
            platform: Platform::Kubernetes(Kubernetes::eks().on(group, [pin])),
            environments: vec![Environment {
                strategy: How::Rolling,
                ..environment
            }],
            ..predictor()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, max_local_rejects: 100_000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_on_machines_fits_together_and_is_the_same_twice(
        system in on_machines().prop_filter("refused", |system| Systems::new(vec![system.clone()]).is_ok())
    ) {
        fits_together_and_is_the_same_twice(&system)?;
    }
}
