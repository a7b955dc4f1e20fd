import { type CommentChange, isCommentChange } from './comments.ts';
import { isWordChange, type WordChange } from './shell/word-edit.ts';
import type { YamlChange } from './yaml/change.ts';

/** A change to what is written: to nodes of a YAML document, to words of a command, or to comments. */
export type Change = YamlChange | WordChange | CommentChange;

/** Tells a change to nodes from others. */
export function isYamlChange(change: Change): change is YamlChange {
  return !isWordChange(change) && !isCommentChange(change);
}
