/** View of the inspector: what the part of the address behind `#` names. */

import { useLayoutEffect, useState } from "hono/jsx/dom";
import { visibleName } from "../name.tsx";

/** Views with a name of what they show. */
const NAMED = ["channel", "connection", "user"] as const;
/** Views of everything. */
const PLAIN = ["overview", "channels", "connections", "why"] as const;

/** A view of one thing. */
export interface NamedView {
  readonly kind: typeof NAMED[number];
  readonly name: string;
}

/** A view; `missing` for an address that names none. */
export type View =
  | { readonly kind: typeof PLAIN[number] | "missing" }
  | NamedView;

const TITLES: Readonly<Record<View["kind"], string>> = {
  overview: "Overview",
  channels: "Channels",
  connections: "Connections",
  why: "Why",
  channel: "Channel",
  connection: "Connection",
  user: "User",
  missing: "No such page",
};

/** Reads the fragment of an address; without one it is the overview. */
export function viewOf(hash: string): View {
  if (!isAddress(hash)) return { kind: "overview" };
  const [kind = "", encoded = "", ...rest] = hash.slice(2).split("/");
  const plain = PLAIN.find((each) => each === kind);
  if (plain !== undefined && encoded === "") return { kind: plain };
  const named = NAMED.find((each) => each === kind);
  const name = decode(encoded);
  if (named === undefined || name === "" || rest.length > 0) {
    return { kind: "missing" };
  }
  return { kind: named, name };
}

/** Title of the document, which names the view in tabs, in the history and to a screen reader. */
export function titleOf(view: View): string {
  const title = TITLES[view.kind];
  // Isolated, so that a name from right to left leaves the words around it in order.
  const name = "name" in view ? ` \u2068${visibleName(view.name)}\u2069` : "";
  return `${title}${name} – Thrum: inspector`;
}

/** Writes the address of a view. */
export function hrefOf(view: View): string {
  return "name" in view
    ? `#/${view.kind}/${encodeURIComponent(view.name)}`
    : `#/${view.kind}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return "";
  }
}

/** True for the fragment of a view, and false for that of a place in the page, such as `#main`. */
function isAddress(hash: string): boolean {
  return hash.startsWith("#/") && hash !== "#/";
}

/** The view of the address, as it changes. */
export function useView(): View {
  const [hash, setHash] = useState(location.hash);
  // A click may come before the next frame, in which an effect would begin to listen.
  useLayoutEffect(() => {
    const onChange = () => {
      const { hash } = location;
      // A jump to a place in the page leaves the view.
      if (isAddress(hash) || hash === "") setHash(hash);
    };
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return viewOf(hash);
}
