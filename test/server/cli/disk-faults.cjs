// Loaded into the program before it starts, to make something go wrong where it writes a file.
//
// FAULT=plant:PATH  a link to PATH stands wherever a file is about to be created
// FAULT=stop:SIGNAL:N  the program gets a signal at its Nth step of writing; before the write itself, half of it is done
// FAULT=rival:PROGRAM  another `fix` does all its work after the program has repaired the text of a manifest, and before it
//   looks whether the file is still what it was: the third time that it reads it
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const promises = require('node:fs/promises');

const [fault, what, last] = (process.env.FAULT ?? '').split(':');
const creates = (flags) => flags === 'w' || (typeof flags === 'number' && (flags & fs.constants.O_CREAT) !== 0);

let step = 0;
async function reach() {
  if (++step !== Number(last)) return;
  process.kill(process.pid, what);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}

function plant(path, flags) {
  if (creates(flags)) fs.symlinkSync(what, path);
}

const { open, rename } = promises;
const openByCallback = fs.open;

if (fault === 'plant') {
  promises.open = (path, flags, mode) => {
    plant(path, flags);
    return open(path, flags, mode);
  };
  fs.open = (path, flags, ...rest) => {
    plant(path, flags);
    openByCallback(path, flags, ...rest);
  };
}

if (fault === 'stop') {
  promises.open = async (path, flags, mode) => {
    if (!creates(flags)) return open(path, flags, mode);
    await reach();
    const file = await open(path, flags, mode);
    for (const name of ['chmod', 'writeFile', 'sync', 'close']) {
      const method = file[name].bind(file);
      file[name] = async (content, ...rest) => {
        if (name === 'writeFile' && step + 1 === Number(last)) await file.write(content.slice(0, content.length / 2));
        await reach();
        return method(content, ...rest);
      };
    }
    return file;
  };
  promises.rename = async (from, to) => {
    await reach();
    await rename(from, to);
    await reach();
  };
}

if (fault === 'rival') {
  const { openSync } = fs;
  let times = 0;
  const watch = (path) => {
    if (!String(path).endsWith('compose.yaml') || ++times !== 3) return;
    execFileSync(process.execPath, [what, 'fix'], { env: { ...process.env, FAULT: '' }, stdio: 'ignore' });
  };
  promises.open = (path, ...rest) => {
    watch(path);
    return open(path, ...rest);
  };
  fs.openSync = (path, ...rest) => {
    watch(path);
    return openSync(path, ...rest);
  };
}
