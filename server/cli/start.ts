#!/usr/bin/env node
const [, , ...args] = process.argv;

// What editors run is not kept waiting for the command line.
void (args.join(' ') === 'lsp --stdio' ? import('../lsp/serve.ts') : import('./program.ts'));
