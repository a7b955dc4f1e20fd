import { FACT_KINDS } from '../facts/collect.ts';
import { DEVICE_CLAIM_KINDS } from '../model/ai/pod-traits.ts';
import type { Content } from '../model/manifest.ts';
import { prefilter } from '../model/prefilter.ts';
import type { View, ViewContext, Viewed } from '../rules/api.ts';
import { rules } from '../rules/index.generated.ts';

/** Whether a YAML document may hold anything that some rule looks at, a fact is collected from, or that makes a workload an AI workload. */
export const mayConcern = prefilter([
  ...new Set(rules.flatMap(({ on }) => on.kinds ?? [])),
  ...FACT_KINDS,
  ...DEVICE_CLAIM_KINDS,
]);

/** What a view shows of a document. */
export function itemsIn<Item extends Viewed>(view: View<Item>, content: Content, context: ViewContext): Item[] {
  switch (content.dialect) {
    case 'kubernetes':
      return content.objects.flatMap((object) => view.object?.(object, context) ?? []);
    case 'compose':
      return [...(view.composeFile?.(content.compose, context) ?? [])];
    case 'script':
      return [
        ...(view.script?.(content.script, context) ?? []),
        ...content.script.commands.flatMap((command) => view.command?.(command, context) ?? []),
      ];
    case 'containers':
      return content.containers.flatMap((container) => view.container?.(container, context) ?? []);
  }
}
