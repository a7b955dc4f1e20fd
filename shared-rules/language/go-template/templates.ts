import type { Range } from '../text.ts';
import { SyntaxProblem } from './lexer.ts';
import type { Definition, Node } from './nodes.ts';
import { parseTemplate } from './parser.ts';
import type { Rope, TemplatePlace } from './rope.ts';
import { TemplateError } from './template-error.ts';

/** A text that templates are parsed from. */
export interface TemplateText {
  readonly source: Rope;
  /** The path of its file; where `tpl` was given it, that of the template that calls `tpl`. */
  readonly file: string;
  /** The action that gave the text to `tpl`. */
  readonly tplAt?: TemplatePlace | undefined;
}

/** A template that can be executed. */
export interface Template {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly written: TemplateText;
}

/** Where a range of a template's text is written. What is in a text for `tpl` is where that is called. */
export function placeIn({ written }: Template, range: Range, caller: TemplatePlace | undefined): TemplatePlace {
  return written.tplAt ?? { file: written.file, range, caller };
}

/** Templates that can call each other by name. */
export class TemplateSet {
  readonly #isFunction: (name: string) => boolean;
  readonly #enclosing: TemplateSet | undefined;
  readonly #templates = new Map<string, Template>();
  /** What was parsed for `tpl`, by its text. */
  readonly #parsed: Map<string, readonly Definition[]>;

  /**
   * @param isFunction the names of functions; a call of another one is a syntax error
   * @param enclosing a set whose templates can be called too, unless there is one of that name here
   */
  constructor(isFunction: (name: string) => boolean, enclosing?: TemplateSet) {
    this.#isFunction = isFunction;
    this.#enclosing = enclosing;
    this.#parsed = enclosing ? enclosing.#parsed : new Map();
  }

  find(name: string): Template | undefined {
    return this.#templates.get(name) ?? this.#enclosing?.find(name);
  }

  /**
   * Adds a text as a template, with those that it defines. One with content replaces others of its name.
   * @param known what was parsed under that name before, by its text; what is parsed is added
   * @throws TemplateError with the place of a syntax error
   */
  add(name: string, written: TemplateText, known: Map<string, readonly Definition[]> = new Map()): void {
    for (const definition of this.#parse(name, written, known)) this.#define(definition, written);
  }

  /** A set with the templates that a text for `tpl` defines, and the text as a template. */
  with(written: TemplateText): { set: TemplateSet; template: Template } {
    const set = new TemplateSet(this.#isFunction, this);
    const definitions = this.#parse('', written, this.#parsed);
    for (const definition of definitions.slice(0, -1)) set.#define(definition, written);
    return { set, template: { ...definitions.at(-1)!, written } };
  }

  #define(definition: Definition, written: TemplateText): void {
    if (definition.isEmpty && this.find(definition.name)) return;
    this.#templates.set(definition.name, { ...definition, written });
  }

  #parse(name: string, written: TemplateText, known: Map<string, readonly Definition[]>): readonly Definition[] {
    const { text } = written.source;
    const before = known.get(text);
    if (before) return before;
    try {
      const definitions = parseTemplate(name, text, this.#isFunction);
      known.set(text, definitions);
      return definitions;
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      const range = { start: error.start, end: error.start };
      throw new TemplateError(`parse error: ${error.message}`, written.tplAt ?? { file: written.file, range });
    }
  }
}
