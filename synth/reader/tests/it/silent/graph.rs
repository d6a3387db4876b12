use super::{Case, silent};

/// A Deployment of three pods, an autoscaler of it and a budget.
macro_rules! web {
    ($more:literal) => {
        concat!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  \
             template:\n    metadata: {labels: {app: web, version: a}}\n    spec:\n      containers:\n        - name: web\n          \
             image: 'a:1'\n          ports: [{name: http, containerPort: 8080}]\n          resources: {requests: {cpu: 1, memory: \
             1Gi}}\n---\n",
            $more
        )
    };
}

pub(super) const CASES: &[Case] = &[
    (
        "blocked-drain",
        web!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {kind: \
             Deployment, name: web}, minReplicas: 3, maxReplicas: 4}\n---\napiVersion: policy/v1\nkind: \
             PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 2, selector: {matchLabels: {app: web}}}\n"
        ),
    ),
    (
        "clashing-node-port",
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 53, protocol: UDP, nodePort: 30053}, {port: 53, \
         protocol: TCP, nodePort: 30053}]}\n",
    ),
    (
        "closed-call",
        web!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {matchLabels: {app: \
             web}}, policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16}}], ports: [{port: http}]}]}\n"
        ),
    ),
    (
        "closed-dns",
        web!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {matchLabels: {app: \
             web}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}, {port: 53, \
             protocol: TCP}]}, {to: [{podSelector: {matchLabels: {app: web}}}]}]}\n"
        ),
    ),
    (
        "closed-port",
        web!(
            "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: \
             http}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec: {selector: {app: web}, ports: [{port: 8080}]}\n"
        ),
    ),
    (
        "closed-probe",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, ports: [{name: http, containerPort: 80}], \
         livenessProbe: {httpGet: {port: http}}, readinessProbe: {tcpSocket: {port: 80}}}, {name: b, livenessProbe: {exec: {command: \
         [a]}}}]}\n",
    ),
    (
        "dangling-key",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\nbinaryData: {c: YQ==}\n---\napiVersion: v1\nkind: \
         Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: c}}}, \
         {name: B, valueFrom: {configMapKeyRef: {name: a, key: d, optional: true}}}]}]}\n",
    ),
    (
        "dangling-object",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: other}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, \
         namespace: shop}\nspec: {serviceAccountName: default, containers: [{name: a, envFrom: [{configMapRef: {name: b}}]}]}\n",
    ),
    (
        "dangling-route",
        "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {ports: [{port: 80}]}\n---\napiVersion: \
         networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\nspec: {http: [{route: [{destination: \
         {host: a}}, {destination: {host: c.shop.example.com}}, {destination: {host: b.other.svc.cluster.local, port: {number: \
         1}}}]}]}\n---\napiVersion: example.com/v1\nkind: VirtualService\nmetadata: {name: b, namespace: shop}\nspec: {http: \
         [{route: [{destination: {host: b}}]}]}\n",
    ),
    (
        "headed-service",
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {serviceName: a, template: {spec: {}}}\n---\napiVersion: \
         v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: None}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: \
         a-outside}\nspec: {ports: [{port: 80}]}\n",
    ),
    (
        "idle-binding",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: \
         view}\nsubjects: [{kind: Group, name: readers}]\n",
    ),
    (
        "idle-monitor",
        web!(
            "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {app: web}}\nspec: {selector: {app: web}, ports: [{name: \
             metrics, port: 80, targetPort: http}]}\n---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: \
             web}\nspec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrics}]}\n"
        ),
    ),
    (
        "idle-peer",
        web!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {}, ingress: [{from: \
             [{podSelector: {matchLabels: {app: prometheus}}}, {namespaceSelector: {}, podSelector: {matchLabels: {app: wbe}}}, \
             {podSelector: {matchLabels: {app: web, version: b}}}]}]}\n"
        ),
    ),
    (
        "idle-scaler",
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: 2}\n",
    ),
    (
        "idle-selector",
        web!(
            "apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: other}\nspec: {selector: {app: api}}\n---\napiVersion: \
             apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: other}\nspec: {template: {metadata: {labels: {app: api, a: b}}, \
             spec: {}}}\n"
        ),
    ),
    (
        "mismatched-selector",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {matchLabels: {a: '${A}'}, matchExpressions: \
         [{key: b, operator: Exists}]}, template: {metadata: {labels: {a: c, b: d, e: f}}, spec: {}}}\n",
    ),
    (
        "missing-volume",
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, volumeMounts: \
         [{name: data, mountPath: /a}]}]}}, volumeClaimTemplates: [{metadata: {name: data}}]}\n",
    ),
    (
        "open-pod",
        web!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: other}\nspec: {podSelector: \
             {matchLabels: {app: api}}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: other}\nspec: \
             {template: {metadata: {labels: {app: api}}, spec: {}}}\n---\napiVersion: networking.k8s.io/v1\nkind: \
             NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {matchExpressions: [{key: app, operator: Exists}]}}\n"
        ),
    ),
    (
        "overlapping-ranges",
        "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {podSubnet: 10.112.0.0/16}\n",
    ),
    (
        "replicas-beside-scaler",
        web!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {kind: \
             Deployment, name: web}, maxReplicas: 4}\n"
        ),
    ),
    (
        "scaler-without-requests",
        web!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {kind: \
             Deployment, name: web}, maxReplicas: 4, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, \
             averageUtilization: 80}}}]}\n"
        ),
    ),
    (
        "scaler-without-target",
        web!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {apiVersion: \
             argoproj.io/v1alpha1, kind: Rollout, name: other}, maxReplicas: 4}\n"
        ),
    ),
    (
        "twice-named",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, \
         namespace: c}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}\n---\napiVersion: v1\nkind: \
         Pod\nmetadata: {generateName: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: a}\n",
    ),
];

#[test]
fn rules_of_the_graph_are_silent_about_what_only_looks_wrong() {
    silent(CASES);
}
