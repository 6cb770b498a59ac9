/** A labelled choice of one of a few. */

import { useId } from "hono/jsx/dom";

/** What a {@linkcode Choice} is told. */
export interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** Value and label of each; the first is chosen until somebody chooses. */
  readonly choices: readonly (readonly [string, string])[];
}

/** A label above its choices. */
export function Choice({ name, label, choices }: ChoiceProps) {
  const id = useId();
  return (
    <p class={`field field-${name}`}>
      <label for={id}>{label}</label>
      <select id={id} name={name}>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>{text}</option>
        ))}
      </select>
    </p>
  );
}
