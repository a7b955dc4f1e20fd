import type { Data, TemplateFunction } from './data.ts';
import { execute } from './evaluate.ts';
import { Limits } from './limits.ts';
import { Rope, type TemplatePlace } from './rope.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateSet } from './templates.ts';

/** As `recursionMaxNums` of Helm's engine: how often a template may be included while it is. */
const MAX_NESTED_INCLUDES = 1000;

/** What Go prints for nil, and Helm takes out of what is rendered. */
const NO_VALUE = '<no value>';

/** The functions of a chart, and what its templates did so far. */
export class Session {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly limits: Limits;
  /** Both are evaluated in a way of their own. */
  readonly and: TemplateFunction | undefined;
  readonly or: TemplateFunction | undefined;
  readonly #included = new Map<string, number>();

  /** @param functions all of them, those of `text/template` (`BUILTINS`) too */
  constructor(functions: ReadonlyMap<string, TemplateFunction>, limits = new Limits()) {
    this.functions = functions;
    this.limits = limits;
    this.and = functions.get('and');
    this.or = functions.get('or');
  }

  /**
   * What a template prints as Helm renders it.
   * @throws TemplateError
   */
  render(set: TemplateSet, name: string, data: Data): Rope {
    try {
      return this.#named(set, name, data, undefined).replaceAll(NO_VALUE, '');
    } catch (error) {
      if (error instanceof RangeError) throw new TemplateError('templates are nested too deeply');
      throw error;
    }
  }

  /** The function `include`. */
  include(set: TemplateSet, name: string, data: Data, place: TemplatePlace): Rope {
    const count = this.#included.get(name) ?? 0;
    if (count > MAX_NESTED_INCLUDES)
      throw new TemplateError(`rendering template has a nested reference name: ${name}: unable to execute template`);
    this.#included.set(name, count + 1);
    try {
      return this.#named(set, name, data, place);
    } finally {
      this.#included.set(name, count);
    }
  }

  /** The function `tpl`. */
  tpl(set: TemplateSet, source: Rope, data: Data, place: TemplatePlace): Rope {
    this.limits.spendOnText(source.length);
    if (!source.text.includes('{{')) return source.replaceAll(NO_VALUE, '');
    const { set: own, template } = set.with({ source, file: place.file, tplAt: place });
    return execute({ session: this, set: own, template, caller: place }, data).replaceAll(NO_VALUE, '');
  }

  #named(set: TemplateSet, name: string, data: Data, caller: TemplatePlace | undefined): Rope {
    const template = set.find(name);
    if (!template)
      throw new TemplateError(`template: no template ${JSON.stringify(name)} associated with template "gotpl"`);
    return execute({ session: this, set, template, caller }, data);
  }

  /** A text that is written in another way at a place, such as with escapes. */
  madeAt(text: string, place: TemplatePlace): Rope {
    return Rope.of(text, { place });
  }
}
