/** Form that sends a message: JSON as it is, anything else as text. */

import { useId, useState } from "hono/jsx/dom";
import { fieldValue } from "../fields.tsx";
import { sentenceOf } from "./use_live.ts";

/** The field and the button; `onSend` resolves with a sentence. */
export function JsonForm({ label, button, onSend }: {
  readonly label: string;
  readonly button: string;
  readonly onSend: (data: unknown) => Promise<string>;
}) {
  const [answer, setAnswer] = useState("");
  const id = useId();
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    onSend(dataOf(fieldValue(target, "data")))
      .then(setAnswer, (error: unknown) => setAnswer(sentenceOf(error)));
  };
  return (
    <form class="json-form" onSubmit={onSubmit}>
      <p class="field">
        <label for={id}>{label}</label>
        <input id={id} name="data" autocomplete="off" required />
      </p>
      <button type="submit">{button}</button>
      <p role="status" class="note">{answer}</p>
    </form>
  );
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}
