/**
 * A real VS Code workbench and extension host for machines where no VS Code is installed or can be
 * downloaded. It comes from npm (`code-server` carries the whole of VS Code's server and workbench)
 * and from the system's package manager (Chromium, and the libraries its native modules build with).
 * Everything it installs lies below `.vscode-test/embedded`, never among the project's dependencies.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, '.vscode-test', 'embedded');
const editorHome = join(home, 'editor');
const serverMain = join(editorHome, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
/** Node lies in a folder of its own: npm would prune the part its install script adds while it installs the editor. */
const nodeHome = join(home, 'node');
const node = join(nodeHome, 'node_modules', 'node', 'bin', 'node');

const CODE_SERVER = '4.139.1';
/** The Node that code-server asks for; its npm package carries the C++ headers its modules build with. */
const NODE = '24.21.0';
const DEBIAN_PACKAGES = ['libkrb5-dev', 'libx11-dev', 'libxkbfile-dev', 'pkg-config', 'g++', 'make', 'python3'];
/** The packages below code-server that may build native code while it is installed. */
const BUILD_SCRIPTS = [
  'node',
  'code-server',
  'argon2',
  'kerberos',
  'node-pty',
  '@parcel/watcher',
  '@vscode/deviceid',
  '@vscode/fs-copyfile',
  '@vscode/native-watchdog',
  '@vscode/spdlog',
  '@vscode/sqlite3',
];
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Settings that keep first-run pages and chat out of the way of tests and screenshots. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'git.enabled': false,
};

/** Installs what is missing. Takes about two minutes the first time; says what it does on stderr. */
export function installEmbeddedEditor() {
  if (existsSync(serverMain)) return;
  installDebianPackages(DEBIAN_PACKAGES);
  console.error('Installing the embedded editor (once, about two minutes) ...');
  npmInstall(nodeHome, `node@${NODE}`);
  const headers = join(nodeHome, 'node_modules', 'node', 'node_modules', `node-${process.platform}-${process.arch}`);
  npmInstall(editorHome, `code-server@${CODE_SERVER}`, {
    npm_config_nodedir: headers,
    PATH: `${dirname(node)}:${process.env.PATH}`,
  });
  if (!existsSync(serverMain)) throw new Error(`code-server was installed, but ${serverMain} is missing.`);
}

/** Installs an npm package into a folder of its own, letting only the named packages run install scripts. */
function npmInstall(folder, what, env = {}) {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, allowScripts: Object.fromEntries(BUILD_SCRIPTS.map((name) => [name, true])) };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', what], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    // Run from an npm script, this npm would take over the outer one's idea of which Node it runs on.
    env: { ...process.env, npm_config_user_agent: undefined, ...env },
  });
}

/** @returns the path of an installed Chromium or Chrome, after installing one where that is possible. */
function installBrowser() {
  const found = findBrowser();
  if (found) return found;
  installDebianPackages(['chromium']);
  const installed = findBrowser();
  if (!installed) throw new Error('No Chromium or Chrome found. Install one and try again.');
  return installed;
}

function findBrowser() {
  for (const directory of (process.env.PATH ?? '').split(':'))
    for (const name of CHROMIUM_NAMES) if (existsSync(join(directory, name))) return join(directory, name);
  return undefined;
}

function installDebianPackages(packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get install -y ${missing.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  const run = (...args) => {
    const [file, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
    execFileSync(file, rest, { stdio: ['ignore', 2, 2] });
  };
  try {
    console.error(`Installing Debian packages: ${missing.join(', ')} ...`);
    run('update');
    run('install', '-y', '--no-install-recommends', ...missing);
  } catch (error) {
    throw new Error(`Packages are missing and could not be installed; run this yourself: ${command}`, { cause: error });
  }
}

function isInstalled(name) {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
    const state = execFileSync('dpkg-query', ['-W', '-f', '${Status}', name], { stdio: ['ignore', 'pipe', 'ignore'] });
    return state.toString() === 'install ok installed';
  } catch {
    return false;
  }
}

/**
 * Starts the VS Code server on a free port of this machine.
 * @param dataDirectory where it keeps settings, extensions and state
 * @param settings machine settings beside the quiet ones
 * @returns its port and a way to stop it
 */
export async function startEmbeddedEditor(dataDirectory, settings = {}) {
  mkdirSync(join(dataDirectory, 'data', 'Machine'), { recursive: true });
  writeFileSync(
    join(dataDirectory, 'data', 'Machine', 'settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2),
  );
  const port = await freePort();
  const server = spawn(
    node,
    [
      serverMain,
      '--without-connection-token',
      ...['--host', '127.0.0.1', '--port', String(port), '--server-data-dir', dataDirectory],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--disable-workspace-trust', '--enable-smoke-test-driver'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      if (output.includes('Extension host agent listening')) resolve();
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', (code) => reject(new Error(`The embedded editor ended with ${code}:\n${output}`)));
  });
  return { port, stop: () => server.kill() };
}

/** Installs a VSIX into a data directory, as a user does with "Install from VSIX". */
export function installVsix(dataDirectory, vsix) {
  const args = ['--server-data-dir', dataDirectory, '--accept-server-license-terms', '--install-extension', vsix];
  return execFileSync(node, [serverMain, ...args], { encoding: 'utf8' });
}

/**
 * The address of a folder in the embedded editor.
 * @param port as given by startEmbeddedEditor
 * @param options absolute paths: the folder or `.code-workspace` file to open, and, where wanted, the
 *   extension to load from its source folder and the test suite to run in the extension host
 */
export function editorAddress(port, { folder, workspace, extension, suite }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (suite) payload.push(['extensionTestsPath', remote(suite)]);
  const open = workspace ? `workspace=${workspace}` : `folder=${folder}`;
  return `http://127.0.0.1:${port}/?${open}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Opens a headless page of the size of a small screen. The caller closes the browser. */
export async function openBrowser() {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: installBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  return { browser, page };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
