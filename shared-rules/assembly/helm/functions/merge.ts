import type { Data, Dict } from '../../../language/go-template/data.ts';
import { truth } from '../../../language/go-template/data.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import type { Spend } from './deep-equal.ts';

const MAX_DEPTH = 200;

/**
 * Merges a map into another one as dario.cat/mergo does: what is empty there is taken from the source or, with `overwrites`, all
 * that the source has. Maps are merged all the way down, lists never.
 */
export function merge(target: Dict, source: Dict, overwrites: boolean, spend: Spend, depth = 0): void {
  if (depth > MAX_DEPTH) throw new TemplateError('a value is nested too deeply to be merged');
  if (source === target) return;
  if (source.unknown) target.unknown = source.unknown;
  for (const [name, entry] of source.entries) {
    spend(1);
    const { value } = entry;
    const found = target.entries.get(name)?.value;
    if (value.kind === 'nil' && !overwrites) {
      continue;
    }
    if (value.kind === 'dict' && found?.kind === 'dict') {
      merge(found, value, overwrites, spend, depth + 1);
      if (!isEmpty(found)) continue;
    }
    const isKept = !overwrites && found !== undefined && !isEmpty(found);
    if (!isKept) target.entries.set(name, entry);
  }
}

function isEmpty(data: Data): boolean {
  return truth(data) === false;
}
