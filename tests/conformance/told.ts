/** What a client is told, whatever carries it. */

/** What a client is told. */
export type Told =
  | { readonly type: "message"; readonly data: unknown }
  | { readonly type: "lost" }
  | { readonly type: "disconnect"; readonly code: number }
  | { readonly type: "end" };

/** A client that listens to a channel and to what is sent to all. */
export interface TransportClient extends AsyncDisposable {
  /** What it is told next; signs of life and answers are left out. */
  next(): Promise<Told>;
  /** What it comes back with after what it was told last. */
  readonly since: string;
}
