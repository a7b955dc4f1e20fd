import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

// Serves an editor over the channel that the process's arguments name. The rule pages lie beside the program.
startServer(createConnection(ProposedFeatures.all), join(import.meta.dirname, 'rules'));
