import { below, type PodKinds, type PodPosition, TEMPLATE } from './position.ts';

/** The containers of an Argo template of any type; `data`, `http` and `plugin` templates have none. */
const ARGO_CONTAINERS = ['container', 'script', 'containerSet.containers[]', 'sidecars[]'];
const ARGO_TEMPLATES = [
  'templateDefaults',
  'templates[]',
  'templates[].dag.tasks[].inline',
  'templates[].steps[][].inline',
];

/** A workflow has fields for all its pods, and each template more for its own. */
function workflow(spec: string): PodPosition[] {
  const templates = below(spec, ARGO_TEMPLATES);
  const own = [...ARGO_CONTAINERS, 'initContainers[]'];
  const all = ARGO_TEMPLATES.flatMap((template) => below(template, own));
  const patch = (at: string, containers: readonly string[]) => ({ at: `${at}.podSpecPatch!`, containers });
  return [
    { at: spec, containers: all },
    ...templates.map((at) => ({ at, containers: ARGO_CONTAINERS })),
    patch(spec, all),
    patch(`${spec}.artifactGC`, []),
    ...templates.map((at) => patch(at, own)),
    ...templates.map((at) => ({ at: `${at}.resource.manifest!`, object: {} })),
  ];
}

const WORKFLOW = workflow('spec');
const ARGO_EVENTS = [{ at: 'spec.template', containers: ['container'] }];
const EVENT_BUS = below('spec', ['nats.native', 'jetstream']).map((at) => ({
  at,
  containers: ['containerTemplate', '*ContainerTemplate'],
}));
const ANALYSIS = ['spec.metrics[].provider.job.spec.template.spec'];

const TEKTON_CONTAINERS = ['stepTemplate', 'steps[]', 'sidecars[]'];
const PIPELINE_TASKS = ['tasks[].taskSpec', 'finally[].taskSpec'];

/** A task is a pod: each step and sidecar a container of it, all steps made from the step template. */
function tektonTask(at: string): PodPosition {
  return { at, containers: TEKTON_CONTAINERS };
}

function tektonPipeline(at: string): PodPosition[] {
  return below(at, PIPELINE_TASKS).map(tektonTask);
}

/** Fields for the pods of tasks that a run may hold. */
function podTemplate(at: string, ...tasks: readonly string[]): PodPosition {
  return { at, containers: tasks.flatMap((task) => below(`/spec.${task}`, TEKTON_CONTAINERS)) };
}

const TASK = [tektonTask('spec')];

/** What builds and delivers. */
export const PIPELINES: readonly PodKinds[] = [
  {
    group: 'argoproj.io',
    source:
      'argoproj/argo-workflows pkg/apis/workflow/v1alpha1/workflow_types.go: WorkflowSpec, Template, WorkflowStep, DAGTask; argoproj/argo-events pkg/apis/events/v1alpha1: Template, JetStreamBus, NativeStrategy; argoproj/argo-rollouts pkg/apis/rollouts/v1alpha1; argoproj-labs/argocd-operator api/v1beta1: ArgoCDRepoSpec, ArgoCDServerSpec',
    kinds: {
      Workflow: WORKFLOW,
      WorkflowTemplate: WORKFLOW,
      ClusterWorkflowTemplate: WORKFLOW,
      CronWorkflow: workflow('spec.workflowSpec'),
      WorkflowTaskSet: [{ at: 'spec.tasks.*', containers: ARGO_CONTAINERS }],
      Sensor: ARGO_EVENTS,
      EventSource: ARGO_EVENTS,
      EventBus: EVENT_BUS,
      Rollout: TEMPLATE,
      Experiment: ['spec.templates[].template.spec'],
      AnalysisRun: ANALYSIS,
      AnalysisTemplate: ANALYSIS,
      ClusterAnalysisTemplate: ANALYSIS,
      ArgoCD: below('spec', ['repo', 'server']).map((at) => ({
        at,
        containers: [{ at: '', names: { securityContext: null } }, 'sidecarContainers[]'],
      })),
    },
  },
  {
    group: 'tekton.dev',
    source:
      'tektoncd/pipeline pkg/apis/pipeline/v1: TaskSpec, Step, Sidecar, StepTemplate, EmbeddedTask; pkg/apis/pipeline/v1beta1: ClusterTask, StepActionSpec; pkg/apis/pipeline/pod/template.go: Template',
    kinds: {
      Task: TASK,
      ClusterTask: TASK,
      TaskRun: [tektonTask('spec.taskSpec'), podTemplate('spec.podTemplate', 'taskSpec')],
      StepAction: [{ at: 'spec', containers: [''], names: { securityContext: null } }],
      Pipeline: tektonPipeline('spec'),
      PipelineRun: [
        ...tektonPipeline('spec.pipelineSpec'),
        ...below('spec', [
          'podTemplate',
          'taskRunTemplate.podTemplate',
          'taskRunSpecs[].podTemplate',
          'taskRunSpecs[].taskPodTemplate',
        ]).map((at) => podTemplate(at, ...below('pipelineSpec', PIPELINE_TASKS))),
      ],
    },
  },
  {
    group: 'triggers.tekton.dev',
    source: 'tektoncd/triggers pkg/apis/triggers/v1beta1: KubernetesResource',
    kinds: { EventListener: ['spec.resources.kubernetesResource.spec.template.spec'] },
  },
  {
    group: 'jenkins.io',
    source: 'jenkinsci/kubernetes-operator api/v1alpha2/jenkins_types.go: JenkinsMaster',
    kinds: { Jenkins: ['spec.master'] },
  },
  {
    group: 'actions.github.com',
    source:
      'actions/actions-runner-controller apis/actions.github.com/v1alpha1: AutoscalingRunnerSetSpec, EphemeralRunnerSpec',
    kinds: {
      AutoscalingRunnerSet: ['spec.template.spec', 'spec.listenerTemplate.spec'],
      AutoscalingListener: TEMPLATE,
      EphemeralRunnerSet: ['spec.ephemeralRunnerSpec.spec'],
      EphemeralRunner: ['spec.spec'],
    },
  },
  {
    group: 'actions.summerwind.dev',
    source: 'actions/actions-runner-controller apis/actions.summerwind.net/v1alpha1/runner_types.go: RunnerPodSpec',
    kinds: {
      Runner: runner('spec'),
      RunnerReplicaSet: runner('spec.template.spec'),
      RunnerDeployment: runner('spec.template.spec'),
      RunnerSet: ['spec.template.spec'],
    },
  },
  {
    group: 'pkg.crossplane.io',
    source:
      'crossplane/crossplane apis/pkg/v1beta1/deployment_runtime_config_types.go; apis/pkg/v1alpha1: ControllerConfigSpec',
    kinds: {
      DeploymentRuntimeConfig: ['spec.deploymentTemplate.spec.template.spec'],
      ControllerConfig: [{ at: 'spec', containers: [''], names: { securityContext: 'podSecurityContext' } }],
    },
  },
];

function runner(at: string): PodPosition[] {
  return [
    {
      at,
      containers: [
        { at: '', names: { securityContext: null } },
        { at: '', names: { securityContext: null, volumeMounts: 'dockerVolumeMounts' } },
        'sidecarContainers[]',
      ],
    },
  ];
}
