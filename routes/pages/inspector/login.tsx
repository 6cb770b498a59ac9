/** Form by which an operator shows the key. */

import { useState } from "hono/jsx/dom";
import { fieldValue } from "../fields.tsx";
import { logIn } from "./api.ts";
import { sentenceOf } from "./use_live.ts";

/** The form; after a login the page loads again. */
export function Login() {
  const [problem, setProblem] = useState<string>();
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const key = fieldValue(event.target, "key");
    const refusal = await logIn(key).catch(sentenceOf);
    if (refusal === undefined) location.reload();
    else setProblem(refusal);
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
