/** Link to PostgreSQL: its connections, and after a loss the next ones. */

import { BrokerAwayError } from "../../base/errors.ts";
import type { Clock } from "../../base/clock.ts";
import { inTime } from "../../base/in_time.ts";
import type { Random } from "../../base/random.ts";
import { Reconnection } from "../reconnection.ts";
import type { CreateClient, Row, Value } from "./client.ts";
import { PostgresConnection } from "./connection.ts";
import { examine } from "./examine.ts";
import { migrate, SCHEMA_VERSION } from "./migrations.ts";
import { Pool } from "./pool.ts";

/** Time between two checks of the connections, in milliseconds. */
const CHECK_MS = 1_000;
/** Silence of the server after which the link is lost, in milliseconds. */
const SILENT_MS = 3_000;

/** Stage at which an error occurred: the connection, the reading of a row, its delivery, the answer to a call, or the removal of what has expired. */
export type PostgresStage =
  | "connection"
  | "message"
  | "delivery"
  | "answer"
  | "sweep";

/** Options of a link. */
export interface PostgresLinkOptions {
  /** Loads the client; called before each connection of the link. */
  readonly load: () => Promise<CreateClient>;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Maximum number of connections, at least 3.
   * @default {5}
   */
  readonly connections?: number;
  /**
   * True if there is no `LISTEN`, as behind a pooler of transactions.
   * @default {false}
   */
  readonly pooler?: boolean;
  /** Called when the link is ready, at first and after each loss. */
  readonly onReady?: () => void;
  /**
   * Called with each error that no caller receives. Each reason of a loss is reported
   * once, not again for each attempt that fails alike.
   */
  readonly onError?: (
    error: unknown,
    context: { readonly stage: PostgresStage },
  ) => void;
  /** Called once if a newer program has made the schema, which is then used as it is. */
  readonly onNewerSchema?: (versions: SchemaVersions) => void;
}

/** Version of a schema that is there, and the newest one that this program knows. */
export interface SchemaVersions {
  readonly found: number;
  readonly known: number;
}

/** User of a link. */
export interface LinkUser {
  /** Called with each new main connection. The link is not ready until the promise resolves. */
  onConnect(connection: PostgresConnection): Promise<void>;
  /** Called when the link is ready again. */
  onReady(): void;
  /** Called when the link is lost. */
  onLoss(): void;
  /** Called with each notification on the main connection. */
  onNotification(): void;
}

/** Connections of one attempt. */
interface Connections {
  /** Follows the publications; its end is the end of all. */
  readonly main: PostgresConnection;
  /** One connection for what must not wait for anything else. */
  readonly publishing: Pool;
  readonly others: Pool;
}

/** Keeps connections to PostgreSQL. Without them, every method rejects at once. */
export class PostgresLink {
  /** True if there is no `LISTEN`. */
  readonly pooler: boolean;
  readonly #options: PostgresLinkOptions;
  readonly #reconnection: Reconnection;
  #user: LinkUser | undefined;
  /** The newest connections, also while they connect. */
  #connections: Connections | undefined;
  #state: "closed" | "away" | "ready" = "closed";
  #isNewerReported = false;
  #stopChecks: (() => void) | undefined;
  #attempt: Promise<void> = Promise.resolve();
  /** Resolves once nothing is left of the last connections. */
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: PostgresLinkOptions) {
    this.#options = options;
    this.#reconnection = new Reconnection({
      ...options,
      connect: () => {
        this.#attempt = this.#connect();
      },
      onReason: (error) => this.report(error, "connection"),
    });
    this.pooler = options.pooler ?? false;
  }

  /** True while statements are expected to succeed. */
  get ready(): boolean {
    return this.#state === "ready";
  }

  /** Begins to connect, for `user` if given; {@linkcode close} ends it. */
  open(user?: LinkUser): void {
    if (this.#state !== "closed") return;
    this.#user = user;
    this.#state = "away";
    this.#stopChecks = this.#options.clock.every(CHECK_MS, () => this.#check());
    this.#attempt = this.#connect();
  }

  /** Runs a statement. Rejects at once while PostgreSQL is away. */
  run(text: string, parameters: readonly Value[]): Promise<readonly Row[]> {
    if (!this.ready) return Promise.reject(this.#away());
    return this.#connections!.others.run(text, parameters);
  }

  /** Runs a statement on the connection that is kept for publications. */
  publish(text: string, parameters: readonly Value[]): Promise<readonly Row[]> {
    if (!this.ready) return Promise.reject(this.#away());
    return this.#connections!.publishing.run(text, parameters);
  }

  /** Reports an error that no caller receives. */
  report(error: unknown, stage: PostgresStage): void {
    this.#options.onError?.(error, { stage });
  }

  /**
   * Closes the link, once PostgreSQL has answered every earlier statement and `last`,
   * or after a second.
   */
  async close(
    last?: (connection: PostgresConnection) => Promise<unknown>,
  ): Promise<void> {
    if (this.#state === "closed") return;
    if (this.ready) await this.#answered(last);
    this.#state = "closed";
    this.#reconnection.stop();
    this.#stopChecks?.();
    this.#end(new Error("the connection to PostgreSQL was closed"));
    await this.#attempt;
    await this.#ended;
  }

  async #answered(
    last: (connection: PostgresConnection) => Promise<unknown> = () =>
      Promise.resolve(),
  ): Promise<void> {
    const { main, publishing, others } = this.#connections!;
    const settled = Promise.all([publishing.settled(), others.settled()]);
    await inTime(settled.then(() => last(main)), this.#options.clock);
  }

  #away(): Error {
    const reason = this.#state === "closed" ? "closed" : "away";
    return new BrokerAwayError(
      `Cannot reach PostgreSQL: the connection is ${reason}`,
    );
  }

  async #connect(): Promise<void> {
    let connections: Connections | undefined;
    try {
      const createClient = await this.#options.load();
      if (this.#state === "closed") return;
      connections = this.#connections = this.#make(createClient);
      await this.#establish(connections.main);
    } catch (error) {
      // The end of the connection is reported and starts the next attempt.
      if (connections === undefined) this.#onEnd(error);
      else connections.main.end(error);
    }
  }

  #make(createClient: CreateClient): Connections {
    const { clock, connections = 5 } = this.#options;
    const main = new PostgresConnection({
      createClient,
      clock,
      onNotification: () => this.#user?.onNotification(),
      onEnd: (error) => this.#onEnd(error),
    });
    // PostgreSQL is away for all of them.
    const onLoss = (error: unknown) => main.end(error);
    const deps = { createClient, clock, onLoss };
    const publishing = new Pool({ ...deps, size: 1 });
    const size = Math.max(1, connections - 2);
    return { main, publishing, others: new Pool({ ...deps, size }) };
  }

  async #establish(main: PostgresConnection): Promise<void> {
    await examine(main);
    this.#reportNewer(await migrate(main));
    await this.#user?.onConnect(main);
    if (main.ended || this.#state === "closed") return;
    this.#state = "ready";
    this.#reconnection.succeeded();
    this.#options.onReady?.();
    try {
      this.#user?.onReady();
    } catch (error) {
      this.report(error, "delivery");
    }
  }

  #end(error: unknown): void {
    const { main, publishing, others } = this.#connections ?? {};
    this.#connections = undefined;
    if (main === undefined) return;
    main.end(error);
    this.#ended = Promise.all([
      main.closed,
      publishing?.end(error),
      others?.end(error),
    ]);
  }

  #onEnd(error: unknown): void {
    this.#end(error);
    if (this.#state === "closed") return;
    this.#state = "away";
    this.#user?.onLoss();
    this.#reconnection.failed(error);
  }

  #reportNewer(found: number): void {
    if (found <= SCHEMA_VERSION || this.#isNewerReported) return;
    this.#isNewerReported = true;
    this.#options.onNewerSchema?.({ found, known: SCHEMA_VERSION });
  }

  /** Ends connections on which the server is silent: it may hang, or the network drop everything. */
  #check(): void {
    const { main, publishing, others } = this.#connections ?? {};
    publishing?.check();
    others?.check();
    if (main === undefined || main.silentMs < SILENT_MS) return;
    main.end(new Error(`PostgreSQL has not answered for ${SILENT_MS} ms`));
  }
}
