import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { type ContainerCommand, type Option, optionsOf } from '../../model/commands/container-command.ts';
import { removalFixes } from '../fixes.ts';
import { BUILD_ENTITLEMENTS, type BuildGrant } from './build-grants.ts';

/**
 * The rights of builds: `docker build --network host --allow …`, `RUN --network=host --security=insecure`, and a builder
 * that is made to grant them. Facts: the references of buildx, of BuildKit's Dockerfile frontend and of buildkitd.
 */
export function commandBuildGrants(command: ContainerCommand): BuildGrant[] {
  if (command.verb !== 'build' && command.verb !== 'builder') return [];
  const grant = (option: Option, right: BuildGrant['right']): BuildGrant => ({
    subject: command.subject,
    right,
    name: builtBy(command),
    at: option.at,
    spelling: option.spelling,
    fromDefault: false,
    fixes: removalFixes(option, `Remove ${option.spelling}`),
  });
  return command.options.flatMap((option) => rightsOf(option).map((right) => grant(option, right)));
}

function builtBy(command: ContainerCommand): string {
  if (command.verb === 'builder') return 'every image by this builder';
  const [tag] = optionsOf(command, 'tag');
  return tag?.value && !tag.value.includes(UNKNOWN_CHARACTER) ? `image ${tag.value}` : 'this image';
}

function rightsOf({ name, value = '' }: Option): BuildGrant['right'][] {
  if (name === 'network' && value === 'host') return ['host network'];
  if (name === 'security' && value === 'insecure') return ['all privileges'];
  if (name === 'driver-opt' && /(?:^|[\s,"])network=host\b/.test(value)) return ['host network'];
  if (name !== 'allow' && name !== 'buildkitd-flags') return [];
  return [...BUILD_ENTITLEMENTS].filter(([entitlement]) => value.includes(entitlement)).map(([, right]) => right);
}
