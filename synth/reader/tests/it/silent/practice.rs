use super::{Case, container, deployment, silent};

pub(super) const CASES: &[Case] = &[
    (
        "added-capability",
        container!("securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}"),
    ),
    (
        "administrator-binding",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: cluster-admin}\nroleRef: {kind: Role, name: \
         cluster-admin, apiGroup: rbac.authorization.k8s.io}\nsubjects: [{kind: ServiceAccount, name: a}]\n",
    ),
    (
        "cron-without-deadline",
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {startingDeadlineSeconds: 0}\n---\napiVersion: \
         example.com/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {}\n",
    ),
    ("crowded-replicas", deployment!("replicas: 1", "hostNetwork: false")),
    (
        "crowded-replicas",
        deployment!("replicas: 2", "affinity: {podAntiAffinity: {}}"),
    ),
    (
        "ended-version",
        "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: stable-1\n",
    ),
    (
        "escalating-container",
        container!("securityContext: {allowPrivilegeEscalation: false}"),
    ),
    (
        "escalating-rule",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\nrules: [{apiGroups: [''], resources: [pods, \
         pods/log, configmaps], verbs: [get, list]}, {apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get]}]\n",
    ),
    (
        "floating-image",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'localhost:5000/a:1.0-latest'}, {name: \
         b, image: 'a@sha256:0000000000000000000000000000000000000000000000000000000000000000'}, {name: c, image: '${IMAGE}'}]}\n",
    ),
    (
        "host-namespace",
        deployment!(
            "replicas: 1",
            "hostNetwork: false, hostPID: false, shareProcessNamespace: true"
        ),
    ),
    (
        "host-path",
        deployment!(
            "replicas: 1",
            "volumes: [{name: a, emptyDir: {}}, {name: b, persistentVolumeClaim: {claimName: b}}]"
        ),
    ),
    ("host-port", container!("ports: [{containerPort: 80, hostPort: 0}]")),
    (
        "interrupting-rollout",
        deployment!("strategy: {type: Recreate}", "hostNetwork: false"),
    ),
    (
        "kept-capabilities",
        container!("securityContext: {capabilities: {drop: [all]}}"),
    ),
    (
        "kept-job",
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, annotations: {helm.sh/hook: pre-install}}\nspec: {}\n---\napiVersion: \
         batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {}}}\n",
    ),
    (
        "kept-sick-pods",
        "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {maxUnavailable: 1}\n",
    ),
    (
        "missing-probe",
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n---\n\
         apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {initContainers: [{name: a}]}\n",
    ),
    (
        "missing-seccomp-profile",
        deployment!(
            "replicas: 1",
            "securityContext: {seccompProfile: {type: Localhost, localhostProfile: a}}"
        ),
    ),
    (
        "missing-seccomp-profile",
        deployment!("replicas: 1", "nodeSelector: {kubernetes.io/os: windows}"),
    ),
    (
        "mounted-token",
        deployment!("replicas: 1", "automountServiceAccountToken: false"),
    ),
    (
        "old-account-field",
        deployment!("replicas: 1", "serviceAccount: a, serviceAccountName: a"),
    ),
    (
        "open-node-port",
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: LoadBalancer, allocateLoadBalancerNodePorts: true}\n---\n\
         apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {type: NodePort}\n",
    ),
    (
        "plain-ingress",
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {tls: [{hosts: [a.example], secretName: a}], \
         rules: [{host: a.example}]}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: b, annotations: \
         {alb.ingress.kubernetes.io/certificate-arn: a}}\nspec: {rules: [{host: b.example}]}\n",
    ),
    (
        "plain-secret",
        container!(
            "env: [{name: PASSWORD_FILE, value: /run/a}, {name: TOKEN, value: ''}, {name: API_KEY, valueFrom: {secretKeyRef: {name: a, key: b}}}, {name: SECRET_NAME, value: a}]"
        ),
    ),
    (
        "privileged-container",
        container!("securityContext: {privileged: false}"),
    ),
    (
        "refused-pod",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {pod-security.kubernetes.io/enforce: baseline}}\n---\napiVersion: \
         v1\nkind: Pod\nmetadata: {name: a, namespace: a}\nspec: {containers: [{name: a, image: 'a:1'}]}\n---\napiVersion: v1\nkind: \
         Namespace\nmetadata: {name: b, labels: {pod-security.kubernetes.io/enforce: privileged}}\n---\napiVersion: v1\nkind: \
         Pod\nmetadata: {name: a, namespace: b}\nspec: {hostPID: true, containers: [{name: a, image: 'a:1'}]}\n",
    ),
    (
        "root-container",
        deployment!("replicas: 1", "securityContext: {runAsNonRoot: true}"),
    ),
    ("root-container", container!("securityContext: {runAsUser: 1000}")),
    (
        "single-replica",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {strategy: {type: Recreate}, selector: {matchLabels: \
         {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}}\n---\napiVersion: v1\nkind: \
         Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n",
    ),
    (
        "ssh-port",
        container!("ports: [{containerPort: 2222}, {containerPort: 22, protocol: UDP}]"),
    ),
    (
        "unbounded-container",
        container!("resources: {limits: {cpu: 1, memory: 1Gi}}"),
    ),
    (
        "unbudgeted-replicas",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3, template: {metadata: {labels: {app: web}}, \
         spec: {}}}\n",
    ),
    (
        "unbudgeted-replicas",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: a}\nspec: {replicas: 3, template: {metadata: \
         {labels: {app: web}}, spec: {}}}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: other, \
         namespace: b}\nspec: {selector: {matchLabels: {app: other}}}\n",
    ),
    (
        "wildcard-rule",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: [{nonResourceURLs: ['/healthz/*'], \
         verbs: [get]}]\n",
    ),
    (
        "writable-container",
        container!("securityContext: {readOnlyRootFilesystem: true}"),
    ),
];

#[test]
fn rules_of_practice_are_silent_about_what_only_looks_wrong() {
    silent(CASES);
}
