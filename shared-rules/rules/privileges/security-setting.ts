import type { Place } from '../../language/place.ts';
import { replace } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { Option } from '../../model/commands/container-command.ts';
import type { Fix } from '../api.ts';
import { removalFixes, review } from '../fixes.ts';
import type { NamedContainer } from './named-container.ts';

/** Where something is asked for, and how to take it back. */
export interface Setting {
  readonly at: Place;
  /** As it is written. */
  readonly spelling: string;
  readonly fixes: readonly Fix[];
}

/** A setting that allows a container more than an ordinary one, on any surface. */
export interface SecuritySetting extends NamedContainer, Setting {}

/** A field of Kubernetes that holds true, and should not. */
export function switchedOn(field: Field): Setting {
  const fixes = [review(`Set ${field.name} to false`, replace(field.value, 'false'))];
  return { at: field.value, spelling: `${field.name}: true`, fixes };
}

/** An option that should not be there. */
export function unwantedOption(option: Option): Setting {
  return { at: option.at, spelling: option.spelling, fixes: removalFixes(option, `Remove ${option.spelling}`) };
}
