use super::{Case, container, deployment, silent};

pub(super) const CASES: &[Case] = &[
    (
        "crossed-bounds",
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {minReplicas: 3, maxReplicas: 3}\n---\n\
         apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {updateStrategy: {rollingUpdate: {maxUnavailable: 0, \
         maxSurge: 1}}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {strategy: {rollingUpdate: \
         {maxUnavailable: 0}}}\n",
    ),
    (
        "malformed-cron",
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: '*/5 0-6,22 ? JAN-mar sun'}\n---\n\
         apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: b}\nspec: {schedule: '@hourly', timeZone: Etc/UTC}\n---\n\
         apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {schedule: '${SCHEDULE}'}\n",
    ),
    (
        "malformed-expression",
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {selector: {}}\n---\napiVersion: apps/v1\n\
         kind: Deployment\nmetadata: {name: a}\nspec: {selector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}, \
         {key: c, operator: DoesNotExist, values: []}]}}\n---\napiVersion: example.com/v1\nkind: Set\nmetadata: {name: \
         a}\nspec: {matchExpressions: [{operator: In}]}\n",
    ),
    (
        "malformed-handler",
        container!(
            "readinessProbe: {exec: {command: [a]}, successThreshold: 2}, lifecycle: {preStop: {sleep: {seconds: 5}}}"
        ),
    ),
    (
        "malformed-label",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {example.com/a.b_c: '', d: A-1_b.c}, annotations: {e: \
         'any @ text'}}\n",
    ),
    (
        "malformed-name",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: 'system:Reader'}\n---\napiVersion: \
         v1\nkind: ConfigMap\nmetadata: {name: a.b-c.1}\n---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n",
    ),
    (
        "malformed-port-name",
        container!(
            "ports: [{name: a-1, containerPort: 1}], livenessProbe: {httpGet: {port: 8080}}, readinessProbe: {tcpSocket: {port: a-1}}"
        ),
    ),
    (
        "malformed-quantity",
        container!("resources: {requests: {cpu: 0.5, memory: 1.5Gi}, limits: {cpu: 500m, memory: 2147483648}}"),
    ),
    (
        "malformed-secret",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: YWJj, b: ''}\nstringData: {c: 'not base64!'}\n",
    ),
    (
        "malformed-variable",
        container!(
            "env: [{name: A, value: ''}, {name: B, value: '', valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: c.d}], envFrom: [{prefix: A_, secretRef: {name: a}}]"
        ),
    ),
    (
        "missing-field",
        "apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\nspec: {containers: [{name: a}]}\n",
    ),
    (
        "mistyped-field",
        container!(
            "args: ['1', 'true'], livenessProbe: {httpGet: {port: http}}, env: [{name: A, value: null}, {name: B, value: '${B}'}]"
        ),
    ),
    (
        "portless-service",
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: None, selector: {a: b}}\n---\napiVersion: \
         v1\nkind: Service\nmetadata: {name: b}\nspec: {type: ExternalName, externalName: example.com}\n---\napiVersion: \
         v1\nkind: Service\nmetadata: {name: c}\nspec: {ports: [{port: 80}]}\n",
    ),
    (
        "refused-restart-policy",
        deployment!("replicas: 2", "restartPolicy: Always"),
    ),
    (
        "refused-restart-policy",
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {spec: {restartPolicy: \
         OnFailure}}}}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {restartPolicy: Never}\n",
    ),
    (
        "repeated-item",
        container!(
            "ports: [{containerPort: 53, protocol: TCP}, {containerPort: 53, protocol: UDP}], env: [{name: A}, {name: a}], args: [a, a]"
        ),
    ),
    (
        "repeated-key",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b, A: b}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: \
         {name: a}\n",
    ),
    (
        "several-sources",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {volumes: [{name: a, emptyDir: {}, configMap: null}, {name: b}, \
         {name: c, projected: {sources: [{configMap: {name: a}}, {secret: {name: b}}]}}]}\n",
    ),
    (
        "unknown-field",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {any: thing}}\ndata: {any: thing}\n---\napiVersion: v1\nkind: \
         Pod\nmetadata: {name: a}\nspec: {nodeSelector: {any: thing}}\nstatus: {any: thing}\n---\napiVersion: \
         example.com/v1\nkind: A\nany: thing\n",
    ),
    (
        "unknown-kind",
        "apiVersion: example.com/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: ${API}\nkind: Deployment\n---\n\
         apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\n",
    ),
    (
        "unlisted-value",
        container!(
            "imagePullPolicy: '${POLICY}', terminationMessagePolicy: '', ports: [{containerPort: 65535, hostPort: 0}]"
        ),
    ),
];

#[test]
fn rules_of_the_schema_are_silent_about_what_only_looks_wrong() {
    silent(CASES);
}
