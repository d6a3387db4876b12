provider "registry.opentofu.org/hashicorp/google" {
  version     = "8.7.0"
  constraints = "8.7.0"
}
