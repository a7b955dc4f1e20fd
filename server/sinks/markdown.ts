import { type SinkText, templateFor } from './sink-text.ts';
import type { UriText } from './uri.ts';
import { visible } from './visible.ts';

export type MarkdownText = SinkText<'markdown'>;

export const markdown = templateFor<'markdown'>();

/** A text that CommonMark takes for nothing but text, in one line. */
export function markdownText(text: string): MarkdownText {
  return visible(inOneLine(text)).replaceAll(/[\\`*_{}[\]<>()#!|&~$]/g, String.raw`\$&`) as MarkdownText;
}

/** The same for comments on GitHub and GitLab, where names and numbers are links, and dollars enclose formulas. */
export function commentText(text: string): MarkdownText {
  return visible(inOneLine(text)).replaceAll(/[\\`*_[\]<>|&~$]|[@#](?=\w)|https?(?=:)|www(?=\.)/gi, (part) =>
    /^[@#hw]/i.test(part) ? `${part}&#8203;` : `&#${part.charCodeAt(0)};`,
  ) as MarkdownText;
}

/** A link. A bracket in an address would end it. */
export function markdownLink(text: MarkdownText, address: UriText): MarkdownText {
  const encoded = address.replaceAll(
    /[()<>\s\\]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `[${text}](${encoded})` as MarkdownText;
}

/** A page that comes with Bulkhead: it is Markdown already. */
export function ownMarkdown(page: string): MarkdownText {
  return page as MarkdownText;
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
