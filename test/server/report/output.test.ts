import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Log } from 'sarif';
import { SaxesParser } from 'saxes';
import { applyEdits } from '../../../shared-rules/index.ts';
import { folderWith } from '../files.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'bulkhead.cjs');
const POD = `apiVersion: v1
kind: Pod
metadata: { name: "\u{1F433}" }
spec: { "\u{1F433}": 1, hostNetwork: true }
`;
const ACCEPTED = 'apiVersion: v1\nkind: Pod\nspec:\n  hostPID: true # bulkhead: ignore[host-pid] it watches the node\n';
/** A path that every format has to escape, with a name that would start a command, an element or a mention. */
const ODD_PATH = 'a b/50%,x:y&<z>|@me.yaml';
const ODD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: "a%0A\\n::error::<b>|`@me` #1 \\e[31m" }\nspec: { hostPID: true }\n';

/** Runs `check` in a folder; the environment is that of a plain terminal. */
function check(root: string, args: readonly string[], env: Record<string, string> = {}) {
  const { PATH } = process.env;
  return spawnSync(process.execPath, [PROGRAM, 'check', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH, ...env },
  });
}

async function printed(test: TestContext, format: string, files: Record<string, string>, env?: Record<string, string>) {
  const root = await folderWith(test, { '.git/HEAD': '', ...files });
  const { stdout, stderr, status } = check(root, ['.', '--format', format], env);
  const accepted = Object.values(files).filter((text) => text === ACCEPTED).length;
  assert.equal(stderr, accepted > 0 ? `bulkhead: ${accepted} finding is accepted: 1 by comments.\n` : '');
  assert.equal(status, Object.values(files).every((text) => text === ACCEPTED || text === 'a: 1\n') ? 0 : 1);
  return { root, out: stdout };
}

describe('pretty', () => {
  it('marks exactly what a finding is about, also beside wide characters and tabs', async (test) => {
    const script = 'docker run \\\n\t--pid host x\n';
    const { out } = await printed(test, 'pretty', { 'pod.yaml': POD, 'run.sh': script });
    assert.match(out, /^pod\.yaml\n {2}4:31 {2}medium {2}.*\[host-network\]\n/mu);
    assert.ok(
      out.includes(`    4 | spec: { "\u{1F433}": 1, hostNetwork: true }\n      | ${' '.repeat(30)}^^^^\n`),
      out,
    );
    assert.ok(out.includes(`    2 | \t--pid host x\n      | \t${' '.repeat(6)}^^^^\n`), out);
    assert.match(out, /\n2 findings in 2 files: 1 high, 1 medium\. 2 have fixes\.\n$/);
  });

  it('shows the part of a long line that matters', async (test) => {
    const pod = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x'.repeat(5000) },
      spec: { hostPID: true },
    });
    const { out } = await printed(test, 'pretty', { 'pod.yaml': pod });
    const [line = '', marks = ''] = out.split('\n').slice(2);
    assert.ok(line.length < 200);
    assert.equal(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'true');
  });

  it('keeps what a terminal would obey away from it', async (test) => {
    const { out } = await printed(test, 'pretty', { 'pod.yaml': ODD });
    assert.ok(!out.includes('\x1b'));
  });

  it('is coloured when the environment asks for it', async (test) => {
    const root = await folderWith(test, { 'pod.yaml': POD });
    assert.ok(!check(root, ['.']).stdout.includes('\x1b['));
    assert.ok(check(root, ['.'], { FORCE_COLOR: '1' }).stdout.includes('\x1b[33m'));
    assert.ok(!check(root, ['.'], { NO_COLOR: '1' }).stdout.includes('\x1b['));
  });
});

describe('jsonl', () => {
  it('holds what json does, a finding a line', async (test) => {
    const files = { 'a.yaml': POD, 'b.yaml': ODD };
    const { root, out } = await printed(test, 'jsonl', files);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
      JSON.parse(check(root, ['.', '--format', 'json']).stdout),
    );
  });
});

describe('sarif', () => {
  const log = (out: string) => JSON.parse(out) as Log;

  it('says where a finding is, in UTF-16 units', async (test) => {
    const { root, out } = await printed(test, 'sarif', { 'deploy/a b%.yaml': POD });
    const { version, runs } = log(out);
    assert.equal(version, '2.1.0');
    const [run] = runs;
    assert.equal(run?.columnKind, 'utf16CodeUnits');
    assert.deepEqual(run?.originalUriBaseIds, { '%SRCROOT%': { uri: `${pathToFileURL(root).href}/` } });
    const [result] = run?.results ?? [];
    const start = POD.indexOf('true');
    assert.deepEqual(result?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: 'deploy/a%20b%25.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 4, startColumn: 31, endLine: 4, endColumn: 35, charOffset: start, charLength: 4 },
    });
    assert.equal(result?.level, 'warning');
    const rule = run?.tool.driver.rules?.[result?.ruleIndex ?? -1];
    assert.equal(rule?.id, 'host-network');
    assert.equal(rule?.defaultConfiguration?.level, 'warning');
    assert.equal(rule?.properties?.['security-severity'], '5.5');
    assert.ok(rule?.properties?.tags?.includes('security'));
    assert.ok(rule?.properties?.tags?.includes('external/cwe/cwe-653'));
    assert.match(rule?.help?.markdown ?? '', /^# .*\(`host-network`\)/);
    assert.doesNotMatch(rule?.help?.markdown ?? '', /\]\([\w-]+\.md\)/);
  });

  it('does not count a byte order mark', async (test) => {
    const { out } = await printed(test, 'sarif', {
      'a.yaml': `\uFEFF${'{ apiVersion: v1, kind: Pod, spec: { hostPID: true } }'}`,
    });
    const region = log(out).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.region;
    const start = '{ apiVersion: v1, kind: Pod, spec: { hostPID: '.length;
    assert.deepEqual([region?.startColumn, region?.charOffset], [start + 1, start]);
  });

  it('brings fixes that repair the file', async (test) => {
    const { out } = await printed(test, 'sarif', { 'a.yaml': POD });
    const [change] = log(out).runs[0]?.results?.[0]?.fixes?.[0]?.artifactChanges ?? [];
    const edits = (change?.replacements ?? []).map(({ deletedRegion, insertedContent }) => {
      const { charOffset = 0, charLength = 0 } = deletedRegion;
      return { range: { start: charOffset, end: charOffset + charLength }, newText: insertedContent?.text ?? '' };
    });
    assert.equal(applyEdits(POD, edits), POD.replace(', hostNetwork: true', ''));
  });

  it('lists accepted findings as suppressed ones, with the reason', async (test) => {
    const { out } = await printed(test, 'sarif', { 'a.yaml': ACCEPTED });
    const results = log(out).runs[0]?.results ?? [];
    assert.deepEqual(
      results.map(({ ruleId, suppressions }) => [ruleId, suppressions]),
      [['host-pid', [{ kind: 'inSource', status: 'accepted', justification: 'it watches the node' }]]],
    );
  });

  it('says what stands in another file there', async (test) => {
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { nodeName: n, containers: [{ name: a, image: x, ports: [{ containerPort: 80, hostPort: 80 }] }] }\n`;
    const { out } = await printed(test, 'sarif', { 'a.yaml': pod('a'), 'b.yaml': pod('b') });
    const conflict = log(out).runs[0]?.results?.find(({ ruleId }) => ruleId === 'host-port-conflict');
    const place = conflict?.relatedLocations?.[0]?.physicalLocation;
    const own = conflict?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
    assert.deepEqual(place?.artifactLocation, { uri: own === 'a.yaml' ? 'b.yaml' : 'a.yaml', uriBaseId: '%SRCROOT%' });
    assert.equal(place?.region?.startLine, 4);
  });

  it('is a whole log when nothing is found', async (test) => {
    const { out } = await printed(test, 'sarif', { 'a.yaml': 'a: 1\n' });
    assert.deepEqual(log(out).runs[0]?.results, []);
  });
});

describe('github', () => {
  /** Reads a command as the runner does: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
  function read(line: string) {
    const [, command = '', list = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
    const unescaped = (text: string) => text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
    const properties = list.split(',').map((property) => {
      const at = property.indexOf('=');
      const value = property
        .slice(at + 1)
        .replace(/%3A/g, ':')
        .replace(/%2C/g, ',');
      return [property.slice(0, at), unescaped(value)];
    });
    return { command, properties: Object.fromEntries(properties) as Record<string, string>, message: unescaped(data) };
  }

  it('prints commands that the runner reads as they were meant', async (test) => {
    const { root, out } = await printed(test, 'github', { [ODD_PATH]: ODD });
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, 1);
    const { command, properties, message } = read(lines[0] ?? '');
    const [finding] = JSON.parse(check(root, ['.', '--format', 'json']).stdout);
    assert.equal(command, 'error');
    assert.equal(message, finding.message.replace('\x1b', '\uFFFD'));
    const { title, ...place } = properties;
    assert.match(title ?? '', /\(host-pid\)$/);
    assert.deepEqual(place, { file: ODD_PATH, line: '4', endLine: '4', col: '18', endColumn: '22' });
  });
});

describe('gitlab', () => {
  it('is a code quality report with fingerprints of their own', async (test) => {
    const { out } = await printed(test, 'gitlab', { 'a.yaml': POD, 'b.yaml': POD, [ODD_PATH]: ODD });
    const issues = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(Object.keys(issues[0] ?? {}), [
      'description',
      'check_name',
      'fingerprint',
      'severity',
      'location',
    ]);
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, 3);
    assert.deepEqual(
      issues.map(({ severity, location }) => [severity, location]),
      [
        ['critical', { path: ODD_PATH, lines: { begin: 4, end: 4 } }],
        ['major', { path: 'a.yaml', lines: { begin: 4, end: 4 } }],
        ['major', { path: 'b.yaml', lines: { begin: 4, end: 4 } }],
      ],
    );
  });
});

describe('junit', () => {
  interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    text: string;
  }

  function elementsOf(xml: string): Element[] {
    const elements: Element[] = [];
    const open: Element[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => assert.fail(error));
    parser.on('opentag', ({ name, attributes }) => {
      const element = { name, attributes: { ...(attributes as Record<string, string>) }, text: '' };
      elements.push(element);
      open.push(element);
    });
    parser.on('text', (text) => {
      const element = open.at(-1);
      if (element) element.text += text;
    });
    parser.on('closetag', () => void open.pop());
    parser.write(xml).close();
    return elements;
  }

  it('is XML with a suite for every file and a test for every finding', async (test) => {
    const files = { 'a.yaml': POD, 'clean.yaml': 'a: 1\n', 'known.yaml': ACCEPTED, [ODD_PATH]: ODD };
    const elements = elementsOf((await printed(test, 'junit', files)).out);
    const named = (name: string) => elements.filter((element) => element.name === name);
    const counts = { name: 'bulkhead', tests: '4', failures: '2', errors: '0', skipped: '1' };
    assert.deepEqual(named('testsuites')[0]?.attributes, counts);
    assert.deepEqual(
      named('testsuite').map(({ attributes: { name, tests, failures, skipped } }) => [name, tests, failures, skipped]),
      [
        [ODD_PATH, '1', '1', '0'],
        ['a.yaml', '1', '1', '0'],
        ['clean.yaml', '1', '0', '0'],
        ['known.yaml', '1', '0', '1'],
      ],
    );
    assert.equal(named('testcase').length, 4);
    assert.match(named('failure')[1]?.text ?? '', /^a\.yaml:4:31: medium: Pod \u{1F433} shares .* \[host-network\]$/u);
    assert.equal(named('skipped')[0]?.attributes.message, 'it watches the node');
  });
});

describe('markdown', () => {
  it('is a table with links to lines, in which nothing from a file is markup', async (test) => {
    const { out } = await printed(test, 'markdown', { 'a (1).yaml': POD, 'b.yaml': ODD });
    assert.match(out, /^### Bulkhead: 2 findings in 2 files\n/);
    assert.match(out, /\| \*\*All\*\* \| 1 \| 1 \| {2}\|\n/);
    const rows = out.split('\n').filter((line) => /^\| (?:high|medium) \|/.test(line));
    assert.match(rows[0] ?? '', /^\| high \| \[b\.yaml:4\]\(b\.yaml#L4\) \| `host-pid` \|/);
    assert.match(rows[1] ?? '', /\[a \(1\)\.yaml:4\]\(a%20%281%29\.yaml#L4\)/);
    assert.ok(rows.every((row) => row.split('|').length === 6));
    assert.doesNotMatch(rows[0] ?? '', /<b>|@me|#1(?!\d)|`@/);
  });

  it('links to the server a job runs for', async (test) => {
    const github = { GITHUB_SERVER_URL: 'https://github.example', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: 'abc' };
    const gitlab = { CI_PROJECT_URL: 'https://gitlab.example/g/p', CI_COMMIT_SHA: 'abc' };
    const onGithub = await printed(test, 'markdown', { 'd/a.yaml': POD }, github);
    assert.ok(onGithub.out.includes('(https://github.example/o/r/blob/abc/d/a.yaml#L4)'));
    const onGitlab = await printed(test, 'markdown', { 'd/a.yaml': POD }, gitlab);
    assert.ok(onGitlab.out.includes('(https://gitlab.example/g/p/-/blob/abc/d/a.yaml#L4)'));
  });

  it('fits into a comment however much is found', async (test) => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`${index}.yaml`, POD]));
    const { out } = await printed(test, 'markdown', many);
    assert.ok(out.length < 65_536);
    assert.match(out, /\n… and 70 more\.\n$/);
    assert.match(out, /… and 70 files more \| {2}\| 70 \| {2}\|\n/);
  });
});

describe('--output', () => {
  it('writes several reports beside what is printed, into new folders', async (test) => {
    const root = await folderWith(test, { '.git/HEAD': '', 'a.yaml': POD });
    const args = ['a.yaml', '--format', 'github', '--output', 'sarif=out/x/report.sarif', '-o', 'pretty=out/log.txt'];
    const { stdout, status } = check(root, args, { FORCE_COLOR: '1' });
    assert.equal(status, 1);
    assert.match(stdout, /^::warning file=a\.yaml,/);
    assert.equal(
      (JSON.parse(readFileSync(join(root, 'out/x/report.sarif'), 'utf8')) as Log).runs[0]?.results?.length,
      1,
    );
    assert.match(readFileSync(join(root, 'out/log.txt'), 'utf8'), /^a\.yaml\n/);
  });

  it('writes to a pipe without replacing it', async (test) => {
    const root = await folderWith(test, { 'a.yaml': POD });
    const pipe = join(root, 'pipe');
    assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
    assert.equal(check(root, ['a.yaml', '-o', 'github=pipe']).status, 1);
    assert.match(await text(reader.stdout), /^::warning file=a\.yaml/);
    assert.ok(statSync(pipe).isFIFO());
  });

  it('names files from the root of the repository, wherever it is run', async (test) => {
    const root = await folderWith(test, { '.git/HEAD': '', 'deploy/a.yaml': POD });
    assert.match(check(join(root, 'deploy'), ['.', '-f', 'github']).stdout, /file=deploy\/a\.yaml,/);
  });

  it('fails with 2 when a report cannot be written, and prints all the same', async (test) => {
    const root = await folderWith(test, { 'a.yaml': POD });
    writeFileSync(join(root, 'file'), '');
    const { stdout, stderr, status } = check(root, ['a.yaml', '-f', 'github', '-o', 'sarif=file/report.sarif']);
    assert.equal(status, 2);
    assert.match(stderr, /^bulkhead: file\/report\.sarif cannot be written \(E\w+\)\.\n$/);
    assert.match(stdout, /^::warning/);
  });

  it('fails with 2 in a file system that takes no folders', { skip: process.platform !== 'linux' }, async (test) => {
    const root = await folderWith(test, { 'a.yaml': POD });
    const { stderr, status } = check(root, ['a.yaml', '-f', 'github', '-o', 'sarif=/proc/none/report.sarif']);
    assert.equal(status, 2);
    assert.equal(stderr, 'bulkhead: /proc/none/report.sarif cannot be written (ENOENT).\n');
  });

  it('explains how to write it', () => {
    for (const wrong of ['report.sarif', 'xml=a', 'sarif=']) {
      const { status, stderr } = check('.', ['--output', wrong]);
      assert.equal(status, 2);
      assert.match(stderr, /FORMAT=FILE, such as sarif=report\.sarif/);
    }
    assert.match(check('.', ['-o', 'sarif=a', '-o', 'json=a']).stderr, /a is named twice/);
  });
});
