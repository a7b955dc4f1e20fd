import { withoutLinks } from './links.ts';
import type { SinkText } from './sink-text.ts';
import { visible } from './visible.ts';

/** A text that editors show as it is: the message of a problem, the title of an action. */
export type PlainText = SinkText<'plain'>;

/** A notification, in which editors read links, and some of them Markdown. */
export type NotificationText = SinkText<'notification'>;

/** The title of a code lens, in which VS Code reads icons. */
export type LensText = SinkText<'lens'>;

/** An entry of an editor's log. */
export type LogText = SinkText<'log'>;

export function plainText(text: string): PlainText {
  return visible(text) as PlainText;
}

export function notificationText(text: string): NotificationText {
  return withoutLinks(visible(text)) as NotificationText;
}

/** A text in which there is no icon, such as `$(warning)`. */
export function lensText(text: string): LensText {
  return visible(text).replaceAll('$(', '$ (') as LensText;
}

/** A text of which no line but the first begins where an entry begins. */
export function logText(text: string): LogText {
  return text.split(/\r?\n/).map(visible).join('\n  ') as LogText;
}
