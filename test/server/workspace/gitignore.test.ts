import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { GitIgnore } from '../../../server/workspace/gitignore.ts';
import { walk } from '../../../server/workspace/walk.ts';
import { folderWith } from '../files.ts';

async function walked(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of walk(folder, { exclude: [], gitIgnore: GitIgnore.of(folder, assert.fail) }))
    paths.push(path.slice(folder.length + 1));
  return paths;
}

/** Files of a repository by what they say; those named `*.yaml` are empty, and kept if they are listed under `kept`. */
const CASES: { name: string; ignore: Record<string, string>; kept: string[]; left: string[] }[] = [
  {
    name: 'a name at any depth, and one that is anchored',
    ignore: { '.gitignore': 'a.yaml\n/b.yaml\nc/d.yaml\n' },
    kept: ['x/b.yaml', 'x/c/d.yaml'],
    left: ['a.yaml', 'x/a.yaml', 'b.yaml', 'c/d.yaml'],
  },
  {
    name: 'files of a deeper folder, relative to it',
    ignore: { 'x/.gitignore': '/a.yaml\nb.yaml\ny/c.yaml\nout/\n' },
    kept: ['a.yaml', 'b.yaml', 'y/c.yaml', 'out/e.yaml', 'x/z/a.yaml', 'x/z/y/c.yaml'],
    left: ['x/a.yaml', 'x/b.yaml', 'x/z/b.yaml', 'x/y/c.yaml', 'x/z/out/e.yaml'],
  },
  {
    name: 'a deeper file that takes back what one above it leaves out',
    ignore: { '.gitignore': '*.gen.yaml\nb/\n', 'a/.gitignore': '!x.gen.yaml\n!/b\n' },
    kept: ['a/x.gen.yaml', 'a/c/x.gen.yaml', 'a/b/d.yaml'],
    left: ['x.gen.yaml', 'a/y.gen.yaml', 'b/d.yaml', 'a/c/b/d.yaml'],
  },
  {
    name: 'nothing below a folder that is left out can be taken back',
    ignore: { '.gitignore': 'out/\n!out/keep.yaml\n', 'out/.gitignore': '!keep.yaml\n' },
    kept: ['keep.yaml'],
    left: ['out/keep.yaml'],
  },
  {
    name: 'what stands below a folder, but for some',
    ignore: { '.gitignore': 'out/*\n!out/keep.yaml\n' },
    kept: ['out/keep.yaml'],
    left: ['out/a.yaml', 'out/b/c.yaml'],
  },
  {
    name: 'folders whose names are patterns, comments, and lines that say nothing',
    ignore: { '.gitignore': '# a.yaml\n\n/\n\r\n', 'x [1]/.gitignore': 'a.yaml\r\n', '!y/.gitignore': '/*.yaml' },
    kept: ['a.yaml', 'x 1/a.yaml', 'y/a.yaml'],
    left: ['x [1]/a.yaml', 'x [1]/z/a.yaml', '!y/b.yaml'],
  },
  {
    name: 'private patterns of the repository, which have the first word',
    ignore: { '.git/info/exclude': 'a.yaml\nb.yaml\n', '.gitignore': '!b.yaml\n' },
    kept: ['b.yaml'],
    left: ['a.yaml', 'x/a.yaml'],
  },
  {
    name: 'capital letters',
    ignore: { '.gitignore': 'Build/\n' },
    kept: process.platform === 'linux' ? ['build/a.yaml'] : [],
    left: ['Build/b.yaml'],
  },
];

describe('what git leaves out', () => {
  const hasGit = spawnSync('git', ['--version']).status === 0;
  for (const { name, ignore, kept, left } of CASES) {
    it(name, async (test) => {
      const all = Object.fromEntries([...kept, ...left].map((path) => [path, '']));
      const root = await folderWith(test, all);
      if (hasGit) spawnSync('git', ['init', '-q', root]);
      for (const [path, text] of Object.entries({ '.git/HEAD': 'ref: refs/heads/main\n', ...ignore })) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
      assert.deepEqual((await walked(root)).sort(), [...kept].sort());
      if (!hasGit) return;
      const args = ['-C', root, 'ls-files', '--others', '--exclude-per-directory=.gitignore', '-z'];
      const said = spawnSync('git', [...args, '--exclude-from', join(root, '.git', 'info', 'exclude')], {
        encoding: 'utf8',
      });
      const files = said.stdout.split('\0').filter((path) => path.endsWith('.yaml'));
      assert.deepEqual(files.sort(), [...kept].sort(), 'git says the same');
    });
  }

  it('counts in a folder below the root of a repository', async (test) => {
    const root = await folderWith(test, {
      '.git/HEAD': '',
      '.git/info/exclude': 'b.yaml',
      '.gitignore': 'a.yaml\n/x/c.yaml\n',
      'x/a.yaml': '',
      'x/b.yaml': '',
      'x/c.yaml': '',
      'x/d.yaml': '',
    });
    assert.deepEqual(await walked(join(root, 'x')), ['d.yaml']);
  });

  it('counts outside of a repository, from the folder that is asked for', async (test) => {
    const root = await folderWith(test, {
      '.gitignore': 'a.yaml',
      'x/a.yaml': '',
      'x/.gitignore': 'b.yaml',
      'x/b.yaml': '',
    });
    assert.deepEqual(await walked(root), []);
    assert.deepEqual(await walked(join(root, 'x')), ['a.yaml']);
  });

  it('does not count for a folder that is asked for and left out itself', async (test) => {
    const root = await folderWith(test, {
      '.git/HEAD': '',
      '.gitignore': 'out/\n*.yaml\n',
      'out/.gitignore': 'b.yaml',
      'out/a.yaml': '',
      'out/b.yaml': '',
    });
    assert.deepEqual(await walked(join(root, 'out')), ['a.yaml']);
  });

  it('is its own in a repository within, and in a working tree of another', async (test) => {
    const root = await folderWith(test, {
      '.git/HEAD': '',
      '.gitignore': 'a.yaml',
      'lib/.git': 'gitdir: ../.git/modules/lib\n',
      '.git/modules/lib/info/exclude': 'b.yaml',
      'lib/a.yaml': '',
      'lib/b.yaml': '',
      'tree/.git': 'gitdir: ../.git/worktrees/tree\n',
      '.git/worktrees/tree/commondir': '../..\n',
      '.git/info/exclude': 'c.yaml',
      'tree/b.yaml': '',
      'tree/c.yaml': '',
    });
    assert.deepEqual(await walked(root), ['lib/a.yaml', 'tree/b.yaml']);
  });
});
