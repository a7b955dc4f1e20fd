import { remove } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type ContainerCommand, optionsOf } from '../../model/commands/container-command.ts';
import type { ComposeFile } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import type { InspectedContainer } from '../../model/running/inspect.ts';
import { review } from '../fixes.ts';
import { concernsContainer, namedByCommand, namedRunning, namedService } from './named-container.ts';
import { type SecuritySetting, unwantedOption } from './security-setting.ts';

/** A security option of a container engine, such as `seccomp=unconfined`. */
export interface SecurityOption extends SecuritySetting {
  /** Without the flag in front. */
  readonly text: string;
  /** The item of the list it stands in; undefined in a command. */
  readonly item: Value | undefined;
}

/** What the services of a Compose file name under `security_opt`. */
export function composeSecurityOptions({ services }: ComposeFile): SecurityOption[] {
  return services.flatMap((service) =>
    textsIn(service.value.get('security_opt')).map(({ item, text }) => ({
      ...namedService(service),
      text,
      item,
      at: item,
      spelling: text,
      fixes: [review(`Remove ${text}`, remove(item))],
    })),
  );
}

/** What a command passes with `--security-opt`. */
export function commandSecurityOptions(command: ContainerCommand): SecurityOption[] {
  if (!concernsContainer(command)) return [];
  return optionsOf(command, 'security-opt').map((option) => ({
    ...namedByCommand(command),
    ...unwantedOption(option),
    text: option.value ?? '',
    item: undefined,
  }));
}

/** What a container was created with. */
export function runningSecurityOptions(container: InspectedContainer): SecurityOption[] {
  return textsIn(container.hostConfig.get('SecurityOpt')).map(({ item, text }) => ({
    ...namedRunning(container),
    text,
    item,
    at: item,
    spelling: text,
    fixes: [],
  }));
}

function textsIn(options: Value | undefined): { readonly item: Value; readonly text: string }[] {
  return (options?.items() ?? []).flatMap((item) => {
    const text = composeText(item)?.text;
    return text === undefined ? [] : { item, text };
  });
}
