/** Form by which an operator shows the key. */

import { useState } from "hono/jsx/dom";
import { fieldValue } from "../fields.tsx";
import { logIn } from "./api.ts";
import { sentenceOf } from "./use_live.ts";
import { hrefOf } from "./view.ts";

/** The form; after a login the page loads again. */
export function Login() {
  const [problem, setProblem] = useState<string>();
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const key = fieldValue(event.target, "key");
    const refusal = await logIn(key).catch(sentenceOf);
    if (refusal !== undefined) return setProblem(refusal);
    // An address that names a view has its heading focused.
    if (location.hash === "") location.replace(hrefOf({ kind: "overview" }));
    location.reload();
  };
  return (
    <form class="login" onSubmit={onSubmit}>
      <p class="field">
        <label for="key">Admin key of this server</label>
        <input
          id="key"
          name="key"
          type="password"
          autocomplete="current-password"
          required
        />
      </p>
      <button type="submit" class="primary">Log in</button>
      <p role="alert" class="problem">{problem}</p>
    </form>
  );
}
