/** State and figures of the connection, as they change. */

import type { TextClient } from "../../lib/client/mod.ts";
import { type Session, TRANSPORTS } from "./session.ts";
import { useNow, useSession } from "./use_session.ts";

const STATES = ["connecting", "open", "closing", "closed"] as const;
const CLOSED = 3;

/** Milliseconds after which the figures are read again. */
const REFRESH_MS = 250;

/** The state of the connection and the figures below it. */
export function Readout({ session }: { readonly session: Session }) {
  const now = useNow(REFRESH_MS);
  // A change between two ticks is shown at once.
  useSession(session, ({ version }) => version);
  const { client } = session;
  return (
    <div class="readout">
      <ReadyState state={client?.readyState ?? CLOSED} />
      <Figures figures={ofTransport(session)} />
      <Figures figures={ofConnection(client, now)} />
      <h3>Last close</h3>
      <Figures figures={ofLastClose(client)} />
    </div>
  );
}

function ReadyState({ state }: { readonly state: number }) {
  return (
    <div class="ready-state" data-state={state}>
      <p role="status">
        <span class="term">readyState</span>
        <span class="digit">{state}</span>
        <span class="name">{STATES[state]}</span>
      </p>
      <ol aria-hidden="true">
        {STATES.map((name, index) => (
          <li key={name} class={index === state ? "current" : undefined} />
        ))}
      </ol>
    </div>
  );
}

/** Name and value of each figure. */
type Figures = readonly (readonly [string, string])[];

function Figures({ figures }: { readonly figures: Figures }) {
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-figure={name}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ofTransport({ client, transport }: Session): Figures {
  const roundTripMs = client?.roundTripMs;
  return [
    ["transport", TRANSPORTS.find(([name]) => name === transport)?.[1] ?? "–"],
    [
      "round trip",
      roundTripMs === undefined ? "–" : `${roundTripMs.toFixed(1)} ms`,
    ],
  ];
}

function ofConnection(client: TextClient | undefined, now: number): Figures {
  const waiting = client?.queuedFrames ?? 0;
  return [
    ["bufferedAmount", `${client?.bufferedAmount ?? 0} bytes`],
    ["waiting", `${waiting} ${waiting === 1 ? "frame" : "frames"}`],
    ["heartbeat", countdown(client?.nextHeartbeatAt, now)],
    ["network", client?.online ?? navigator.onLine ? "online" : "offline"],
    ["reconnects", String(client?.retryCount ?? 0)],
    ["next attempt", countdown(client?.nextAttemptAt, now)],
  ];
}

function ofLastClose(client: TextClient | undefined): Figures {
  const close = client?.lastClose;
  return [
    ["code", close ? String(close.code) : "–"],
    ["wasClean", close ? String(close.wasClean) : "–"],
    ["reason", close?.reason || "–"],
  ];
}

function countdown(at: number | undefined, now: number): string {
  if (at === undefined) return "–";
  return `in ${Math.max(0, Math.ceil((at - now) / 1_000))} s`;
}
