/** Loaded into a server before it starts: at the signal SIGUSR2 it says what it holds after its garbage was collected. */
process.on('SIGUSR2', () => {
  for (let round = 0; round < 3; round++) globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.stderr.write(`\nmemory ${JSON.stringify({ heapUsed, external, rss })}\n`);
});
