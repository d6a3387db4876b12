//! Which kinds are written, and what their schemas do not say.

/// A kind that is rendered.
pub(super) struct Kind {
    /// Its name, such as `google_compute_address`.
    pub(super) name: &'static str,
    /// Whether it is only looked up.
    pub(super) data: bool,
    /// The module and the type, such as `compute::Address`.
    pub(super) path: &'static str,
}

const fn resource(name: &'static str, path: &'static str) -> Kind {
    Kind {
        name,
        data: false,
        path,
    }
}

const fn data(name: &'static str, path: &'static str) -> Kind {
    Kind { name, data: true, path }
}

/// Add a line here and run `cargo codegen write`.
pub(super) const KINDS: &[Kind] = &[
    resource("google_compute_address", "compute::Address"),
    resource("google_compute_firewall", "compute::Firewall"),
    resource("google_compute_instance", "compute::Instance"),
    resource("google_compute_network", "compute::Network"),
    resource("google_compute_subnetwork", "compute::Subnetwork"),
    resource("google_service_account", "iam::ServiceAccount"),
    resource("google_storage_bucket", "storage::Bucket"),
    data("google_client_config", "data::ClientConfig"),
    data("google_compute_image", "data::Image"),
    data("google_compute_network", "data::Network"),
    data("google_compute_subnetwork", "data::Subnetwork"),
];

/// What an argument stands for: the kind, the path, the type. The links are those of the provider's pages.
pub(super) const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("google_compute_address", "address", "Ip"),
    ("google_compute_address", "network", "SelfLink<compute::Network>"),
    ("google_compute_address", "subnetwork", "SelfLink<compute::Subnetwork>"),
    ("google_compute_firewall", "network", "SelfLink<compute::Network>"),
    ("google_compute_firewall", "source_service_accounts", "Vec<Email>"),
    ("google_compute_firewall", "target_service_accounts", "Vec<Email>"),
    (
        "google_compute_instance",
        "network_interface/access_config/nat_ip",
        "Ip",
    ),
    (
        "google_compute_instance",
        "network_interface/network",
        "SelfLink<compute::Network>",
    ),
    ("google_compute_instance", "network_interface/network_ip", "Ip"),
    (
        "google_compute_instance",
        "network_interface/subnetwork",
        "SelfLink<compute::Subnetwork>",
    ),
    ("google_compute_instance", "service_account/email", "Email"),
    ("google_compute_subnetwork", "log_config/flow_sampling", "f64"),
    ("google_compute_subnetwork", "network", "SelfLink<compute::Network>"),
];

/// What is asked of a handle: the kind, the method, the path in the language, the type.
pub(super) const ATTRIBUTES: &[(&str, &str, &str, &str)] = &[
    ("google_client_config", "access_token", "access_token", "String"),
    ("google_client_config", "project", "project", "String"),
    ("google_client_config", "region", "region", "String"),
    ("google_client_config", "zone", "zone", "String"),
    ("google_compute_address", "address", "address", "Ip"),
    ("google_compute_address", "name", "name", "String"),
    (
        "google_compute_address",
        "self_link",
        "self_link",
        "SelfLink<compute::Address>",
    ),
    (
        "google_compute_firewall",
        "self_link",
        "self_link",
        "SelfLink<compute::Firewall>",
    ),
    ("google_compute_image", "name", "name", "String"),
    (
        "google_compute_image",
        "self_link",
        "self_link",
        "SelfLink<data::Image>",
    ),
    ("google_compute_instance", "instance_id", "instance_id", "String"),
    ("google_compute_instance", "name", "name", "String"),
    (
        "google_compute_instance",
        "nat_ip",
        "network_interface[0].access_config[0].nat_ip",
        "Ip",
    ),
    (
        "google_compute_instance",
        "network_ip",
        "network_interface[0].network_ip",
        "Ip",
    ),
    (
        "google_compute_instance",
        "self_link",
        "self_link",
        "SelfLink<compute::Instance>",
    ),
    ("google_compute_instance", "zone", "zone", "String"),
    ("google_compute_network", "name", "name", "String"),
    (
        "google_compute_network",
        "self_link",
        "self_link",
        "SelfLink<compute::Network>",
    ),
    ("google_compute_subnetwork", "gateway_address", "gateway_address", "Ip"),
    ("google_compute_subnetwork", "ip_cidr_range", "ip_cidr_range", "String"),
    (
        "google_compute_subnetwork",
        "self_link",
        "self_link",
        "SelfLink<compute::Subnetwork>",
    ),
    ("google_service_account", "email", "email", "Email"),
    ("google_service_account", "id", "id", "Id<iam::ServiceAccount>"),
    ("google_service_account", "member", "member", "String"),
    ("google_storage_bucket", "name", "name", "String"),
    (
        "google_storage_bucket",
        "self_link",
        "self_link",
        "SelfLink<storage::Bucket>",
    ),
    ("google_storage_bucket", "url", "url", "String"),
];

/// Arguments that nobody writes: what the provider itself gives, how long it waits, and what was taken back.
pub(super) const LEFT_OUT: &[&str] = &["id", "timeouts", "enable_logging"];
