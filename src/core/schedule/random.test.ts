import { expect, test } from "vitest";
import { draw, mix32, seedOf } from "./random.ts";

// MurmurHash3_x86_32 of no bytes is the finalizer of its seed: the reference's known answers.
test.each([
  [0, 0],
  [1, 0x514e28b7],
  [0xffffffff, 0x81f16f39],
])("%i is mixed as the reference does", (value, expected) => {
  expect(mix32(value)).toBe(expected);
});

test("the n-th draw of a stream is its counter, mixed", () => {
  expect(draw(0, 0)).toBe(mix32(0x9e3779b9) / 2 ** 32);
  expect(draw(7, 4)).toBe(mix32((7 + 5 * 0x9e3779b9) % 2 ** 32) / 2 ** 32);
});

test("draws are spread evenly: a hundred bins of a hundred streams are as full as chance allows", () => {
  const bins = new Array<number>(100).fill(0);
  for (let stream = 0; stream < 100; stream += 1) {
    for (let n = 0; n < 1000; n += 1) {
      const bin = Math.floor(draw(seedOf("revision", `docs/plan.csv#A-${stream}`), n) * 100);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
  }
  const chiSquared = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // 99 degrees of freedom: beyond 149 in one of a thousand generators, below 57 in as many.
  expect(chiSquared).toBeGreaterThan(57);
  expect(chiSquared).toBeLessThan(149);
});

test("two streams know nothing of each other", () => {
  const [one, other] = [seedOf("r", "docs/plan.csv#A-1"), seedOf("r", "docs/plan.csv#A-2")];
  let product = 0;
  for (let n = 0; n < 10_000; n += 1) product += (draw(one, n) - 0.5) * (draw(other, n) - 0.5);
  // Four deviations of the mean of 10 000 products of variance 1/144.
  expect(Math.abs(product / 10_000)).toBeLessThan((4 / 12) * 0.01);
});

test("a seed depends on every letter of every text, and on where one ends", () => {
  const seeds = [seedOf("ab", "c"), seedOf("a", "bc"), seedOf("abc"), seedOf("c", "ab"), seedOf("ab", "d"), seedOf("ab", "c", "")];
  expect(new Set(seeds).size).toBe(seeds.length);
});
