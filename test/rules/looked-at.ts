import type { LintedPart } from '../../shared-rules/engine/lint-result.ts';
import { readDecisions } from '../../shared-rules/engine/suppressions/suppression.ts';
import { NO_AI_CONTEXT } from '../../shared-rules/model/ai/context.ts';
import type { KubernetesObject } from '../../shared-rules/model/kubernetes/objects.ts';
import type { Content } from '../../shared-rules/model/manifest.ts';
import type { Rule, View, ViewContext } from '../../shared-rules/rules/api.ts';
import { checkedException } from '../../shared-rules/rules/exceptions/views.ts';

/** Whether anything was read from a text that a rule with this view may report. */
export function isLookedAt(view: View, parts: readonly LintedPart[]): boolean {
  return parts.some((part) =>
    view === checkedException
      ? hasException(part)
      : part.manifest.contents.some((content) => isFor(view, content, contextOf(part))),
  );
}

function contextOf({ known }: LintedPart): ViewContext {
  return { settings: { kubernetesVersion: undefined }, ai: NO_AI_CONTEXT, known, isExample: false };
}

function hasException({ manifest, objects }: LintedPart): boolean {
  return readDecisions(manifest, objects, false).exceptions.length > 0;
}

function isFor(view: View, content: Content, context: ViewContext): boolean {
  switch (content.dialect) {
    case 'kubernetes':
      return content.objects.some((object) => looksInto(view, object, context));
    case 'compose':
      return view.composeFile !== undefined && content.compose.services.length > 0;
    case 'script':
      return (view.script ?? view.command) !== undefined && content.script.commands.length > 0;
    case 'containers':
      return view.container !== undefined && content.containers.length > 0;
  }
}

/** Whether a view gives something of an object, or looks at more of it than its kind. */
function looksInto(view: View, object: KubernetesObject, context: ViewContext): boolean {
  let isRead = false;
  const watched = new Proxy(object, {
    get(target, name) {
      isRead ||= name === 'root' || (name === 'pods' && target.pods.length > 0);
      return Reflect.get(target, name, target);
    },
  });
  const items = view.object?.(watched, context) ?? [];
  return items.length > 0 || isRead;
}

const SURFACES = ['object', 'composeFile', 'script', 'command', 'container'] as const;

/** Why a silent example proves nothing. */
export function explainUnread({ id, on }: Pick<Rule, 'id' | 'on'>, parts: readonly LintedPart[]): string {
  const surfaces = SURFACES.filter((surface) => on[surface] !== undefined).join(', ') || 'no surface';
  const kinds = on.kinds?.length ? `names the kinds ${on.kinds.join(', ')}` : 'names no kinds';
  const read = parts.flatMap(({ manifest }) => manifest.contents.map(describe)).join(', ') || 'nothing';
  return `${id} looks at nothing in this example: its view has ${surfaces} and ${kinds}, and what was read is ${read}. Is a kind missing from \`kinds\`, or the file not recognised? If the rule is not about this, mark the example \`unread\`.`;
}

function describe(content: Content): string {
  return content.dialect === 'kubernetes' ? content.objects.map(({ kind }) => kind).join(', ') : content.dialect;
}
