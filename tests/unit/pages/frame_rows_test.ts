/** The rows of the page's log. */

import { assertEquals } from "@std/assert";
import {
  appendRow,
  frameParts,
  frameText,
  MAX_ROWS,
  type Row,
} from "../../../routes/pages/frame_rows.ts";

function row(kind: Row["kind"], text: string, id = 0): Row {
  return { id, time: 0, kind, text };
}

Deno.test("The log forgets its oldest row when it is full", () => {
  let rows: readonly Row[] = [];
  for (let id = 0; id < MAX_ROWS + 2; id++) {
    rows = appendRow(rows, row("in", "x", id));
  }
  assertEquals(rows.length, 500);
  assertEquals([rows.at(0)?.id, rows.at(-1)?.id], [2, 501]);
});

Deno.test("A frame is taken apart at its first separator, and nothing is lost", () => {
  const cases = [
    [row("in", "alice>a > b: c"), "alice>", "a > b: c"],
    [row("in", "#room:a: b"), "#room:", "a: b"],
    [
      row("in", "Network connection timeout!"),
      "",
      "Network connection timeout!",
    ],
    [row("out", "bob:a > b"), "bob:", "a > b"],
    [row("out", "#room:hi"), "#room:", "hi"],
  ] as const;
  for (const [given, address, body] of cases) {
    assertEquals(frameParts(given), { tone: "message", address, body });
  }
});

Deno.test("Heartbeats, joins, leaves and notes are control frames", () => {
  for (const text of ["ping", "pong", "+#room", "-#room"]) {
    assertEquals(frameParts(row("in", text)).tone, "control");
    assertEquals(frameParts(row("out", text)).tone, "control");
  }
  assertEquals(frameParts(row("note", "open")).tone, "control");
});

Deno.test("Only a received frame can be an error", () => {
  assertEquals(frameParts(row("in", "error:404 nobody")).tone, "error");
  assertEquals(frameParts(row("out", "error:404 nobody")).tone, "message");
});

Deno.test("Bytes are shown in hexadecimal, no more than 32 of them", () => {
  assertEquals(frameText("text"), "text");
  assertEquals(frameText(new Uint8Array([0, 255]).buffer), "[2 bytes] 00 ff");
  const long = frameText(new Uint8Array(33).buffer);
  assertEquals(long, `[33 bytes] ${"00 ".repeat(32)}…`);
});
