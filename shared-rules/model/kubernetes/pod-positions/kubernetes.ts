import { type PodKinds, TEMPLATE } from './position.ts';

const POD_TEMPLATE_SPEC = { ReplicaSet: TEMPLATE, Deployment: TEMPLATE, DaemonSet: TEMPLATE };

/** Kubernetes itself, and distributions with workloads of their own. */
export const KUBERNETES: readonly PodKinds[] = [
  {
    group: '',
    source: 'kubernetes/api core/v1/types.go: Pod, PodTemplate, ReplicationController',
    kinds: { Pod: ['spec'], PodTemplate: ['template.spec'], ReplicationController: TEMPLATE },
  },
  {
    group: '',
    source:
      'argoproj/argo-workflows docs/default-workflow-specs.md and docs/workflow-controller-configmap.md: `workflowDefaults`',
    kinds: {
      ConfigMap: ['data.workflowDefaults!', 'data.config!.workflowDefaults'].map((at) => ({
        at,
        object: { kind: 'Workflow', group: 'argoproj.io' },
      })),
    },
  },
  {
    group: 'apps',
    source: 'kubernetes/api apps/v1/types.go: PodTemplateSpec of each',
    kinds: { ...POD_TEMPLATE_SPEC, StatefulSet: TEMPLATE },
  },
  {
    group: 'extensions',
    source: 'kubernetes/api extensions/v1beta1/types.go: PodTemplateSpec of each',
    kinds: POD_TEMPLATE_SPEC,
  },
  {
    group: 'batch',
    source: 'kubernetes/api batch/v1/types.go: JobSpec, JobTemplateSpec',
    kinds: { Job: TEMPLATE, CronJob: ['spec.jobTemplate.spec.template.spec'] },
  },
  {
    group: 'apps.openshift.io',
    source: 'openshift/api apps/v1/types.go: DeploymentConfigSpec',
    kinds: { DeploymentConfig: TEMPLATE },
  },
  {
    group: 'apps.kruise.io',
    source: 'openkruise/kruise-api apps/v1alpha1 and apps/v1beta1',
    kinds: {
      DaemonSet: TEMPLATE,
      CloneSet: TEMPLATE,
      StatefulSet: TEMPLATE,
      BroadcastJob: TEMPLATE,
      AdvancedCronJob: ['spec.template.broadcastJobTemplate.spec.template.spec'],
      SidecarSet: ['spec'],
    },
  },
  { group: 'spot.io', source: 'documentation of Spot Ocean: SpotDeployment', kinds: { SpotDeployment: TEMPLATE } },
];
