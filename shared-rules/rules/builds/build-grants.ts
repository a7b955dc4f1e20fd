import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import { remove } from '../../language/yaml/change.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

/** A right that the build of an image gets beyond an ordinary one, on any surface. */
export interface BuildGrant {
  readonly subject: Subject;
  readonly right: 'host network' | 'all privileges';
  /** `service web`, as a sentence goes on. */
  readonly name: string;
  readonly at: Place;
  /** As it is written. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  readonly fixes: readonly Fix[];
}

/** The entitlements of BuildKit that reach beyond an ordinary build. */
export const BUILD_ENTITLEMENTS: ReadonlyMap<string, BuildGrant['right']> = new Map([
  ['network.host', 'host network'],
  ['security.insecure', 'all privileges'],
]);

export function serviceBuildGrants(file: ComposeFile): BuildGrant[] {
  return file.services.flatMap((service) => [...settings(service), ...entitlements(service)]);
}

function settings(service: Service): BuildGrant[] {
  const build = service.value.get('build');
  const network = build?.field('network');
  const text = composeText(network?.value);
  const privileged = build && trueField(build, 'privileged');
  const grants: BuildGrant[] = [];
  if (network && text?.text === 'host') {
    const fixes = removal('build.network', remove(network));
    grants.push({
      ...inService(service, 'host network'),
      at: network.value,
      spelling: 'network: host',
      fromDefault: text.fromDefault,
      fixes,
    });
  }
  if (privileged) {
    const fixes = removal('build.privileged', remove(privileged));
    const at = privileged.value;
    grants.push({ ...inService(service, 'all privileges'), at, spelling: 'privileged: true', fixes });
  }
  return grants;
}

function entitlements(service: Service): BuildGrant[] {
  return (service.value.at('build', 'entitlements')?.items() ?? []).flatMap((item) => {
    const text = composeText(item);
    const right = text && BUILD_ENTITLEMENTS.get(text.text);
    if (!right) return [];
    const fixes = removal(`the entitlement ${text.text}`, remove(item));
    return { ...inService(service, right), at: item, spelling: text.text, fromDefault: text.fromDefault, fixes };
  });
}

function inService(service: Service, right: BuildGrant['right']) {
  return { subject: serviceSubject(service), name: `service ${service.name}`, right, fromDefault: false };
}

function removal(what: string, change: Change): Fix[] {
  return [{ title: `Remove ${what}`, safety: 'review', changes: [change] }];
}
