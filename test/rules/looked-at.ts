import type { LintedPart } from '../../shared-rules/engine/lint-result.ts';
import { readDecisions } from '../../shared-rules/engine/suppressions/suppression.ts';
import type { KubernetesObject } from '../../shared-rules/model/kubernetes/objects.ts';
import type { Content } from '../../shared-rules/model/manifest.ts';
import type { Rule, View } from '../../shared-rules/rules/api.ts';
import { checkedException } from '../../shared-rules/rules/exceptions/views.ts';

/** Whether anything was read from a text that a rule with this view may report. */
export function isLookedAt(view: View, parts: readonly LintedPart[]): boolean {
  return parts.some((part) =>
    view === checkedException ? hasException(part) : part.manifest.contents.some((content) => isFor(view, content)),
  );
}

function hasException({ manifest, objects }: LintedPart): boolean {
  return readDecisions(manifest, objects).exceptions.length > 0;
}

function isFor(view: View, content: Content): boolean {
  switch (content.dialect) {
    case 'kubernetes':
      return view.object !== undefined && content.objects.some((object) => isObjectFor(view, object));
    case 'compose':
      return view.composeFile !== undefined && content.compose.services.length > 0;
    case 'script':
      return (view.script ?? view.command) !== undefined && content.script.commands.length > 0;
    case 'containers':
      return view.container !== undefined && content.containers.length > 0;
  }
}

function isObjectFor({ kinds = [] }: View, { kind = '', pods }: KubernetesObject): boolean {
  return pods.length > 0 || kinds.some((one) => (typeof one === 'string' ? one === kind : one.test(kind)));
}

const SURFACES = ['object', 'composeFile', 'script', 'command', 'container'] as const;

/** Why a silent example proves nothing. */
export function explainUnread({ id, on }: Pick<Rule, 'id' | 'on'>): string {
  const surfaces = SURFACES.filter((surface) => on[surface] !== undefined).join(', ') || 'no surface';
  const kinds = on.kinds?.length ? `names the kinds ${on.kinds.join(', ')}` : 'names no kinds';
  return `nothing in this example was parsed that ${id} could look at: its view has ${surfaces} and ${kinds}; is the kind missing from \`kinds\`, or is the file not recognised?`;
}
