import { AI_SCORE, type AiWorkload, describeSignals, type Range } from '../../../shared-rules/index.ts';
import { type MarkdownText, markdown, markdownLink, markdownText, ownMarkdown } from '../../sinks/markdown.ts';
import { joined } from '../../sinks/sink-text.ts';
import { ownUri, type UriText } from '../../sinks/uri.ts';
import type { Positioned } from '../to-lsp.ts';

/** `AI workload: inference`; undefined for what is none. */
function aiTitle({ classification }: AiWorkload): string | undefined {
  const { class: aiClass, subClass } = classification;
  const suffix = subClass ? `: ${subClass}` : '';
  if (aiClass === 'ai') return `AI workload${suffix}`;
  return aiClass === 'likely-ai' ? `May be an AI workload${suffix}` : undefined;
}

/** A lens is one line beside others; the hover names all signs. */
const MOST_IN_LENS = 3;

/** What a code lens says of an AI workload: its title and its signs in brackets. */
export function aiLensTitle(workload: AiWorkload): string | undefined {
  if (workload.classification.class !== 'ai') return undefined;
  const { signals } = workload.classification;
  const more = signals.length > MOST_IN_LENS ? ', …' : '';
  return `${aiTitle(workload)} (${describeSignals(signals.slice(0, MOST_IN_LENS))}${more})`;
}

/** Why a workload is thought to be an AI workload, with a link to every place, as Markdown; undefined for what is none. */
export function aiHover(workload: AiWorkload, document: Positioned): MarkdownText | undefined {
  const title = aiTitle(workload);
  if (!title) return undefined;
  const { signals, score } = workload.classification;
  const link = (text: string, range: Range) => markdownLink(markdownText(text), addressOf(document, range));
  const lines = signals.map(({ text, at, weight }) => markdown`- ${link(text, at.range)}: ${weight}`);
  const parts = [
    markdown`#### ${markdownText(title)}`,
    markdown`${score} points; ${AI_SCORE} make an AI workload, if more than a GPU and weak signs are among them.`,
    joined(lines, '\n'),
    ...needOf(workload, link),
    overrideAdvice(workload),
  ];
  return joined(parts, '\n\n');
}

/** What speaks for the host's network, where it is used. */
function needOf({ need }: AiWorkload, link: (text: string, range: Range) => MarkdownText): MarkdownText[] {
  if (!need) return [];
  const signs = need.signs.map(({ text, at }) => link(text, at.range));
  const evidence =
    signs.length > 0 ? [markdown`Evidence that it needs the host's network: ${joined(signs, ', ')}.`] : [];
  const counter = need.counterSign
    ? [markdown`It has networks of its own: ${link(need.counterSign.text, need.counterSign.at.range)}.`]
    : [];
  const all = [...evidence, ...counter];
  return [
    all.length > 0 ? joined(all, ' ') : markdown`It is on the host's network, and nothing shows that it needs to be.`,
  ];
}

function overrideAdvice({ classification, platform }: AiWorkload): MarkdownText {
  const isAi = classification.class === 'ai';
  const [comment, value, setting] = isAi ? ['not-ai-workload', 'false', 'exclude'] : ['ai-workload', 'true', 'include'];
  const annotation = `bulkhead.dev/ai-workload: "${value}"`;
  const where = platform === 'compose' ? 'label' : 'annotation';
  const text = `${isAi ? 'If it is none' : 'If it is one'}, say so: a comment \`# bulkhead: ${comment}\` above its name, the ${where} \`${annotation}\`, or its image in \`bulkhead.ai.${setting}\`.`;
  return ownMarkdown(text);
}

/** The place's URI; the fragment counts lines and columns from 1, as VS Code and others read it. */
function addressOf(document: Positioned, range: Range): UriText {
  const { line, character } = document.positionAt(range.start);
  return ownUri(`${document.uri}#L${line + 1},${character + 1}`);
}
