//! Kinds that EKS serves and no package describes, in the store's notation
//! (Amazon EKS user guide, "Create an `IngressClass` to configure an Application Load Balancer").

/// The kinds, as the store lists them.
pub(super) const KINDS: &str = "eks.amazonaws.com/v1 IngressClassParams com.amazonaws.eks.v1.IngressClassParams\n";

const DEFINITIONS: &[(&str, &str)] = &[
    (
        "com.amazonaws.eks.v1.IngressClassParams",
        "apiVersion s\nkind s\nmetadata @io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\n\
         spec @com.amazonaws.eks.v1.IngressClassParamsSpec !\n",
    ),
    (
        "com.amazonaws.eks.v1.IngressClassParamsSpec",
        "certificateARNs [s\ngroup *\ninboundCIDRs [s\nipAddressType s e=dualstack|dualstack-without-public-ipv4|ipv4\n\
         loadBalancerAttributes [@com.amazonaws.eks.v1.Attribute\nnamespaceSelector *\n\
         scheme s e=internal|internet-facing\nsslPolicy s\nsubnets *\ntags [@com.amazonaws.eks.v1.Attribute\n\
         targetType s e=instance|ip\n",
    ),
    ("com.amazonaws.eks.v1.Attribute", "key s !\nvalue s !\n"),
];

pub(super) fn definition(name: &str) -> Option<&'static str> {
    let found = DEFINITIONS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}
