/** Labelled fields of a form. */

import { useId } from "hono/jsx/dom";

/** Properties of a {@linkcode Field}. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** The text at first; it does not replace what the user typed. */
  readonly value?: string;
  readonly type?: "text" | "url" | "password";
  readonly placeholder?: string;
  readonly required?: boolean;
  /** Offered while typing. */
  readonly suggestions?: readonly string[];
}

/** Reads the text of a field of the form, without spaces around it. */
export function fieldValue(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** Line of input below its label. */
export function Field(props: FieldProps) {
  const { name, label, value = "", type = "text", suggestions } = props;
  const id = useId();
  return (
    <p class={`field field-${name}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        placeholder={props.placeholder}
        required={props.required}
        list={suggestions && `${id}-list`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((text) => <option key={text} value={text} />)}
        </datalist>
      )}
    </p>
  );
}

/** Properties of a {@linkcode Choice}. */
export interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** Value and label of each; the first is selected at first. */
  readonly choices: readonly (readonly [string, string])[];
}

/** Select element below its label. */
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
