import type { Data, TemplateFunction } from './data.ts';
import { execute } from './evaluate.ts';
import type { Scope } from './expressions.ts';
import { Limits } from './limits.ts';
import { Rope, type TemplatePlace } from './rope.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateSet } from './templates.ts';

/**
 * How many templates may be executed in each other. Helm takes 1000 of one name, for which the stack of Node is too small; no
 * chart that ends comes near either.
 */
const MAX_DEPTH = 200;

/** What Go prints for nil, and Helm takes out of what is rendered. */
const NO_VALUE = '<no value>';

/** The functions of a chart, and what its templates did so far. */
export class Session {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly limits: Limits;
  /** Both are evaluated in a way of their own. */
  readonly and: TemplateFunction | undefined;
  readonly or: TemplateFunction | undefined;
  #depth = 0;

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
      if (!(error instanceof RangeError)) throw error;
      const isDeep = error.message.includes('call stack');
      throw new TemplateError(isDeep ? 'templates are nested too deeply' : error.message);
    }
  }

  /** The function `include`. */
  include(set: TemplateSet, name: string, data: Data, place: TemplatePlace): Rope {
    return this.#named(set, name, data, place);
  }

  /**
   * What a template prints that is executed in another one, or by itself.
   * @throws TemplateError when there are too many in each other
   */
  execute(scope: Omit<Scope, 'session'>, data: Data): Rope {
    if (this.#depth >= MAX_DEPTH) throw new TemplateError('templates are nested too deeply');
    this.#depth++;
    try {
      return execute({ session: this, ...scope }, data);
    } finally {
      this.#depth--;
    }
  }

  /** The function `tpl`. */
  tpl(set: TemplateSet, source: Rope, data: Data, place: TemplatePlace): Rope {
    this.limits.spendOnText(source.length);
    if (!source.text.includes('{{')) return source.replaceAll(NO_VALUE, '');
    const { set: own, template } = set.with({ source, file: place.file, tplAt: place });
    return this.execute({ set: own, template, caller: place }, data).replaceAll(NO_VALUE, '');
  }

  #named(set: TemplateSet, name: string, data: Data, caller: TemplatePlace | undefined): Rope {
    const template = set.find(name);
    if (!template)
      throw new TemplateError(`template: no template ${JSON.stringify(name)} associated with template "gotpl"`);
    return this.execute({ set, template, caller }, data);
  }

  /** A text that is written in another way at a place, such as with escapes. */
  madeAt(text: string, place: TemplatePlace): Rope {
    return Rope.of(text, { place });
  }
}
