import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const dist = join(import.meta.dirname, '..', 'dist');

/** Modules of Node that neither start processes nor open sockets, nor run code that is text. Whatever is not here is named below. */
const HARMLESS = new Set([
  ...['assert', 'buffer', 'crypto', 'events', 'fs', 'fs/promises', 'os', 'path', 'process', 'readline'],
  ...['stream', 'stream/consumers', 'string_decoder', 'url', 'util'],
]);
const ENGINE = 'the audit of running containers asks the engine over its socket (server/workspace/container-engine.ts)';
const THREADS = 'files are linted in threads (server/workspace/lint/pool.ts)';

const PACKAGES = 'packed charts are inflated in memory (server/workspace/packed-chart.ts)';

/** What else a file may load, and why. */
const NAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bulkhead.cjs': {},
  'client.cjs': { child_process: 'the editor starts the language server', vscode: 'the editor itself' },
  'core.cjs': {},
  'grammars.cjs': {},
  'library.cjs': {},
  'library.mjs': {},
  'program.cjs': { http: ENGINE, worker_threads: THREADS, zlib: PACKAGES },
  'server.cjs': { http: ENGINE, worker_threads: THREADS, zlib: PACKAGES },
  'thread.cjs': { worker_threads: THREADS, zlib: PACKAGES },
};

/** Ways around `require`, globals that open sockets but not fields called so, and text that is run as code. */
const WAYS_AROUND =
  /\b(eval|Function|fetch|getBuiltinModule|dlopen|createRequire|importScripts)\b(?=\(|`)|\.(_linkedB|b)inding\(|\.constructor\((["'`])|(?<![{,](?=\w+:))\b(WebSocket|EventSource|XMLHttpRequest|WebAssembly)\b|\bimport\(/g;
/** In a text that vscode-languageserver gives to a process of its own, which it cannot start without `child_process`. */
const NEVER_RUN = 'var r=require.resolve(m.a);';
/** `require` of something that is not written there. */
const COMPUTED = /(?<![\w$.'"`-])require\b(?![-'"`\w]|\((["'`])[\w./:-]+\1\))/g;

const files = readdirSync(dist).filter((name) => /\.[cm]?js$/.test(name));

function modulesOf(text: string): string[] {
  const literals = /(?:\brequire\(|\bfrom\s*|\bimport\s*)(["'`])(?:node:)?([\w/]+)\1/g;
  return [...new Set([...text.matchAll(literals)].map(([, , name = '']) => name))].sort();
}

function surroundings(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(({ index }) => text.slice(Math.max(0, index - 30), index + 40));
}

it('every program is looked at', () => {
  assert.deepEqual(files.sort(), Object.keys(NAMED));
});

for (const file of files) {
  const text = readFileSync(join(dist, file), 'utf8');

  describe(file, () => {
    it('loads no module that starts processes or opens sockets, but for those with a reason', () => {
      const others = modulesOf(text).filter((name) => !HARMLESS.has(name));
      assert.deepEqual(others, Object.keys(NAMED[file] ?? {}).sort());
    });

    it('runs no text as code, and reaches no module another way', () => {
      assert.deepEqual(surroundings(text, WAYS_AROUND), []);
      // The library is built so that an import of a module of Node's ends the build; what is left of `require` in it is
      // how its packages ask whether there is one.
      if (!file.startsWith('library.')) assert.deepEqual(surroundings(text.replace(NEVER_RUN, ''), COMPUTED), []);
    });
  });
}
