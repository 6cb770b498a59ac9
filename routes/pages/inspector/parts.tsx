/** Parts that several views have: figures, problems, and buttons that ask once more. */

import { useEffect, useRef, useState } from "hono/jsx/dom";
import type { Child } from "hono/jsx";
import { systemClock } from "../../../lib/base/clock.ts";
import { Name, visibleName } from "../name.tsx";
import { hrefOf, type NamedView } from "./view.ts";
import { shortId } from "./format.ts";
import { sentenceOf } from "./use_live.ts";

/** Time after which a button asks again, in milliseconds. */
const SURE_MS = 4_000;

/** Heading of a view; a screen reader and the keyboard begin there. */
export function Title(
  { children, of }: { readonly children: Child; readonly of?: string },
) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (location.hash !== "") heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} class="view-title" tabindex={-1}>
      {of && <span class="kind">{of}</span>}
      {children}
    </h2>
  );
}

/** Terms with their values. */
export function Figures(
  { figures }: { readonly figures: Readonly<Record<string, Child>> },
) {
  return (
    <dl class="inspector-figures">
      {Object.entries(figures).map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd data-figure={term}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Sentence about what has failed; nothing without one. */
export function Problem({ children }: { readonly children?: string }) {
  return (
    <p role="status" class="problem">
      {children && <Name>{children}</Name>}
    </p>
  );
}

/** Button that acts at the second press, within a few seconds of the first. */
export function SureButton(
  { label, onSure }: {
    readonly label: string;
    readonly onSure: () => Promise<void>;
  },
) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (isAsking) return systemClock.after(SURE_MS, () => setAsking(false));
  }, [isAsking]);
  const onClick = () => {
    setAsking(!isAsking);
    if (!isAsking) return;
    setProblem(undefined);
    onSure().catch((error: unknown) => setProblem(sentenceOf(error)));
  };
  return (
    <>
      <button
        type="button"
        class={isAsking ? "danger sure" : "danger"}
        onClick={onClick}
      >
        {isAsking ? `${label}: sure?` : label}
      </button>
      {problem && (
        <span class="problem" role="alert">
          <Name>{problem}</Name>
        </span>
      )}
    </>
  );
}

/** Link to a connection. */
export function ConnectionLink({ client }: { readonly client: string }) {
  return (
    <a
      href={hrefOf({ kind: "connection", name: client })}
      title={visibleName(client)}
    >
      <code>{shortId(client)}</code>
    </a>
  );
}

/** Link to a user; a dash for a client without a uid. */
export function UserLink({ user }: { readonly user: string }) {
  if (user === "") return <span class="none">–</span>;
  return <NameLink view={{ kind: "user", name: user }} />;
}

/** Link to a channel. */
export function ChannelLink({ channel }: { readonly channel: string }) {
  return <NameLink view={{ kind: "channel", name: channel }} />;
}

/** Link that a list cuts where the name is long. */
function NameLink({ view }: { readonly view: NamedView }) {
  return (
    <a class="name-link" href={hrefOf(view)} title={visibleName(view.name)}>
      <Name>{view.name}</Name>
    </a>
  );
}

/** Options with the pattern or the token that each comes from. */
export function OptionsTable(
  { options }: {
    readonly options: Readonly<
      Record<string, { readonly value: unknown; readonly from: string }>
    >;
  },
) {
  return (
    <div class="scroll-x" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Option</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(options).map(([name, { value, from }]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                <code>{JSON.stringify(value)}</code>
              </td>
              <td>
                <span class={from === "default" ? "none" : "origin"}>
                  {from}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Search and order of a list. */
export function ListBar<Sort extends string>(
  { label, sorts, sort, onSearch, onSort }: {
    readonly label: string;
    /** Orders with their labels. */
    readonly sorts: readonly (readonly [Sort, string])[];
    readonly sort: Sort;
    readonly onSearch: (text: string) => void;
    readonly onSort: (sort: Sort) => void;
  },
) {
  return (
    <div class="list-bar">
      <p class="field">
        <label for="search">{label}</label>
        <input
          id="search"
          type="search"
          onInput={({ target }) =>
            target instanceof HTMLInputElement && onSearch(target.value)}
        />
      </p>
      <p class="field">
        <label for="sort">Sorted by</label>
        <select
          id="sort"
          onChange={({ target }) => {
            if (!(target instanceof HTMLSelectElement)) return;
            const chosen = sorts.find(([name]) => name === target.value);
            if (chosen !== undefined) onSort(chosen[0]);
          }}
        >
          {sorts.map(([name, label]) => (
            <option key={name} value={name} selected={name === sort}>
              {label}
            </option>
          ))}
        </select>
      </p>
    </div>
  );
}

/** Buttons to the pages before and after this one. */
export function Pager(
  { offset, limit, found, onMove }: {
    readonly offset: number;
    readonly limit: number;
    readonly found: number;
    readonly onMove: (offset: number) => void;
  },
) {
  const last = Math.min(offset + limit, found);
  return (
    <p class="pager">
      <button
        type="button"
        disabled={offset === 0}
        onClick={() => onMove(Math.max(offset - limit, 0))}
      >
        Previous
      </button>
      <span>{found === 0 ? "none" : `${offset + 1}–${last} of ${found}`}</span>
      <button
        type="button"
        disabled={last >= found || offset + limit > 900}
        onClick={() => onMove(offset + limit)}
      >
        Next
      </button>
    </p>
  );
}
