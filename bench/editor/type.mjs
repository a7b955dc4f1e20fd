/**
 * Types in a real VS Code and tells what each keystroke took, as JSON: `type.mjs FILE FOLDER [--without] [--also FOLDER]`.
 * FILE lies in FOLDER, the workspace; the one named by `--also` is a second folder of it. `--without` leaves out Bulkhead.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/dependencies.mjs';
import {
  editorAddress,
  installEmbeddedEditor,
  openBrowser,
  startEmbeddedEditor,
} from '../../scripts/embedded-editor.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { without: { type: 'boolean', default: false }, also: { type: 'string' }, screenshot: { type: 'string' } },
});
const [file, folder] = positionals;
/** The line of an image in the middle of the file. */
const LINE = imageLine(readFileSync(file, 'utf8').split('\n'));
const TEXT = 'the quick brown fox jumps over the lazy dog and the lazy dog sleeps on ';
/** Milliseconds between keystrokes: a fast typist. */
const RHYTHM = 90;

const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-typing-'));
const workspace = join(scratch, 'typing.code-workspace');
writeFileSync(workspace, JSON.stringify({ folders: [folder, values.also].filter(Boolean).map((path) => ({ path })) }));
installEmbeddedEditor();
const editor = await startEmbeddedEditor(join(scratch, 'server'), {
  'bulkhead.profile': 'all',
  'editor.quickSuggestions': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.minimap.enabled': false,
});
const { browser, page } = await openBrowser();
try {
  await page.addInitScript(observe);
  await page.goto(editorAddress(editor.port, { workspace, extension: values.without ? undefined : root }));
  await page.waitForSelector('.monaco-workbench .explorer-folders-view');
  await choose('Control+P', basename(file));
  await page.waitForSelector('.view-lines .view-line');
  await page.keyboard.press('Control+G');
  await page.keyboard.type(String(LINE));
  await page.keyboard.press('Enter');
  await page.locator('.line-numbers.active-line-number', { hasText: String(LINE) }).waitFor();
  await page.keyboard.press('End');
  if (!values.without) await page.waitForSelector('.squiggly-info, .squiggly-warning, .squiggly-error');
  const isScanning = () => page.locator('.statusbar-item', { hasText: /Bulkhead.*files/ }).count();
  const before = await isScanning();
  await page.keyboard.type(' # ', { delay: RHYTHM });
  await page.evaluate(() => window.typing.begin());
  await page.keyboard.type(TEXT, { delay: RHYTHM });
  const typed = await page.evaluate(() => window.typing.end());
  const after = await isScanning();
  if (values.screenshot) await page.screenshot({ path: values.screenshot });
  console.log(JSON.stringify({ ...typed, wasScanning: [before > 0, after > 0] }));
} finally {
  await browser.close();
  editor.stop();
  rmSync(scratch, { recursive: true, force: true });
}

function imageLine(lines) {
  return lines.findIndex((line, index) => index > lines.length / 2 && line.includes('image: ')) + 1;
}

/** Runs in the page: measures from the key's event to the picture after the line has changed. */
function observe() {
  let keystrokes = [];
  let blocked = [];
  window.typing = {
    begin() {
      keystrokes = [];
      blocked = [];
    },
    end: () => ({ keystrokes, blocked }),
  };
  new PerformanceObserver((list) => blocked.push(...list.getEntries().map(({ duration }) => duration))).observe({
    entryTypes: ['longtask'],
  });
  document.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      const lines = document.querySelector('.view-lines');
      if (!lines) return;
      const changed = new MutationObserver(() => {
        changed.disconnect();
        requestAnimationFrame(() => setTimeout(() => keystrokes.push(performance.now() - timeStamp)));
      });
      changed.observe(lines, { childList: true, subtree: true, characterData: true });
    },
    true,
  );
}

/** Opens a list by a key, and takes the entry of that name when it is offered. */
async function choose(key, name) {
  await page.keyboard.press(key);
  await page.keyboard.type(name);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
  await page.keyboard.press('Enter');
}
