/** What tells a thread of the bundled program that it is one. */
export const IN_THREAD = 'bulkhead thread';
