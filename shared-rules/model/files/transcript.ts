import { DerivedText, type Piece } from '../../language/derived-text.ts';

/**
 * Prompts of shells, in the order in which they are looked for: in a transcript of a session what people typed stands
 * behind one, and nothing else is a command.
 */
const PROMPTS = [
  // `alice@host:~$ `, `[root@host ~]# ` and `PS C:\\> ` are prompts wherever they stand.
  /^\s*(?:\([\w.-]+\) ?)?(?:\[[\w.-]+@[^\]\n]*\]|[\w.-]+@[\w.-]+(?:[: ]\S*)?|\w+:[~/]\S*) ?[$#%] +/,
  /^\s*(?:(?:ba)?sh-[\d.]+|[~/][\w./~-]* )[$#%] +/,
  /^\s*PS(?: [^>\n]*)?> ?/,
  /^\s*[A-Za-z]:\\[^>\s]*> ?/,
  /^\s*\$ /,
];
/** In a script these begin a comment and redirect something. */
const PROMPTS_OF_SESSIONS = [/^\s*# /, /^\s*> /];
const SESSION = /^(?:console|shell-?session|terminal|powershell|pwsh|ps1?|cmd|bat|batch|dos)$/i;
const PROGRAM = /^\s*(?:sudo )?(?:docker|podman|nerdctl)\s/;

/**
 * What of a block people type: where lines have a prompt, those and what is joined to them; the rest is what the commands
 * printed.
 * @param language which the block is marked with
 */
export function typedLines(lines: readonly Piece[], language: string): DerivedText[] {
  const prompts = PROMPTS.filter((prompt) => lines.some(({ text }) => prompt.test(text)));
  if (prompts.length > 0) return [behindPrompts(lines, prompts)];
  const hasBareCommand = lines.some(({ text }) => PROGRAM.test(text));
  const ofSessions = SESSION.test(language) && !hasBareCommand ? PROMPTS_OF_SESSIONS : [];
  const used = ofSessions.filter((prompt) => lines.some(({ text }) => PROGRAM.test(text.replace(prompt, ''))));
  return [used.length > 0 ? behindPrompts(lines, used) : new DerivedText(lines)];
}

function behindPrompts(lines: readonly Piece[], prompts: readonly RegExp[]): DerivedText {
  const typed: Piece[] = [];
  let goesOn = false;
  for (const { text, offset } of lines) {
    const prompt = prompts.flatMap((one) => one.exec(text)?.[0].length ?? [])[0];
    // A shell marks the lines that go on with a prompt of their own.
    const start: number | undefined = prompt ?? (goesOn ? (/^\s*>+ /.exec(text)?.[0].length ?? 0) : undefined);
    if (start !== undefined) typed.push({ text: text.slice(start), offset: offset + start });
    goesOn = start !== undefined && /(?:\\|\s`|\^)\s*$/.test(text);
  }
  return new DerivedText(typed);
}
