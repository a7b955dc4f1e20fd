import { type SinkText, templateFor } from './sink-text.ts';
import { visible } from './visible.ts';

export type XmlText = SinkText<'xml'>;

export const xml = templateFor<'xml'>();

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A text for an element or an attribute. What XML 1.0 cannot hold and what is hidden is replaced; line breaks stay, and what
 * begins commands of Azure Pipelines is written as an entity.
 */
export function xmlText(text: string): XmlText {
  return text
    .split(/([\t\r\n])/)
    .map((part, index) => (index % 2 === 0 ? visible(part) : `&#${part.charCodeAt(0)};`))
    .map((part, index) => (index % 2 === 0 ? escaped(part) : part))
    .join('') as XmlText;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] as string)
    .replaceAll(/##(?=\w*\[)/g, '#&#35;');
}

/** Attributes of an element, each behind a blank. */
export function attributes(values: Readonly<Record<string, string | number>>): XmlText {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('') as XmlText;
}
