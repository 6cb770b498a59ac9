/** Where nodes find their sequencer: the one channel that all of them have opened. */

import type { NetChannel, OpenChannel } from "./net.ts";

/** A node looks for its sequencer, or a sequencer takes a node in. */
type Greeting =
  | { readonly type: "hello"; readonly from: string }
  | { readonly type: "welcome"; readonly from: string; readonly to: string };

/** What a lobby works with. */
export interface LobbyOptions {
  readonly open: OpenChannel;
  /** The name of the channel. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** Called when a node looks for its sequencer, perhaps one of another process. */
  readonly onHello: (node: string) => void;
  /** Called when a sequencer takes this node in, perhaps again. */
  readonly onWelcome: (sequencer: string) => void;
}

/** What is said here may get lost: a node says hello until it is welcome. */
export class Lobby {
  readonly #node: string;
  readonly #channel: NetChannel;

  constructor({ open, cluster, node, onHello, onWelcome }: LobbyOptions) {
    this.#node = node;
    this.#channel = open(cluster, (value) => {
      if (!isGreeting(value)) return;
      if (value.type === "hello") onHello(value.from);
      else if (value.to === node) onWelcome(value.from);
    });
  }

  /** Says that this node looks for its sequencer. */
  hello(): void {
    this.#post({ type: "hello", from: this.#node });
  }

  /** Says to a node that this one is its sequencer. */
  welcome(node: string): void {
    this.#post({ type: "welcome", from: this.#node, to: node });
  }

  /** Ends it. */
  close(): void {
    this.#channel.close();
  }

  #post(greeting: Greeting): void {
    this.#channel.postMessage(greeting);
  }
}

function isGreeting(value: unknown): value is Greeting {
  return typeof value === "object" && value !== null && "type" in value &&
    "from" in value && typeof value.from === "string" &&
    (value.type === "hello" || (value.type === "welcome" && "to" in value));
}
