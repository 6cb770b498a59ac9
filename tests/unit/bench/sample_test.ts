import { assertEquals, assertThrows } from "@std/assert";
import {
  type CoreUse,
  type Figure,
  isDisturbed,
  isVoid,
  medianOf,
  ratioOf,
  type Sample,
  type Series,
  valuesOf,
} from "../../../bench/sample.ts";
import { median } from "../../../bench/statistics.ts";

const IDLE: CoreUse = {
  server: 0.99,
  besideServer: 0,
  generator: 0.5,
  besideGenerator: 0,
};

function sample(
  values: Partial<Record<Figure, number>>,
  cores: Partial<CoreUse> = {},
): Sample {
  return { values, cores: { ...IDLE, ...cores } };
}

function series(...rates: number[]): Series {
  return { name: "any", samples: rates.map((rate) => sample({ rate })) };
}

Deno.test("median takes the middle, or the mean of the two in the middle", () => {
  assertEquals(median([30, 1, 2]), 2);
  assertEquals(median([4, 1, 2, 30]), 3);
  assertThrows(() => median([]), RangeError);
});

Deno.test("a ratio is that of the medians, its range that of the rounds", () => {
  const ratio = ratioOf([series(90, 60, 120), "rate"], [
    series(100, 50, 200),
    "rate",
  ]);
  assertEquals(ratio, { median: 0.9, least: 0.6, most: 1.2 });
});

Deno.test("a turn is void when the generator used more than 90 % of its core", () => {
  assertEquals(isVoid(sample({}, { generator: 0.9 })), false);
  assertEquals(isVoid(sample({}, { generator: 0.91 })), true);
  assertEquals(isVoid({ values: {} }), false);
});

for (
  const [kind, cores] of [
    ["void", { generator: 0.95 }],
    ["disturbed", { besideServer: 0.3 }],
  ] as const
) {
  Deno.test(`a ${kind} turn has no rate, but the CPU time of each delivery counts`, () => {
    const turns: Series = {
      name: "any",
      samples: [
        sample({ rate: 10, cpuMicros: 1, p99Ms: 1 }),
        sample({ rate: 99, cpuMicros: 3, p99Ms: 9 }, cores),
      ],
    };
    assertEquals(valuesOf(turns, "rate"), [10, NaN]);
    assertEquals(medianOf(turns, "rate"), 10);
    assertEquals(medianOf(turns, "p99Ms"), 1);
    assertEquals(medianOf(turns, "cpuMicros"), 2);
  });
}

Deno.test("a round that is void for one side is in no range", () => {
  const void2 = {
    name: "any",
    samples: [
      sample({ rate: 10 }),
      sample({ rate: 1 }, { generator: 1 }),
    ],
  };
  assertEquals(ratioOf([series(20, 20), "rate"], [void2, "rate"]), {
    median: 2,
    least: 2,
    most: 2,
  });
});

Deno.test("one turn that counts of three is too few", () => {
  const disturbed = sample({ rate: 9 }, { besideServer: 0.5 });
  const rates = (...samples: Sample[]) =>
    medianOf({ name: "any", samples }, "rate");
  assertEquals(rates(sample({ rate: 1 }), disturbed, disturbed), NaN);
  assertEquals(rates(sample({ rate: 1 }), sample({ rate: 3 }), disturbed), 2);
});

Deno.test("nothing measured is no number", () => {
  const none = { name: "any", samples: [] };
  assertEquals(medianOf(none, "rate"), NaN);
  assertEquals(ratioOf([none, "rate"], [series(1), "rate"]), {
    median: NaN,
    least: NaN,
    most: NaN,
  });
});

Deno.test("a turn is disturbed by others on either core", () => {
  assertEquals(isDisturbed(sample({})), false);
  assertEquals(isDisturbed({ values: {} }), false);
  assertEquals(isDisturbed(sample({}, { besideServer: 0.06 })), true);
  assertEquals(isDisturbed(sample({}, { besideGenerator: 0.06 })), true);
});
