import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './dependencies.mjs';
import { editorAddress, installVsix, openBrowser, startEmbeddedEditor } from './embedded-editor.mjs';
const out = '/tmp/stories/shots'; mkdirSync(out, { recursive: true });
const scratch = '/tmp/stories/run'; rmSync(scratch, { recursive: true, force: true });
const folder = join(scratch, 'ws');
const AGENT = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      hostNetwork: true
      containers:
        - name: agent
          image: example.com/agent:1.0
          securityContext: { allowPrivilegeEscalation: false }
`;
const patch = (line) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
${line}`;
const files = {
  'compose/compose.yaml': 'services:\n  web:\n    image: nginx\n    ports: ["8080:80"]\n    volumes:\n      - ${SOCK:-/var/run/docker.sock}:/var/run/docker.sock\n',
  'compose/compose.override.yaml': 'services:\n  web:\n    network_mode: host\n',
  'compose/.env': 'SOCK=/run/podman/podman.sock\n',
  'k/base/agent.yaml': AGENT,
  'k/base/kustomization.yaml': 'resources: [agent.yaml]\n',
  'k/overlays/dev/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: agent.yaml }]\n',
  'k/overlays/dev/agent.yaml': patch('      hostNetwork: false\n'),
  'k/overlays/edge/kustomization.yaml': 'resources: [../../base]\npatches:\n  - target: { kind: DaemonSet }\n    patch: |-\n      - op: add\n        path: /spec/template/spec/containers/0/securityContext/privileged\n        value: true\n',
  'k/overlays/prod/kustomization.yaml': 'resources: [../../base, "https://example.com/remote?ref=v1"]\npatches: [{ path: agent.yaml }]\n',
  'k/overlays/prod/agent.yaml': patch('      hostNetwork: false\n'),
  'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
  'app/values.yaml': 'hostNetwork: true\nsecurityContext:\n  privileged: false\n',
  'app/values-prod.yaml': 'securityContext:\n  privileged: true\n',
  'app/templates/daemonset.yaml': AGENT.replace('hostNetwork: true', 'hostNetwork: {{ .Values.hostNetwork }}').replace('securityContext: { allowPrivilegeEscalation: false }', 'securityContext: {{- toYaml .Values.securityContext | nindent 12 }}'),
};
for (const [f, t] of Object.entries(files)) { mkdirSync(dirname(join(folder, f)), { recursive: true }); writeFileSync(join(folder, f), t); }
console.log(installVsix(join(scratch, 'server'), join(root, 'bulkhead.vsix')).trim());
const editor = await startEmbeddedEditor(join(scratch, 'server'), { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false });
const { browser, page } = await openBrowser();
const shot = (name) => page.screenshot({ path: join(out, `${name}.png`) });
const wait = (ms) => page.waitForTimeout(ms);
async function choose(key, text) { await page.keyboard.press(key); await wait(700); await page.keyboard.type(text, { delay: 20 }); await wait(1200); await page.keyboard.press('Enter'); await wait(1500); }
try {
  await page.goto(editorAddress(editor.port, { folder }));
  await page.waitForSelector('.monaco-workbench .explorer-folders-view');
  await wait(6000);
  await choose('F1', 'Problems: Focus on Problems View'); await wait(4000); await shot('1-problems');
  const open = async (path) => { await choose('Control+P', path); await wait(2500); };
  await open('k/base/agent.yaml'); await shot('2-base');
  await open('overlays/edge/kustomization.yaml'); await shot('3-inline-patch');
  await page.keyboard.press('Control+End'); await page.keyboard.press('ArrowUp'); await page.keyboard.press('End'); await page.keyboard.press('Control+.'); await wait(3000); await shot('4-inline-patch-fixes'); await page.keyboard.press('Escape');
  await open('overlays/dev/agent.yaml'); await page.keyboard.press('Control+End'); await page.keyboard.press('ArrowUp'); await page.keyboard.press('End');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Backspace'); await page.keyboard.type('true'); await wait(2500); await shot('5-patch-edited');
  await page.keyboard.press('Control+z'); await page.keyboard.press('Control+z'); await wait(2500); await shot('6-undone');
  await open('compose.override.yaml'); await shot('7-override');
  await open('app/values.yaml'); await shot('8-values');
  await page.keyboard.press('Control+Home'); await page.keyboard.press('End'); await page.keyboard.press('Control+.'); await wait(3000); await shot('9-values-fixes'); await page.keyboard.press('Escape');
  await open('app/values-prod.yaml'); await shot('10-values-prod');
  await open('templates/daemonset.yaml'); await shot('11-template');
  await open('k/base/agent.yaml'); await choose('F1', 'Bulkhead: Show What Is Deployed'); await wait(2500); await shot('12-show-base');
  await open('app/values.yaml'); await choose('F1', 'Bulkhead: Show What Is Deployed'); await wait(2500); await shot('13-show-chart');
} finally { await browser.close(); editor.stop(); }
