import { bool, type Data, list, type Struct, text } from '../../language/go-template/data.ts';
import { DEFAULT_API_VERSIONS } from './api-versions.ts';
import { fn } from './functions/define.ts';
import { struct } from './metadata.ts';

/** What `helm template` takes the cluster to be. */
export interface Capabilities {
  /** Such as `v1.33.0`. */
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly helmVersion: string;
}

/** Those of Helm 3.20 without `--kube-version` and `--api-versions`. */
export const DEFAULT_CAPABILITIES: Capabilities = {
  kubeVersion: 'v1.35.0',
  apiVersions: DEFAULT_API_VERSIONS,
  helmVersion: 'v3.20.2',
};

/** `.Capabilities`. */
export function capabilitiesData({ kubeVersion, apiVersions, helmVersion }: Capabilities): Data {
  const [major = '', minor = ''] = kubeVersion.replace(/^v/, '').split('.');
  const version = text(kubeVersion);
  const kube: Struct = {
    ...struct('chartutil.KubeVersion', [
      ['Version', version],
      ['Major', text(major)],
      ['Minor', text(minor)],
    ]),
    text: kubeVersion,
    methods: { String: fn([], () => version), GitVersion: fn([], () => version) },
  };
  const versions: Data = {
    ...list(
      apiVersions.map((one) => text(one)),
      'string',
    ),
    type: 'chartutil.VersionSet',
    methods: { Has: fn(['string'], ([one]) => bool(apiVersions.includes(one.text))) },
  };
  const helm = struct('version.BuildInfo', [
    ['Version', text(helmVersion)],
    ['GitCommit', text('')],
    ['GitTreeState', text('')],
    ['GoVersion', text('')],
  ]);
  return struct('*chartutil.Capabilities', [
    ['KubeVersion', kube],
    ['APIVersions', versions],
    ['HelmVersion', helm],
  ]);
}
