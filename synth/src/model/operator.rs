//! Programs that run in a cluster for others, as their makers publish them.

use super::check::Here;
use super::{Digest, System};

/// A program that runs in a cluster for others. Which of them a system has follows from its other choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// Makes load balancers for what comes in: the AWS Load Balancer Controller.
    LoadBalancers,
}

/// What an operator is installed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Where its maker publishes it.
    pub repository: &'static str,
    /// Its name there, which is that of the installation too.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The namespace that it runs in.
    pub namespace: &'static str,
    /// What it runs, by version.
    pub images: &'static [Image],
}

/// An image of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is kept.
    pub repository: &'static str,
    /// Its tag, which others may move: what runs is told by its digest.
    pub tag: &'static str,
}

/// What an operator is, to the byte: another chart or another image under the same version is not installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Which operator.
    pub operator: Operator,
    /// The sum of its chart, as `helm pull` brings it.
    pub chart: Digest,
    /// That of each of its images, in the order of [`Chart::images`].
    pub images: Vec<Digest>,
}

impl Operator {
    /// All there are.
    pub const ALL: [Self; 1] = [Self::LoadBalancers];

    /// What it is installed from: the one table of charts and versions.
    #[must_use]
    pub fn chart(self) -> &'static Chart {
        match self {
            Self::LoadBalancers => &Chart {
                repository: "https://aws.github.io/eks-charts",
                name: "aws-load-balancer-controller",
                version: "3.5.0",
                namespace: "kube-system",
                images: &[Image {
                    repository: "public.ecr.aws/eks/aws-load-balancer-controller",
                    tag: "v3.5.0",
                }],
            },
        }
    }

    /// Whether a system has it.
    fn is_of(self, system: &System) -> bool {
        match self {
            Self::LoadBalancers => system.node_group().is_some(),
        }
    }
}

impl Pin {
    /// An operator with one image.
    #[must_use]
    pub fn new(operator: Operator, chart: Digest, image: Digest) -> Self {
        Self {
            operator,
            chart,
            images: vec![image],
        }
    }
}

impl System {
    /// The operators that it has, in the order in which they are installed.
    pub fn operators(&self) -> impl Iterator<Item = &Pin> {
        let pins = self.kubernetes().map_or(&[][..], |kubernetes| &kubernetes.pins);
        let all = Operator::ALL.into_iter();
        all.filter(|operator| operator.is_of(self))
            .filter_map(move |operator| pins.iter().find(|pin| pin.operator == operator))
    }

    /// Looks whether it is said what is installed, of each operator once.
    pub(super) fn check_operators(&self, here: &mut Here<'_>) {
        let pins = self.kubernetes().map_or(&[][..], |kubernetes| &kubernetes.pins);
        for operator in Operator::ALL {
            let chart = operator.chart();
            let pinned: Vec<&Pin> = pins.iter().filter(|pin| pin.operator == operator).collect();
            match (operator.is_of(self), pinned.as_slice()) {
                (true, [pin]) => check_pin(chart, pin, here),
                (true, []) => here.refuse(
                    "Kubernetes.pins",
                    chart.name,
                    "is installed, and nothing says what it is to the byte",
                    &format!(
                        "add a Pin with the sums of `helm pull {} --repo {} --version {}` and of {}",
                        chart.name,
                        chart.repository,
                        chart.version,
                        images(chart),
                    ),
                ),
                (true, _) => here.refuse("Kubernetes.pins", chart.name, "is pinned twice", "leave one Pin"),
                (false, []) => {}
                (false, _) => {
                    let problem = "is pinned, and nothing here needs it";
                    here.refuse("Kubernetes.pins", chart.name, problem, "take the Pin out");
                }
            }
        }
    }
}

fn check_pin(chart: &Chart, pin: &Pin, here: &mut Here<'_>) {
    here.text("Pin.chart", &pin.chart);
    for image in &pin.images {
        here.text("Pin.images", image);
    }
    if pin.images.len() != chart.images.len() {
        here.refuse(
            "Pin.images",
            &pin.images.len(),
            "is not the number of images that the chart runs",
            &format!("give the digest of each: {}", images(chart)),
        );
    }
}

fn images(chart: &Chart) -> String {
    let images = chart.images.iter();
    let images = images.map(|image| format!("`docker buildx imagetools inspect {}:{}`", image.repository, image.tag));
    images.collect::<Vec<_>>().join(", ")
}
