import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';

/** One command of a script, from where it begins: a line that goes on behind a backslash is one. */
export function commandFrom(line: string, start: number): string {
  return line
    .slice(start)
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\n|;|&&|\|/)[0] as string;
}

/** Options whose value says nothing about a login. */
const VALUED = String.raw`(?<!\S)["']?--(?:model|tokenizer|port|host|dtype|seed|[\w-]+-(?:name|len|size|utilization|dir|path|seqs|tokens|uri|root))[= ]`;
const UNKNOWN_VALUE = String.raw`(?:["']?\$(?:\w+|\{\w+\}|\(\w+\))["']?|\S*${UNKNOWN_CHARACTER}\S*)`;
const KNOWN_USE = new RegExp(String.raw`(${VALUED}|\bserve )${UNKNOWN_VALUE}`, 'g');

/** Whether variables or expressions stand where options may be. */
export function mayHoldOptions(command: string): boolean {
  const rest = command.replaceAll(KNOWN_USE, '$1');
  return /[$`]/.test(rest) || rest.includes(UNKNOWN_CHARACTER);
}
