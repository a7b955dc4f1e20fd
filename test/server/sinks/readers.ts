/** What reads the texts that Bulkhead writes, as far as it obeys something in them. */
import { createRequire } from 'node:module';

/** Texts of strangers, each with what it would do where it is written as it is. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'a colour': '\u001B[31mred',
  'a title of the window': '\u001B]0;pwned\u0007',
  'a sequence in one control character': '\u009B31mred',
  'the beginning of the line': 'high\rnone',
  'what was written before, taken back': 'abc\b\b\bxyz',
  'a line of its own': 'a\nbulkhead: Nothing found.',
  'a line of Windows': 'a\r\nbulkhead: Nothing found.',
  'a line of Unicode': 'a\u2028b\u2029c\u0085d',
  'the end of a text': 'a\u0000b\u007F',
  'another direction': 'a\u202Elmay.b\u202C',
  'an isolated direction': 'a\u2066b\u2069\u200Fc\u061C',
  'nothing that is seen': 'a\u200Bb\u2060c\uFEFFd\u00ADe\u3164f',
  'a joiner of nothing': 'a\u200Db\u200Cc',
  'text in tags': 'a\u{E0069}\u{E0067}\u{E006E}b',
  'no more commands': '::stop-commands::x',
  'a command behind blanks': ' \t ::add-mask::a',
  'a command on a line of its own': 'a\n::error::b',
  'a command of Azure Pipelines': '##vso[task.setvariable variable=a]b',
  'a command of Azure Pipelines somewhere': 'a ###vso[task.complete result=Succeeded]',
  'a mark of Azure Pipelines': '##[error]a',
  'a command of TeamCity': "##teamcity[buildStatus status='SUCCESS']",
  'a link that runs a command': '[a](command:workbench.action.quit)',
  'a link with a title': '[a](command:workbench.action.quit "b")',
  'a link by reference': '[a][b]',
  'a link in angles': '<command:workbench.action.quit>',
  'an image': '![a](http://example.test/a.png)',
  'an element': '<img src=x onerror=alert(1)>',
  'the end of an attribute': '"><script>a</script>',
  'the end of CDATA': ']]>&a;',
  'the end of code': '`a``b',
  'an icon': '$(warning) a',
  'a cell of a table': 'a | b \\| c',
  'emphasis of something': '*a* _b_ **c** ~~d~~',
  'a person and an issue': '@someone #1',
  'a formula': '$a$ $$b$$',
};

/** Texts that mean nothing to anybody: they are shown as they are. */
export const ORDINARY: readonly string[] = [
  'web-1',
  'deploy/pod (1).yaml',
  'naïve café Ελλάδα Москва',
  '漢字かな한글',
  'می\u200Cخواهم',
  'क्\u200Dष',
  '\u{1F469}\u200D\u{1F469}\u200D\u{1F467} \u{1F433} 1\uFE0F\u20E3 \u2764\uFE0F',
  '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  'e\u0301',
  'a: b, c; 50%',
  'C:\\a\\b',
  'ollama/ollama@sha256:0123',
  '::1 and [::]:80',
  '# not a command',
  '## [a]',
  '#[a]',
  '$HOME $A a < b > c & d',
  'a\tb',
];

/** Whether a text moves, hides or ends something where it is shown; tabs do not, and line ends are looked at apart. */
export function hides(text: string): boolean {
  return [...text].some((character, at, all) => {
    const code = character.codePointAt(0) as number;
    const isControl = (code < 0x20 && code !== 9) || (code >= 0x7f && code < 0xa0);
    const isDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    const isMark = [0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x2060, 0x3164, 0xfeff].includes(code);
    const isTag = code >= 0xe0000 && code < 0xe0080 && !all.slice(0, at).includes('\u{1F3F4}');
    const isJoiner = (code === 0x200c || code === 0x200d) && (all[at - 1] ?? '') < '\u0080';
    return isControl || isDirection || isMark || isTag || isJoiner;
  });
}

/**
 * The commands that runners find in a line: GitHub's behind blanks, at the first `::` that closes one
 * (`ActionCommand.TryParseV2`), if it has a name of letters; its older form, and those of Azure Pipelines and TeamCity, anywhere in it.
 */
export function commandsIn(line: string): string[] {
  const start = line.trimStart();
  const end = start.startsWith('::') ? start.indexOf('::', 2) : -1;
  const name = end < 0 ? '' : (start.slice(2, end).split(' ')[0] as string);
  const ofGithub = /^[a-z][\w-]*$/i.test(name) ? [name] : [];
  return [...ofGithub, ...[...line.matchAll(/##\w*\[/g)].map(([mark]) => mark)];
}

/** The links that VS Code makes of a notification: `src/vs/base/common/linkedText.ts`. */
export function linksInNotification(text: string): string[] {
  const links = text.matchAll(/\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi);
  return [...links].map(([, , href]) => href as string);
}

/** The icons that VS Code makes of a label: `src/vs/base/browser/ui/iconLabel/iconLabels.ts`. */
export function iconsIn(text: string): string[] {
  return [...text.matchAll(/\$\([a-z0-9-]+(?:~[a-z]+)?\)/gi)].map(([icon]) => icon);
}

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

type MarkdownIt = new (options: { html: boolean }) => { parse(text: string, env: object): Token[] };

/** What VS Code's preview makes of Markdown: the types of what it holds beside paragraphs, and its text. */
export function readMarkdown(text: string): { readonly types: readonly string[]; readonly text: string } {
  const Parser = createRequire(import.meta.url)('markdown-it') as MarkdownIt;
  const inline = new Parser({ html: true }).parse(text, {}).flatMap(({ children }) => children ?? []);
  return { types: [...new Set(inline.map(({ type }) => type))], text: inline.map(({ content }) => content).join('') };
}
