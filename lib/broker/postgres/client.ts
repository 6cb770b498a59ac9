/** The npm package `postgres` behind a client with one connection: loaded when a link first connects. */

import type { connect as connectSocket, Socket } from "node:net";
import type { PostgresUrl } from "./url.ts";

/** A value in a row, or of a parameter. */
export type Value = string | number | null;

/** Row of a result: the values of its columns. */
export type Row = readonly Value[];

/** Notification that another connection sent. */
export type TakeNotification = (topic: string) => void;

/** Events of a client. */
export interface PostgresEvents {
  /** Receives the topic of a notification. */
  readonly onNotification: TakeNotification;
  /** Called when the connection has closed. */
  readonly onClose: () => void;
}

/**
 * The part of a PostgreSQL client that a connection uses. It connects with the first
 * statement and not again, and carries out statements in the order of the calls.
 */
export interface PostgresLike {
  /** Runs a statement, and calls back with each row as it arrives. */
  query(
    text: string,
    parameters: readonly Value[],
    onRow: (row: Row) => void,
  ): Promise<void>;
  /** Ends the connection; statements that wait for a result reject. Resolves once nothing of it is left. */
  destroy(): Promise<void>;
}

/** Makes a client for one connection. */
export type CreateClient = (events: PostgresEvents) => PostgresLike;

/** Time after which the server gives up a statement; less than that after which a node gives up the connection. */
const STATEMENT_MS = 4_000;

/** Settings of the session. A pooler would refuse them. */
const SESSION = {
  statement_timeout: STATEMENT_MS,
  default_transaction_isolation: "read committed",
  array_nulls: "on",
} as const;

/** Name of the schema in the text of statements. */
const DEFAULT_SCHEMA = /\bthrum\b(?=[.;'])/g;

/** Loads the library, and returns a function that makes a client whose statements are about `schema`. */
export async function loadClient(
  url: PostgresUrl,
  schema: string,
): Promise<CreateClient> {
  const { default: postgres } = await import("postgres");
  const { connect } = await import("node:net");
  return ({ onNotification, onClose }) => {
    const socket = new OneSocket(url, connect);
    const sql = postgres({
      host: url.host,
      port: url.port,
      user: url.user,
      pass: url.password,
      database: url.database,
      ssl: url.sslMode === "disable" ? false : url.sslMode,
      max: 1,
      // Nothing of the environment (PGHOST and others) counts.
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 0,
      keep_alive: 30,
      backoff: false,
      prepare: !url.pooler,
      fetch_types: false,
      target_session_attrs: undefined,
      connection: { application_name: "thrum", ...url.pooler ? {} : SESSION },
      onclose: onClose,
      onnotice: () => {},
      // The library passes it on to its own connections, but its types have it not.
      ...{ onnotify: onNotification, socket: () => socket.open() },
    });
    return {
      async query(text, parameters, onRow) {
        const statement = text.replace(DEFAULT_SCHEMA, schema);
        const query = sql.unsafe(statement, [...parameters], {
          prepare: !url.pooler,
        });
        try {
          await query.values().forEach(onRow);
        } catch (error) {
          throw explained(error);
        }
      },
      async destroy() {
        await sql.end({ timeout: 0 });
        socket.destroy();
      },
    };
  };
}

/** Beginnings of errors that do not say what helps, and what does. */
const HINTS = {
  "unsupported startup parameter": "a pooler needs pooler=true in the URL",
  "Client network socket disconnected before secure TLS":
    "the server may have no TLS, which sslmode in the URL asks for",
};

function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  for (const [start, hint] of Object.entries(HINTS)) {
    if (!error.message.startsWith(start)) continue;
    return new Error(`${error.message}; ${hint}`, { cause: error });
  }
  return error;
}

/** Socket of a client, which the library would open again and again. */
class OneSocket {
  readonly #url: PostgresUrl;
  readonly #connect: typeof connectSocket;
  #socket: Socket | undefined;
  #isEnded = false;

  constructor(url: PostgresUrl, connect: typeof connectSocket) {
    this.#url = url;
    this.#connect = connect;
  }

  open(): Promise<Socket> {
    if (this.#isEnded) {
      return Promise.reject(new Error("the connection has ended"));
    }
    this.#isEnded = true;
    const { host, port } = this.#url;
    const socket = this.#connect({ host, port, noDelay: true });
    // The library compares the certificate with it.
    Object.assign(socket, { host });
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve(socket));
      socket.once("error", reject);
      socket.once(
        "close",
        () => reject(new Error("the connection was closed")),
      );
    });
  }

  destroy(): void {
    this.#isEnded = true;
    this.#socket?.destroy();
  }
}
