import type { View } from '../api.ts';
import { commandContainerSecurity, commandHardening, commandSysctls } from './commands.ts';
import { type ContainerSecurity, podContainerSecurity, serviceContainerSecurity } from './container-security.ts';
import { type Hardening, podHardening, serviceHardening } from './hardening.ts';
import { containerSecurityOf } from './running.ts';
import { type StackSetting, stackSettings } from './stack-settings.ts';
import { podSysctls, type SysctlUse, serviceSysctls } from './sysctls.ts';

export const containerSecurity: View<ContainerSecurity> = {
  name: 'containerSecurity',
  object: (object, { settings }) => podContainerSecurity(object, settings.kubernetesVersion),
  composeFile: serviceContainerSecurity,
  command: commandContainerSecurity,
  container: (container) => [containerSecurityOf(container)],
};

export const hardening: View<Hardening> = {
  name: 'hardening',
  object: podHardening,
  composeFile: serviceHardening,
  command: commandHardening,
};

export const sysctlUse: View<SysctlUse> = {
  name: 'sysctlUse',
  object: (object, { settings }) => podSysctls(object, settings.kubernetesVersion),
  composeFile: serviceSysctls,
  command: commandSysctls,
};

export const stackSetting: View<StackSetting> = { name: 'stackSetting', composeFile: stackSettings };
