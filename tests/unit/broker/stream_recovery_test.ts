import { assertEquals } from "@std/assert";
import { Scene } from "./stream_scene.ts";

Deno.test("A client recovers as many missed publications as the cap, and not one more", () => {
  const s = new Scene();
  s.append({ times: 300, size: 1_000 });
  assertEquals(s.recover(300), []);
  assertEquals(s.recover(299), [300]);
  assertEquals(s.recover(0)?.length, 300);
  s.append({ size: 1_000 });
  assertEquals(s.recover(0), undefined);
  assertEquals(s.recover(1)?.length, 300);
  assertEquals(s.recover(297, { cap: 3 }), undefined);
  assertEquals(s.recover(298, { cap: 3 }), [299, 300, 301]);
  assertEquals(s.recover(301, { cap: 0 }), []);
});

Deno.test("A client recovers while nothing it missed was trimmed by size", () => {
  const s = new Scene();
  s.append({ times: 5, size: 3 });
  assertEquals(s.recover(2), [3, 4, 5]);
  assertEquals(s.recover(1), undefined);
});

Deno.test("A client behind what has expired does not recover, one at the top does", () => {
  const s = new Scene();
  s.append({ times: 5, ttlMs: 1_000 });
  s.nowMs = 999;
  assertEquals(s.recover(4), [5]);
  s.nowMs = 1_000;
  assertEquals(s.recover(4), undefined);
  assertEquals(s.recover(5), []);
});

Deno.test("A client recovers in its epoch, or without one, and not ahead of the top", () => {
  const s = new Scene();
  assertEquals(s.recover(0), []);
  s.append({ times: 5 });
  assertEquals(s.recover(3, { epoch: "" }), [4, 5]);
  assertEquals(s.recover(3, { epoch: "other" }), undefined);
  assertEquals(s.recover(0, { epoch: "_" }), undefined);
  assertEquals(s.recover(6), undefined);
  assertEquals(s.recover(6, { epoch: "" }), undefined);
});

Deno.test("In cache mode a client recovers with the newest publication while it is kept", () => {
  const s = new Scene();
  const mode = "cache";
  assertEquals(s.recover(0, { mode }), undefined);
  s.append({ times: 5, ttlMs: 1_000 });
  assertEquals(s.recover(0, { mode }), [5]);
  assertEquals(s.recover(5, { mode }), []);
  s.nowMs = 1_000;
  assertEquals(s.recover(4, { mode }), undefined);
});
