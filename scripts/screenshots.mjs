/**
 * Takes the README's screenshots in the embedded editor, with the extension installed from its VSIX, on the example
 * workspace: `npm run package && node scripts/screenshots.mjs`.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './dependencies.mjs';
import {
  editorAddress,
  installEmbeddedEditor,
  installVsix,
  openBrowser,
  startEmbeddedEditor,
} from './embedded-editor.mjs';

const media = join(root, 'media');
const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-screenshots-'));
const folder = join(scratch, 'harbor');
cpSync(join(root, 'examples'), folder, { recursive: true });
installEmbeddedEditor();
console.log(installVsix(join(scratch, 'server'), join(root, 'bulkhead.vsix')).trim());
const editor = await startEmbeddedEditor(join(scratch, 'server'), {
  'workbench.colorTheme': 'Default Light Modern',
  'editor.fontSize': 15,
  'editor.minimap.enabled': false,
  'problems.showCurrentInStatus': true,
});
const { browser, page } = await openBrowser();
try {
  await page.goto(editorAddress(editor.port, { folder }));
  await page.waitForSelector('.monaco-workbench .explorer-folders-view');
  await showProblems();
  await showHoverAndFix();
  await showReview();
} finally {
  await browser.close();
  editor.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function showProblems() {
  await choose('F1', 'Problems: Focus on Problems View');
  await page.waitForSelector('.markers-panel .monaco-list-row >> nth=8');
  await screenshot('problems');
  await choose('F1', 'View: Hide Panel');
}

async function showHoverAndFix() {
  await choose('Control+P', 'web.yaml');
  await page.waitForSelector('.squiggly-warning');
  await screenshot('squiggle');
  const value = page.locator('.view-line', { hasText: 'hostNetwork: true' }).locator('span span').last();
  await value.hover();
  await page.waitForSelector('.monaco-hover .hover-row');
  await page.locator('.monaco-hover', { hasText: 'Why it matters' }).first().waitFor();
  await screenshot('hover');
  await value.click();
  await page.keyboard.press('Control+.');
  await page.waitForSelector('.action-widget .monaco-list-row >> nth=2');
  await screenshot('light-bulb');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.squiggly-warning', { state: 'detached' });
  await screenshot('fixed');
}

/** The repair of the whole workspace, to be looked through. */
async function showReview() {
  await page.keyboard.press('Control+Z');
  await page.waitForSelector('.squiggly-warning');
  await choose('F1', 'Bulkhead: Fix All Problems in Workspace, with Review');
  await page.waitForSelector('.bulk-edit-panel .monaco-list-row >> nth=4');
  await page.locator('.bulk-edit-panel .monaco-list-row').nth(1).click();
  await page.waitForSelector('.monaco-diff-editor');
  await screenshot('review');
}

/** Opens a list by a key, and takes the entry of that name when it is offered. */
async function choose(key, name) {
  await page.keyboard.press(key);
  await page.keyboard.type(name);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
  await page.keyboard.press('Enter');
}

/** A picture of the window, after what moves in it has come to rest. */
async function screenshot(name) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  await page.screenshot({ path: join(media, `${name}.png`) });
}
