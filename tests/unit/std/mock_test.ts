import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { assertSpyCalls, MockError, spy, stub } from "@std/testing/mock";

class Greeter {
  constructor(readonly greeting: string) {}
  greet(name: string): string {
    return `${this.greeting} ${name}`;
  }
}

Deno.test("spy records arguments, result and error of every call", () => {
  const parse = spy((text: string) => JSON.parse(text) as unknown);
  assertEquals(parse("1"), 1);
  assertThrows(() => parse("{"), SyntaxError);
  assertSpyCalls(parse, 2);
  assertEquals(parse.calls[0], { args: ["1"], returned: 1 });
  assertEquals(parse.calls[1]?.error instanceof SyntaxError, true);
});

Deno.test("spy on a method keeps its behaviour and its self until disposed", () => {
  const greeter = new Greeter("hello");
  {
    using greet = spy(greeter, "greet");
    assertEquals(greeter.greet("bob"), "hello bob");
    assertStrictEquals(greet.calls[0]?.self, greeter);
    assertEquals(greet.calls[0]?.args, ["bob"]);
  }
  assertStrictEquals(greeter.greet, Greeter.prototype.greet);
});

Deno.test("stub replaces a method and puts it back once", () => {
  const greeter = new Greeter("hello");
  const greet = stub(greeter, "greet", (name) => `bye ${name}`);
  assertEquals(greeter.greet("bob"), "bye bob");
  greet.restore();
  assertEquals(greeter.greet("bob"), "hello bob");
  assertEquals(greet.restored, true);
  assertThrows(() => greet.restore(), MockError, "already restored");
});
