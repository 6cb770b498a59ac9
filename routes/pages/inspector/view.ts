/** View of the inspector: what the part of the address behind `#` names. */

import { useEffect, useState } from "hono/jsx/dom";

/** Views with a name of what they show. */
const NAMED = ["channel", "connection", "user"] as const;
/** Views of everything. */
const PLAIN = ["overview", "channels", "connections", "why"] as const;

/** A view of one thing. */
export interface NamedView {
  readonly kind: typeof NAMED[number];
  readonly name: string;
}

/** A view. */
export type View = { readonly kind: typeof PLAIN[number] } | NamedView;

/** Reads the fragment of an address; the overview if it names no view. */
export function viewOf(hash: string): View {
  const [kind = "", encoded = ""] = hash.replace(/^#\/?/, "").split("/");
  const plain = PLAIN.find((each) => each === kind);
  if (plain !== undefined) return { kind: plain };
  const named = NAMED.find((each) => each === kind);
  const name = decode(encoded);
  if (named === undefined || name === "") return { kind: "overview" };
  return { kind: named, name };
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

/** The view of the address, as it changes. */
export function useView(): View {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = () => setHash(location.hash);
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return viewOf(hash);
}
