import type { DerivedText } from '../../language/derived-text.ts';
import { lineEnd, nextLine } from '../../language/text.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';

/** Shells of Windows. A command of one line is written alike in them and in a POSIX shell, and only such are read. */
export type WindowsShell = 'powershell' | 'cmd';

/** What joins a line to the next. Facts: PowerShell's about_Special_Characters; the documentation of `cmd`. */
const GOES_ON: Readonly<Record<WindowsShell, RegExp>> = { powershell: /(?:^|\s)`[ \t]*$/, cmd: /\^[ \t]*$/ };
const STARTS_CONTAINER =
  /^[ \t]*(?:[@&][ \t]*)?(?:[\w.:\\/-]*[\\/])?(?:nvidia-)?(?:docker|podman|nerdctl|finch)(?:\.exe)?[ \t]/i;
/** A continuation, a variable, and what is an escape in other shells alone. */
const FOREIGN: Readonly<Record<WindowsShell, RegExp>> = {
  powershell: /`[ \t]*\n|`|\$\{?env:\w+\}?|\\|^[ \t]*&/gi,
  cmd: /\^[ \t]*\n|\^|%[\w~]+%?|\$|\\|^[ \t]*@/g,
};

/** The commands of a container engine in a script, each as a POSIX shell would read it. */
export function windowsCommands(script: DerivedText, shell: WindowsShell): DerivedText[] {
  const { text } = script;
  const commands: DerivedText[] = [];
  for (let start = 0; start < text.length; ) {
    let line = start;
    while (GOES_ON[shell].test(text.slice(line, lineEnd(text, line))) && nextLine(text, line) < text.length)
      line = nextLine(text, line);
    const end = nextLine(text, line);
    if (STARTS_CONTAINER.test(text.slice(start, end))) commands.push(toPosix(script.part({ start, end }), shell));
    start = end;
  }
  return commands;
}

function toPosix(command: DerivedText, shell: WindowsShell): DerivedText {
  return command.replacing(FOREIGN[shell], (foreign) => ({ text: inPosix(foreign), fromDefault: false }));
}

function inPosix(foreign: string): string {
  if (foreign.endsWith('\n')) return '\\\n';
  if (foreign === '\\') return '\\\\';
  if (/^[ \t]*[@&]$/.test(foreign)) return '';
  return /^(?:\$\{?env:(?:HOME|USERPROFILE)\}?|%USERPROFILE%)$/i.test(foreign) ? '~' : UNKNOWN_CHARACTER;
}
