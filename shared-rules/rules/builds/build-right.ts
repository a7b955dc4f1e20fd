import type { Place } from '../../language/place.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { remove } from '../../language/yaml/change.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { type ContainerCommand, type Option, optionsOf } from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { serviceSubject } from '../../model/workload.ts';
import type { Fix, View, Viewed } from '../api.ts';
import { removalFixes, review } from '../fixes.ts';

/** A right that the build of an image gets beyond an ordinary one. */
export interface BuildRight extends Viewed {
  /** `service web`, as a sentence goes on. */
  readonly name: string;
  readonly at: Place;
  /** As it is written. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  readonly fixes: readonly Fix[];
}

/** What gives one right. Facts: the references of buildx, of BuildKit's Dockerfile frontend and of buildkitd. */
export interface RightSources {
  /** The entitlement of BuildKit. */
  readonly entitlement: string;
  /** What gives it in the `build` of a Compose service. */
  readonly field: (build: Value) => BuildField | undefined;
  /** Whether an option gives it: of `docker build`, of `RUN`, or of a command that makes a builder. */
  readonly isOption: (option: Option) => boolean;
}

export interface BuildField {
  readonly field: Field;
  readonly spelling: string;
  readonly fromDefault: boolean;
}

/** Shows what gives a build one right. */
export function buildRightView(sources: RightSources): View<BuildRight> {
  return {
    name: `buildRight ${sources.entitlement}`,
    composeFile: ({ services }) => services.flatMap((service) => inService(service, sources)),
    command: (command) => (command.verb === 'build' || command.verb === 'builder' ? inCommand(command, sources) : []),
  };
}

function inService(service: Service, { entitlement, field }: RightSources): BuildRight[] {
  const named = { subject: serviceSubject(service), name: `service ${service.name}` };
  const build = service.value.get('build');
  const own = build && field(build);
  const entitlements = (build?.get('entitlements')?.items() ?? []).flatMap((item): BuildRight[] => {
    const text = composeText(item);
    if (text?.text !== entitlement) return [];
    const fixes = [review(`Remove the entitlement ${entitlement}`, remove(item))];
    return [{ ...named, at: item, spelling: entitlement, fromDefault: text.fromDefault, fixes }];
  });
  return own ? [{ ...named, ...inBuild(own) }, ...entitlements] : entitlements;
}

function inBuild({ field, spelling, fromDefault }: BuildField) {
  return { at: field.value, spelling, fromDefault, fixes: [review(`Remove build.${field.name}`, remove(field))] };
}

function inCommand(command: ContainerCommand, { entitlement, isOption }: RightSources): BuildRight[] {
  const isEntitlement = ({ name, value = '' }: Option) =>
    (name === 'allow' || name === 'buildkitd-flags') && value.includes(entitlement);
  return command.options
    .filter((option) => isOption(option) || isEntitlement(option))
    .map((option) => ({
      subject: command.subject,
      name: builtBy(command),
      at: option.at,
      spelling: option.spelling,
      fromDefault: option.fromDefault,
      fixes: removalFixes(option, `Remove ${option.spelling}`),
    }));
}

function builtBy(command: ContainerCommand): string {
  if (command.verb === 'builder') return 'every image by this builder';
  const [tag] = optionsOf(command, 'tag');
  return tag?.value && !tag.value.includes(UNKNOWN_CHARACTER) ? `image ${tag.value}` : 'this image';
}
