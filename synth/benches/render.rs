//! How long rendering takes, and how much memory, as systems and templates grow.
//!
//! ```text
//! cargo bench -p synth --bench render
//! cargo build --release -p synth && /usr/bin/time -v target/release/synth      # the whole process, with its peak memory
//! ```
//!
//! Read the growth: ten times as much should take ten times as long. `max alloc` is the peak memory of one run.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has nothing to say")]

use divan::{AllocProfiler, Bencher, black_box};
use synth::aws::ec2::{Subnet, Vpc};
use synth::model::{AccountId, Entry, Name, Systems};
use synth::systems::predict_api;
use synth::template::{LogicalId, StackName, Template, link, pretty, sub};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    // What is decoded once in a process is no part of the growth.
    copies(1).each().for_each(|system| drop(synth::render(system).unwrap()));
    divan::main();
}

/// The example under as many names.
fn copies(count: usize) -> Systems {
    let copy = |number| {
        let mut system = predict_api();
        system.name = Name::new(&format!("predict-{number}"));
        for environment in &mut system.environments {
            // Addresses and names are for one account.
            environment.account_mut().id = AccountId::new(&format!("{number:012}"));
            if let Entry::Https { host } = &mut environment.entry {
                *host = format!("predict-{number}");
            }
        }
        system
    };
    Systems::new((0..count).map(copy).collect()).unwrap()
}

/// From the model to checked files in memory.
#[divan::bench(args = [1, 10, 100, 1_000], sample_count = 1, sample_size = 1)]
fn systems(bencher: Bencher, count: usize) {
    let systems = copies(count);
    bencher.bench(|| {
        let files = systems
            .each()
            .map(|system| synth::render(black_box(system)).unwrap().files);
        files.map(|files| files.len()).sum::<usize>()
    });
}

/// Two templates of which one imports from the other, linked and written as text.
#[divan::bench(args = [100, 1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn resources(bencher: Bencher, count: usize) {
    bencher.bench(|| {
        let templates = templates(black_box(count));
        let stacks = link(&templates).unwrap();
        stacks.iter().map(|stack| pretty(&stack.template).len()).sum::<usize>()
    });
}

fn templates(count: usize) -> [Template; 2] {
    let tags = vec![("system".to_owned(), "bench".to_owned())];
    let template = |name: &str| Template::new(StackName::new(name).unwrap(), "A benchmark", tags.clone());
    let (mut network, mut service) = (template("network"), template("service"));
    for number in 0..count / 2 {
        let vpc = network
            .add(LogicalId::new(&format!("vpc-{number}"), ""), &Vpc::new())
            .unwrap();
        let subnet = Subnet {
            cidr_block: Some(sub("${vpc}/${AWS::Region}", &[("vpc", &vpc.id())])),
            ..Subnet::new(vpc.id())
        };
        service
            .add(LogicalId::new(&format!("subnet-{number}"), ""), &subnet)
            .unwrap();
    }
    [network, service]
}
