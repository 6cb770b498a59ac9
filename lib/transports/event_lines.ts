/** The lines of an event stream (HTML, "Server-sent events"), in which no text can begin a line of its own. */

const LINE_END = /\r\n|\r|\n/;

/** An event with these data: every line of them after its own `data:`. */
export function dataLines(data: string): string {
  return `${fieldLines("data", data)}\n`;
}

/** A field of an event; what has several lines becomes several fields, which a reader joins again. */
export function fieldLines(name: string, value: string): string {
  return value.split(LINE_END).map((line) => `${name}: ${line}\n`).join("");
}
