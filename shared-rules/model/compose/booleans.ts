import type { Field, Value } from '../../language/yaml/value.ts';
import { type ComposeText, composeText } from './interpolation.ts';

/** A boolean of a Compose file, and the text that it was read from. */
export interface ComposeBoolean extends ComposeText {
  readonly value: boolean;
}

const TRUE = /^(?:true|y|yes|on)$/i;
const FALSE = /^(?:false|n|no|off)$/i;

/**
 * The boolean that Compose makes of a scalar, quoted or not, after interpolation; undefined for a text that it refuses.
 * Facts: `toBoolean` in `loader/interpolate.go` of compose-go.
 */
export function composeBoolean(value: Value | undefined): ComposeBoolean | undefined {
  const text = composeText(value);
  if (!text) return undefined;
  if (TRUE.test(text.text)) return { ...text, value: true };
  return FALSE.test(text.text) ? { ...text, value: false } : undefined;
}

/** A field that Compose reads as true. */
export interface SwitchedOn {
  readonly field: Field;
  /** Whether a variable's default says so. */
  readonly fromDefault: boolean;
}

export function composeTrueField(owner: Value, name: string): SwitchedOn | undefined {
  const field = owner.field(name);
  const boolean = composeBoolean(field?.value);
  return field && boolean?.value ? { field, fromDefault: boolean.fromDefault } : undefined;
}
