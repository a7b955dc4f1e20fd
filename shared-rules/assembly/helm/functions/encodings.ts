import { base32, base64, fromBase32, fromBase64 } from '../../../language/base64.ts';
import { text } from '../../../language/go-template/data.ts';
import { fromUtf8, utf8Bytes } from '../../../language/utf8.ts';
import { type FunctionTable, fn } from './define.ts';

/** What is wrong is the result, as in Sprig. */
function decoded(bytes: number[] | { readonly wrongAt: number }, name: string): string {
  return 'wrongAt' in bytes ? `illegal ${name} data at input byte ${bytes.wrongAt}` : fromUtf8(bytes);
}

export const ENCODING_FUNCTIONS: FunctionTable = {
  b64enc: fn(['string'], ([rope]) => text(base64(utf8Bytes(rope.text)))),
  b64dec: fn(['string'], ([rope]) => text(decoded(fromBase64(rope.text), 'base64'))),
  b32enc: fn(['string'], ([rope]) => text(base32(utf8Bytes(rope.text)))),
  b32dec: fn(['string'], ([rope]) => text(decoded(fromBase32(rope.text), 'base32'))),
};
