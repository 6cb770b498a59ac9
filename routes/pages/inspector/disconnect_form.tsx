/** Choice of a code, and the button that disconnects. */

import { useState } from "hono/jsx/dom";
import { doneAnswer } from "./answers.ts";
import { callApi } from "./api.ts";
import { SureButton } from "./parts.tsx";

/** Codes with their reasons. */
const CODES = [
  [3503, "force disconnect", "it stays away by itself (3503)"],
  [3011, "force reconnect", "it comes back (3011)"],
] as const;

/** The form for a client or a user. */
export function DisconnectForm(
  { of }: { readonly of: Readonly<Record<string, string>> },
) {
  const [chosen, setChosen] = useState<typeof CODES[number]>(CODES[0]);
  const [done, setDone] = useState("");
  return (
    <div class="disconnect">
      <p class="field">
        <label for="code">Disconnect</label>
        <select
          id="code"
          onChange={({ target }) => {
            if (!(target instanceof HTMLSelectElement)) return;
            const found = CODES.find(([code]) => String(code) === target.value);
            if (found !== undefined) setChosen(found);
          }}
        >
          {CODES.map(([code, , label]) => (
            <option key={code} value={code} selected={code === chosen[0]}>
              {label}
            </option>
          ))}
        </select>
      </p>
      <SureButton
        label="Disconnect"
        onSure={async () => {
          const [code, reason] = chosen;
          const body = { ...of, disconnect: { code, reason } };
          await callApi("disconnect", body, doneAnswer);
          setDone("Disconnected.");
        }}
      />
      <p class="note">
        This ends a connection and bans no user: a client that connects again is
        let in.
      </p>
      <p role="status" class="note">{done}</p>
    </div>
  );
}
