/** Form of one line of text. */

import type { Child } from "hono/jsx";
import { useState } from "hono/jsx/dom";

/** Properties of a {@linkcode TextForm}. */
export interface TextFormProps {
  /** Label for screen readers. */
  readonly label: string;
  /** @default {"Send"} */
  readonly button?: string;
  readonly placeholder?: string;
  readonly maxLength: number;
  /** Text at first; it stays when it was sent. */
  readonly text?: string;
  readonly onSend: (text: string) => unknown;
  readonly onInput?: () => void;
  /** Fields before the text. */
  readonly children?: Child;
}

/** Shows the form; its input is empty after a text was sent, and has it again with the reason where that fails. */
export function TextForm(props: TextFormProps) {
  const { label, button = "Send", text = "" } = props;
  const [problem, setProblem] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const input = form.querySelector("input")!;
    const { value } = input;
    if (!text) input.value = "";
    try {
      await props.onSend(value);
      setProblem("");
    } catch (error) {
      setProblem(Object(error).message);
      input.value ||= value;
    }
  };
  return (
    <>
      <form class="bar" onSubmit={send}>
        {props.children}
        <input
          aria-label={label}
          placeholder={props.placeholder}
          value={text}
          required
          maxlength={props.maxLength}
          autocomplete="off"
          onInput={props.onInput}
        />
        <button type="submit" class="primary">{button}</button>
      </form>
      {problem && <p class="refusal" role="alert">{problem}</p>}
    </>
  );
}
