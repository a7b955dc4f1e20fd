import type { Range } from '../text.ts';
import { type Data, int, NIL, sortedEntries, text, truth } from './data.ts';
import { asElement, Expressions, type Scope } from './expressions.ts';
import { printed } from './format.ts';
import type { ConditionNode, Node, RangeNode, TemplateNode } from './nodes.ts';
import { checkLength, type Piece, Rope } from './rope.ts';
import { TemplateError } from './template-error.ts';
import { markChanges, unknownOutput } from './unknown-branch.ts';

/**
 * What a template prints.
 * @throws TemplateError
 */
export function execute(scope: Scope, data: Data): Rope {
  return new Execution(scope, data).run();
}

/** A `break` or `continue` on its way to its loop. */
type Jump = 'break' | 'continue' | undefined;

class Execution {
  readonly #scope: Scope;
  readonly #data: Data;
  readonly #expressions: Expressions;
  readonly #output: Piece[] = [];
  #length = 0;

  constructor(scope: Scope, data: Data) {
    this.#scope = scope;
    this.#data = data;
    this.#expressions = new Expressions(scope, data);
  }

  run(): Rope {
    this.#list(this.#data, this.#scope.template.nodes);
    return Rope.ofPieces(this.#output);
  }

  #list(dot: Data, nodes: readonly Node[]): Jump {
    for (const node of nodes) {
      const jump = this.#node(dot, node);
      if (jump) return jump;
    }
    return undefined;
  }

  #node(dot: Data, node: Node): Jump {
    this.#scope.session.limits.spend(1);
    switch (node.kind) {
      case 'text':
        this.#print(this.#expressions.literal(node.range));
        return undefined;
      case 'action': {
        const value = this.#expressions.pipeline(dot, node.pipeline);
        if (node.pipeline.variables.length > 0) return undefined;
        const shown = value.kind === 'nil' ? Rope.of('<no value>') : printed(value);
        this.#print(shown.printedAt(this.#expressions.placeOf(node.range)));
        return undefined;
      }
      case 'if':
      case 'with':
        return this.#condition(dot, node);
      case 'range':
        return this.#range(dot, node);
      case 'template':
        this.#template(dot, node);
        return undefined;
      case 'break':
      case 'continue':
        return node.kind;
    }
  }

  #print(rope: Rope): void {
    this.#length += rope.length;
    checkLength(this.#length);
    this.#scope.session.limits.spendOnText(rope.length);
    for (const piece of rope.pieces) this.#output.push(piece);
  }

  /** Does something after which the variables that it declares are gone. */
  #scoped(work: () => Jump): Jump {
    const { variables } = this.#expressions;
    const mark = variables.length;
    const jump = work();
    variables.length = mark;
    return jump;
  }

  #condition(dot: Data, node: ConditionNode): Jump {
    return this.#scoped(() => {
      const value = this.#expressions.pipeline(dot, node.pipeline);
      const isTrue = truth(value);
      if (isTrue === undefined) return this.#unknown(dot, node);
      return this.#list(isTrue && node.kind === 'with' ? value : dot, isTrue ? node.body : node.otherwise);
    });
  }

  /** It is not known what is printed, nor what the variables are that may be set. */
  #unknown(dot: Data, node: ConditionNode | RangeNode): Jump {
    markChanges([...node.body, ...node.otherwise], dot, this.#expressions);
    const textOf = (range: Range) => this.#expressions.literal(range).text;
    const output = unknownOutput(node.body.length > 0 ? node.body : node.otherwise, textOf);
    this.#print(Rope.of(output, { place: this.#expressions.placeOf(node.range) }));
    return undefined;
  }

  #range(dot: Data, node: RangeNode): Jump {
    return this.#scoped(() => {
      const value = this.#expressions.pipeline(dot, node.pipeline);
      if (value.kind === 'unknown' || (value.kind === 'dict' && value.unknown)) return this.#unknown(dot, node);
      const items = this.#items(value, node);
      let isEmpty = true;
      for (const [key, item] of items) {
        isEmpty = false;
        this.#scope.session.limits.spend(1);
        if (this.#iteration(node, key, item) === 'break') return undefined;
      }
      // As in Go, a `break` in the `else` of a loop ends that loop, not the one around it.
      const jump = isEmpty ? this.#list(dot, node.otherwise) : undefined;
      return jump === 'break' ? undefined : jump;
    });
  }

  /** What `range` goes over: an index or key with each item. */
  *#items(value: Data, node: RangeNode): Generator<[Data, Data]> {
    const { variables, range } = node.pipeline;
    switch (value.kind) {
      case 'nil':
        return;
      case 'int':
        if (variables.length > 1)
          throw this.#errorAt(range, `can't use ${value.value} to iterate over more than one variable`);
        for (let count = 0; count < value.value; count++) yield [NIL, int(count, value.type)];
        return;
      case 'list':
        for (const [index, item] of value.items.entries()) yield [int(index), asElement(item)];
        return;
      case 'dict':
        for (const entry of sortedEntries(value)) yield [text(entry.key), asElement(entry.value)];
        return;
      default:
        throw this.#errorAt(range, `range can't iterate over ${printed(value).text}`);
    }
  }

  #errorAt(range: RangeNode['range'], message: string): TemplateError {
    return new TemplateError(message, this.#expressions.placeOf(range));
  }

  #iteration({ pipeline, body }: RangeNode, key: Data, item: Data): Jump {
    const { variables, isAssignment } = pipeline;
    const values = variables.length > 1 ? [key, item] : [item];
    const all = this.#expressions.variables;
    for (const [index, name] of variables.entries()) {
      if (isAssignment) this.#expressions.assign(name, values[index]!);
      else all[all.length - variables.length + index]!.value = values[index]!;
    }
    return this.#scoped(() => this.#list(item, body));
  }

  #template(dot: Data, { name, pipeline, range }: TemplateNode): void {
    const { session, set } = this.#scope;
    const template = set.find(name);
    if (!template) throw this.#errorAt(range, `template ${JSON.stringify(name)} not defined`);
    const data = pipeline ? this.#expressions.pipeline(dot, pipeline) : NIL;
    this.#print(session.execute({ set, template, caller: this.#expressions.placeOf(range) }, data));
  }
}
