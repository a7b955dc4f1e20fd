import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import { applyEdits, partIn, type TextPart } from '../../language/text.ts';
import { replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import { readShortMount } from '../mounts.ts';
import { composeBoolean } from './booleans.ts';
import { type ComposeText, composeText, partlyKnownText } from './interpolation.ts';

/** A mount of a service, from either form of an entry of `volumes`. */
export interface ServiceMount {
  /** The entry. */
  readonly entry: Value;
  /** `bind`, `volume`, `npipe`, `tmpfs` and others. */
  readonly type: string;
  readonly source: MountSource | undefined;
  /** With UNKNOWN_CHARACTER where a variable decides. */
  readonly target: string | undefined;
  readonly isReadOnly: boolean;
  readonly propagation: Propagation | undefined;
  /** Whether a variable's default stood in for one, where the source is written. */
  readonly fromDefault: boolean;
}

/** A path of the host or the name of a volume. */
export interface MountSource {
  /** With UNKNOWN_CHARACTER where a variable decides. */
  readonly text: string;
  /** Before interpolation; undefined where it is not known what of the entry it is. */
  readonly written: string | undefined;
  readonly at: Place;
}

export interface Propagation {
  /** Such as `rshared`. */
  readonly mode: string;
  readonly at: Value;
  /** As it is written, such as `propagation: rshared`. */
  readonly spelling: string;
  /** Empty where another mode cannot be written. */
  readonly withMode: (mode: string) => readonly Change[];
}

/** The mounts of a service. */
export function serviceMounts(service: Value): ServiceMount[] {
  return (service.get('volumes')?.items() ?? []).flatMap((entry) => readServiceMount(entry) ?? []);
}

/** An entry of `volumes`; undefined where it is neither a mapping nor a text. */
export function readServiceMount(entry: Value): ServiceMount | undefined {
  return entry.isMapping ? longMount(entry) : shortMount(entry);
}

function longMount(entry: Value): ServiceMount {
  const source = entry.get('source');
  const text = partlyKnownText(source);
  const propagation = entry.at('bind', 'propagation');
  const mode = composeText(propagation);
  return {
    entry,
    type: entry.get('type')?.text ?? 'bind',
    source: source && text && { text: text.text, written: source.text, at: source },
    target: partlyKnownText(entry.get('target'))?.text,
    isReadOnly: composeBoolean(entry.get('read_only'))?.value === true,
    propagation: propagation && mode && readPropagation(propagation, mode, wholeOf(mode.text), 'propagation: '),
    fromDefault: text?.fromDefault ?? false,
  };
}

function shortMount(entry: Value): ServiceMount | undefined {
  const text = partlyKnownText(entry);
  if (!text) return undefined;
  const { source, target, propagation, type, isReadOnly } = readShortMount(text.text);
  return {
    entry,
    type,
    source: source && shortSource(entry, text.text, source),
    target: target?.text,
    isReadOnly,
    propagation: propagation && readPropagation(entry, text, propagation, ':'),
    fromDefault: text.fromDefault,
  };
}

function shortSource(entry: Value, read: string, source: TextPart): MountSource {
  const raw = entry.text ?? '';
  const range = partIn(raw, read, source);
  const written = range && raw.slice(range.start, range.end);
  return { text: source.text, written, at: entry.placeOf(written ?? source.text) };
}

function wholeOf(text: string): TextPart {
  return { text, start: 0, end: text.length };
}

/** @param at the scalar whose text, as Compose reads it, holds the mode */
function readPropagation(at: Value, { text }: ComposeText, mode: TextPart, before: string): Propagation {
  const written = at.text ?? '';
  return {
    mode: mode.text,
    at,
    spelling: before + mode.text,
    withMode: (other) => {
      const range = partIn(written, text, mode);
      return range ? [replace(at, applyEdits(written, [{ range, newText: other }]))] : [];
    },
  };
}
