import type { View } from '../api.ts';
import { type BuildGrant, serviceBuildGrants } from './build-grants.ts';
import { commandBuildGrants } from './commands.ts';

export const buildGrant: View<BuildGrant> = {
  name: 'buildGrant',
  composeFile: serviceBuildGrants,
  command: commandBuildGrants,
};
