/** A text client on fake sockets, a fake network and fake time. */

import { FakeTime } from "@std/testing/time";
import {
  type SocketClose,
  TextClient,
  type TextClientOptions,
} from "../../../lib/client/mod.ts";
import { FakeNetwork } from "../../support/fake_network.ts";
import { FakeSocket, type SocketJournal } from "./fake_socket.ts";

/** Everything that a test of the client looks at and pulls on. */
export class Scene implements Disposable {
  readonly time = new FakeTime();
  readonly journal: SocketJournal = { lines: [], sockets: [] };
  readonly network = new FakeNetwork();
  readonly frames: string[] = [];
  readonly messages: (string | ArrayBuffer)[] = [];
  readonly closes: SocketClose[] = [];
  readonly client: TextClient;
  /** The next random number. */
  random = 0.5;

  constructor(options: TextClientOptions = {}) {
    const { journal } = this;
    this.client = new TextClient("ws://hub.test/ws", {
      WebSocket: class extends FakeSocket {
        constructor(url: string) {
          super(url, journal);
        }
      },
      network: this.network,
      random: { number: () => this.random },
      onMessage: (data) => this.messages.push(data),
      onFrame: (direction, data) => this.frames.push(`${direction} ${data}`),
      onClose: (close) => this.closes.push(close),
      ...options,
    });
  }

  /** The socket made last. */
  get socket(): FakeSocket {
    const socket = this.journal.sockets.at(-1);
    if (!socket) throw new Error("Cannot look at a socket: none was made yet");
    return socket;
  }

  /**
   * Moves time on, with the promises and the timers that they start before and
   * after it. (A timer of 0 ms that a timer starts is due 1 ms later.)
   */
  async pass(ms = 0): Promise<void> {
    for (const step of [0, 0, ms, 0, 0]) await this.time.tickAsync(step);
    await this.time.runMicrotasks();
  }

  /** Connects and lets the server accept. */
  async open(): Promise<void> {
    this.client.connect();
    await this.pass();
    this.socket.accept();
  }

  [Symbol.dispose](): void {
    this.client.close();
    this.time.restore();
  }
}
