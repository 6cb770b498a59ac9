/** Memory of an isolate and its process, as a platform reports it; `Deno.memoryUsage()` fits. */

/** Numbers of bytes. */
export interface MemoryUse {
  /** Memory of the whole process, its other isolates included. */
  readonly rss: number;
  /** JavaScript heap that is in use. */
  readonly heapUsed: number;
  /** JavaScript heap that is reserved. */
  readonly heapTotal: number;
  /** Buffers outside the heap that its objects hold. */
  readonly external: number;
}
