export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** What is said of something that a file could not be put together with. @param message a sentence without its end */
export function withoutIt(message: string): string {
  return `${message}; it was judged without it.`;
}
