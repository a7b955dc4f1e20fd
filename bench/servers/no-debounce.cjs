/**
 * Loaded into yaml-language-server before it starts: the 200 ms that it waits after a keystroke become 0, so that its
 * work is measured and not its waiting.
 */
const wait = globalThis.setTimeout;
const withoutDebounce = (run, ms, ...rest) => wait(run, ms === 200 ? 0 : ms, ...rest);
// What Node keeps on the function, such as the way to make a promise of it.
Object.defineProperties(withoutDebounce, Object.getOwnPropertyDescriptors(wait));
globalThis.setTimeout = withoutDebounce;
require('node:timers').setTimeout = withoutDebounce;
