/**
 * Opens a real VS Code with the extension: `npm start` on the example workspace, `npm start -- PATH` on another folder.
 * Uses an installed `code`, else the embedded editor, whose address it prints.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installDependencies, root, run } from './dependencies.mjs';

const folder = resolve(process.argv[2] ?? join(root, 'examples'));
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}.`);
  process.exit(2);
}
installDependencies();
run('node', ['scripts/build.mjs']);

if (spawnSync('code', ['--version'], { stdio: 'ignore' }).status === 0) {
  run('code', ['--new-window', `--extensionDevelopmentPath=${root}`, folder]);
} else {
  const { editorAddress, installEmbeddedEditor, startEmbeddedEditor } = await import('./embedded-editor.mjs');
  installEmbeddedEditor();
  const { port, stop } = await startEmbeddedEditor(join(root, '.vscode-test', 'start'));
  console.log(
    `Bulkhead is open in VS Code at:\n${editorAddress(port, { folder, extension: root })}\nPress Ctrl+C to end it.`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      stop();
      process.exit();
    });
}
