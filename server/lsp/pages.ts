import { join } from 'node:path';
import type { RuleId } from '../../shared-rules/index.ts';
import { mainPart } from '../report/rule-pages.ts';
import { type MarkdownText, ownMarkdown } from '../sinks/markdown.ts';
import { uriOf } from './documents/uris.ts';

/** The rule pages, which lie in a folder on disk beside the program, so that they open without a network. */
export class Pages {
  readonly #folder: string;
  readonly #uri: string;
  #link: string | undefined;

  /** @param folder where the pages lie */
  constructor(folder: string) {
    this.#folder = folder;
    this.#uri = uriOf(folder);
  }

  /** @param link how the editor wants a page linked, with `{rule}` for the rule's id; without it by its file URI */
  begin(link: string | undefined): void {
    this.#link = link;
  }

  /** The URI that opens a rule's page. */
  linkTo = (rule: string): string => this.#link?.replace('{rule}', rule) ?? this.fileOf(rule);

  /** The URI of the file that a rule's page is. */
  fileOf = (rule: string): string => `${this.#uri}/${rule}.md`;

  /** The URI of the page about configurations. */
  get configuration(): string {
    return uriOf(join(this.#folder, '..', 'configuration.md'));
  }

  /** The page as Markdown for a hover. */
  forHover(rule: RuleId): MarkdownText {
    // A hover is small: all headings are of one modest size.
    const text = mainPart(this.#folder, rule).replaceAll(/^#{1,2} /gm, '#### ');
    return ownMarkdown(text.replaceAll(/\]\(([\w-]+)\.md\)/g, (_, id: string) => `](${this.linkTo(id)})`));
  }
}
