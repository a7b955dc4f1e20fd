import { type Command, forEachChild, type SyntaxNode, type Word } from '../grammars.ts';
import { lastAtOrBefore } from '../search.ts';
import { isKnown, UNKNOWN_CHARACTER } from '../unknown.ts';
import { type KnownText, type Lookup, textOfWord } from './word-text.ts';

/** A variable that is set once in a script, where nothing decides whether that is done. */
interface Setting {
  readonly known: KnownText;
  /** The offset behind it. */
  readonly end: number;
}

/** Commands that give values to the variables they name. */
const SETTERS = /^(?:read|printf|mapfile|readarray|getopts|unset|let|declare|typeset|local)$/;
/** Commands whose arguments may set variables for what follows. */
const DECLARES = /^(?:export|readonly|declare|typeset|:)$/;
/** Commands that run other scripts in this shell: those may set any variable. */
const RUNS_MORE = /^(?:source|\.|eval)$/;

/**
 * What is known of the variables of a script: those that are set once to a text of their own, before they are used and in
 * no branch, loop or function.
 * @param given what is known of variables before it begins
 * @param deepest how deep its tree is read
 */
export function readVariables(script: SyntaxNode, given: Lookup, deepest: number): Lookup {
  const settings = new Map<string, Setting | undefined>();
  const runsMore: number[] = [];
  const lookup: Lookup = (name, offset) => {
    const outer = settings.has(name) ? undefined : given(name, offset);
    const { known, end } = settings.get(name) ?? { known: outer, end: 0 };
    if (!known || end > offset) return undefined;
    const latest = runsMore[lastAtOrBefore(runsMore.length, (index) => runsMore[index]!, offset)];
    const maySayOtherwise = latest !== undefined && latest >= end && latest < offset;
    return maySayOtherwise ? { ...known, fromDefault: true } : known;
  };
  /** @param known undefined where it is not known what is set, or whether it is */
  const set = (name: string, end: number, known: KnownText | undefined) =>
    settings.set(name, known && !settings.has(name) ? { known, end } : undefined);
  const visit = (node: SyntaxNode, depth: number, isCertain: boolean): void => {
    if (depth > deepest) return;
    if (node.type === 'Command' && RUNS_MORE.test(node.name?.value ?? '')) runsMore.push(node.pos);
    forEachChild(node, (child) => visit(child, depth + 1, isCertain && isSureToRun(node)));
    for (const name of namesSetBy(node)) set(name, node.end, undefined);
    if (node.type === 'Assignment') {
      const { append, index, value } = node;
      const isPlain = isCertain && !append && !index && value.type === 'Word';
      set(node.name, node.end, isPlain ? known(value, lookup) : undefined);
    }
    if (
      node.type === 'ParameterExpansion' &&
      node.operation?.type === 'Default' &&
      /=$/.test(node.operation.operator)
    ) {
      const text = known(node.operation.operand, lookup);
      set(node.parameter, node.end, text && isCertain ? { ...text, fromDefault: true } : undefined);
    }
  };
  visit(script, 0, true);
  return lookup;
}

/** A text of which nothing is known says nothing. */
function known(word: Word, lookup: Lookup): KnownText | undefined {
  const text = textOfWord(word, lookup);
  return isKnown(text.text) || text.text.replaceAll(UNKNOWN_CHARACTER, '') !== '' ? text : undefined;
}

/** Whether what stands in a node is done in the script's own shell, for what follows. */
function isSureToRun(node: SyntaxNode): boolean {
  if (node.type === 'Command') return !node.name || DECLARES.test(node.name.value);
  if (node.type === 'Statement') return !node.background;
  return /^(?:Script|Word|DoubleQuoted|ParameterExpansion)$/.test(node.type);
}

/** The variables to which a node gives what only it knows. */
function namesSetBy(node: SyntaxNode): string[] {
  switch (node.type) {
    case 'For':
    case 'Select':
      return [node.name.value];
    case 'Command':
      return SETTERS.test(node.name?.value ?? '') ? namesAmong(node) : [];
    case 'ArithmeticBinary':
      return /[^=!<>]=$|^=$|<<=|>>=/.test(node.operator) && 'value' in node.left ? [node.left.value] : [];
    case 'ArithmeticUnary':
      return /\+\+|--/.test(node.operator) && 'value' in node.operand ? [node.operand.value] : [];
    default:
      return [];
  }
}

function namesAmong({ args }: Command): string[] {
  return args.flatMap((word) =>
    word.type === 'Word' ? (/^(\w+)(?:$|=|\+=|\+\+|--)/.exec(word.value)?.[1] ?? []) : [],
  );
}
