import { CONFIG, type Key, type Shape } from './shape.ts';

/** A first `.bulkhead.yaml`: every key with its meaning, and all but the profile a comment. */
export function starterConfig(): string {
  const [profile, ...others] = Object.entries(CONFIG.keys) as [[string, Key], ...[string, Key][]];
  const head = comment('What Bulkhead looks for here, and what is accepted. Every key may be left out.');
  const blocks = others.map(
    ([name, key]) => `${comment(key.description)}${example(name, key).replaceAll(/^/gm, '# ')}\n`,
  );
  return [head, `${comment(profile[1].description)}${example(...profile)}\n`, ...blocks].join('\n');
}

/** Text as comments, broken into lines of a width that people read. */
function comment(text: string): string {
  const lines = text.match(/.{1,90}(?:\s|$)/g) ?? [];
  return lines.map((line) => `# ${line.trimEnd()}\n`).join('');
}

function example(name: string, { shape }: Key): string {
  return linesOf(name, shape).join('\n');
}

/** A key with an example of what may stand behind it. */
function linesOf(name: string, shape: Shape): string[] {
  switch (shape.type) {
    case 'choice':
      return [`${name}: ${Object.keys(shape.values)[0]}`];
    case 'text':
      return [`${name}: ${JSON.stringify(shape.example)}`];
    case 'table':
      return [`${name}:`, `  ${Object.keys(shape.key.values)[0]}: ${Object.keys(shape.value.values).at(-1)}`];
    case 'list':
      return [`${name}:`, ...indented(itemLines(shape.of))];
    case 'mapping':
      return [`${name}:`, ...indented(Object.entries(shape.keys).flatMap(([key, { shape }]) => linesOf(key, shape)))];
  }
}

/** An item of a list: what follows its dash is one key deep. */
function itemLines(shape: Shape): string[] {
  if (shape.type !== 'mapping') return [linesOf('-', shape)[0]!.replace('-: ', '- ')];
  const lines = Object.entries(shape.keys)
    // One rule is enough of an example.
    .filter(([key]) => !(key === 'rules' && 'rule' in shape.keys))
    .flatMap(([key, { shape }]) => linesOf(key, shape));
  return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
