/** A labelled line of input. */

import { useId } from "hono/jsx/dom";

/** What a {@linkcode Field} is told. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** What stands in it at first; what is typed later stays. */
  readonly value?: string;
  readonly type?: "text" | "url" | "password";
  readonly placeholder?: string;
  readonly required?: boolean;
  /** Offered while typing. */
  readonly suggestions?: readonly string[];
}

/** Reads what was typed into a field of the form. */
export function fieldValue(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** A label above its input. */
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
