import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

/**
 * Serves an editor over the channel that the process's arguments name.
 * @param pages where the rule pages lie on disk
 */
export function serve(pages: string): void {
  startServer(createConnection(ProposedFeatures.all), pages);
}
