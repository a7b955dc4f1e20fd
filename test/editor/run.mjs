/**
 * Runs the suite of this folder in a real VS Code: an installed or downloaded one by @vscode/test-electron, else the
 * embedded editor. The suite works on a copy of the example workspace.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/dependencies.mjs';
import {
  editorAddress,
  installEmbeddedEditor,
  openBrowser,
  startEmbeddedEditor,
} from '../../scripts/embedded-editor.mjs';

const suite = join(root, 'out', 'editor', 'suite.cjs');
/** Longer than any run of the suite on a slow machine; a suite that hangs fails after it. */
const TIMEOUT = 180_000;

await build({
  absWorkingDir: root,
  entryPoints: ['test/editor/suite.ts'],
  outfile: suite,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  logLevel: 'warning',
});
const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-editor-'));
const folder = join(scratch, 'workspace');
mkdirSync(folder);
cpSync(join(root, 'examples'), folder, { recursive: true });
try {
  const code = (await canRunElectron()) ? await runElectron() : await runEmbedded();
  process.exitCode = code;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Whether a VS Code build can be had and shown here. */
async function canRunElectron() {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return false;
  if (spawnSync('code', ['--version'], { stdio: 'ignore' }).status === 0) return true;
  const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
    signal: AbortSignal.timeout(5000),
  }).catch(() => undefined);
  return answer?.ok === true;
}

async function runElectron() {
  const { runTests } = await import('@vscode/test-electron');
  return runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    launchArgs: [folder, '--disable-extensions'],
  });
}

async function runEmbedded() {
  installEmbeddedEditor();
  const editor = await startEmbeddedEditor(join(scratch, 'server'));
  const { browser, page } = await openBrowser();
  try {
    const ended = new Promise((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', (code) => resolve(code));
      setTimeout(() => reject(new Error(`The suite did not end within ${TIMEOUT / 1000} seconds.`)), TIMEOUT).unref();
    });
    // The workbench logs here too; the suite marks its own lines.
    await page.exposeFunction('codeAutomationLog', (_type, [line]) => {
      if (String(line).startsWith('suite: ')) console.log(String(line).slice('suite: '.length));
    });
    await page.goto(editorAddress(editor.port, { folder, extension: root, suite }));
    return await ended;
  } finally {
    await browser.close();
    editor.stop();
  }
}
