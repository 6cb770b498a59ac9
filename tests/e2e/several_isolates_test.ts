/** Clients of several isolates of one process, as `deno task start` runs them. */

import { testNodes } from "../conformance/nodes.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";

testNodes("Three isolates", {
  async start() {
    const doors = await IsolateDoors.start(3);
    const [a, b, c] = doors.urls;
    return {
      urls: [a!, b!, c!],
      [Symbol.asyncDispose]: () => doors[Symbol.asyncDispose](),
    };
  },
});
