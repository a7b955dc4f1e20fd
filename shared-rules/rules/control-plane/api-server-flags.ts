import { lookUp } from '../../language/yaml/presence.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import type { Rule } from '../api.ts';
import { doesNotInclude, is } from './demands.ts';
import { type FlagRow, type FlagSpec, flagRule, valuesOf } from './flag-rule.ts';
import { kubeApiserver, type ProgramItem } from './views.ts';

const AUTHORIZATION_MODE = {
  flag: 'authorization-mode',
  type: 'list',
  default: 'AlwaysAllow',
  hasNoDefault: ({ flags }) => flags.has('authorization-config'),
} as const satisfies FlagSpec;

/**
 * Facts: the reference of kube-apiserver on kubernetes.io, and what Kubernetes does with the flags
 * (pkg/kubeapiserver/options/authentication.go and authorization.go).
 */
const ROWS = [
  {
    id: 'api-server-anonymous-auth',
    on: kubeApiserver,
    flag: 'anonymous-auth',
    type: 'boolean',
    default: 'true',
    // The file may limit anonymous requests to some paths: as an alpha feature in 1.31, by default since 1.32.
    hasNoDefault: ({ flags, kubernetesVersion }) =>
      flags.has('authentication-config') && isAtLeast(kubernetesVersion, 31),
    demand: is('false'),
    // Beside AlwaysAllow the API server switches anonymous requests off by itself.
    isIgnored: (program) => valuesOf(program, AUTHORIZATION_MODE)?.includes('AlwaysAllow') ?? false,
    breaks: hasHttpProbe,
    what: 'answers requests that carry no identity',
    why: 'Whoever reaches its port may do what RBAC grants to system:unauthenticated, and a careless binding is enough to open the cluster.',
    advice: 'Allow only the health checks in an AuthenticationConfiguration, or set --anonymous-auth=false.',
  },
  {
    ...AUTHORIZATION_MODE,
    id: 'api-server-authorization-mode',
    on: kubeApiserver,
    demand: doesNotInclude('AlwaysAllow', 'Node,RBAC'),
    what: 'allows every request of whoever it can identify',
    why: 'Any client certificate and any service account token, such as the one in every pod, then controls the whole cluster.',
    advice: 'Set --authorization-mode=Node,RBAC.',
  },
] as const satisfies readonly FlagRow[];

/** Probes by HTTP carry no identity: without anonymous requests they fail, and the kubelet restarts the API server. */
function hasHttpProbe({ container: { value } }: ProgramItem): boolean {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].some(
    (name) => lookUp(value, name, 'httpGet') !== 'absent',
  );
}

export const apiServerFlags: readonly Rule[] = ROWS.map(flagRule);
