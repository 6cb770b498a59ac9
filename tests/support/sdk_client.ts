/** A client of the SDKs' protocol in a scene: it sends commands, and is sent lines of JSON. */

import type { Connection } from "../../lib/hub/connection.ts";
import { centrifugeProtocol } from "../../lib/protocol/centrifuge.ts";
import type { FakeTransport } from "./fake_transport.ts";
import { tokenOf } from "./fake_tokens.ts";
import type { Scene } from "./scene.ts";

/** Anything that a client sends or is sent. */
export type Message = Readonly<Record<string, unknown>>;

/** The claims of a token, and what else the client says when it connects. */
export interface SdkClientOptions {
  /** Without it, the client has no token. */
  readonly claims?: Message;
  /** More fields of the `connect` command. */
  readonly connect?: Message;
}

/** One client. */
export class SdkClient {
  readonly connection: Connection;
  readonly transport: FakeTransport;
  readonly #scene: Scene;

  /** Opens a transport; nothing is sent yet. */
  constructor(scene: Scene) {
    this.#scene = scene;
    const { connection, transport } = scene.connect(null, centrifugeProtocol);
    this.connection = connection;
    this.transport = transport;
  }

  /** A client that has connected, and has read the answer. */
  static async connect(
    scene: Scene,
    { claims, connect }: SdkClientOptions = {},
  ): Promise<SdkClient> {
    const client = new SdkClient(scene);
    const token = claims === undefined ? {} : { token: tokenOf(claims) };
    await client.ask({ id: 1, connect: { ...token, ...connect } });
    return client;
  }

  /** Sends commands in one frame. */
  send(...commands: readonly Message[]): void {
    const lines = commands.map((command) => JSON.stringify(command));
    this.connection.receive(lines.join("\n"));
  }

  /** Sends commands in one frame and takes what has come when all is quiet. */
  async ask(...commands: readonly Message[]): Promise<Message[]> {
    this.send(...commands);
    await this.#scene.settle();
    return this.take();
  }

  /** Lets collected publications go, and takes what was sent since the last call. */
  take(): Message[] {
    return this.takeFrames().flat();
  }

  /** As {@linkcode take}, frame by frame. */
  takeFrames(): Message[][] {
    this.#scene.clock.advance(0);
    return this.transport.take().map((frame) =>
      String(frame).split("\n").map((line) => JSON.parse(line))
    );
  }

  /** Code and reason of the close, once there was one. */
  get closed(): FakeTransport["closed"] {
    return this.transport.closed;
  }

  /** Code of the close, once there was one. */
  get closeCode(): number | undefined {
    return this.transport.closed?.code;
  }
}

/** The `pub` pushes of a channel among messages, by their data. */
export function dataOf(messages: readonly Message[]): unknown[] {
  return publicationsOf(messages).map(({ data }) => data);
}

/** The publications among messages: those pushed, and those of replies. */
export function publicationsOf(messages: readonly Message[]): Message[] {
  return messages.flatMap(({ push, subscribe, history }) => {
    const pub = fieldOf(push, "pub");
    const recovered = fieldOf(subscribe ?? history, "publications") ?? [];
    return [...isMessage(pub) ? [pub] : [], ...listOf(recovered)];
  });
}

/** A field of something that may be an object. */
export function fieldOf(value: unknown, name: string): unknown {
  return isMessage(value) ? value[name] : undefined;
}

function listOf(value: unknown): Message[] {
  return Array.isArray(value) ? value.filter(isMessage) : [];
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null;
}
