import fc from "fast-check";
import { expect, test } from "vitest";
import { type Json, readJson } from "./tree.ts";

/** What JSON.parse gives for the same value. */
function plain(value: Json): unknown {
  switch (value.kind) {
    case "object":
      return Object.fromEntries(value.members.map((member) => [member.key, plain(member.value)]));
    case "array":
      return value.items.map(plain);
    case "number":
      return Number(value.written);
    case "null":
      return null;
  }
  return value.value;
}

const parsed = (text: string): unknown => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return "wrong";
  }
};
const own = (text: string): unknown => {
  const reading = readJson(text);
  return "root" in reading ? { value: plain(reading.root) } : "wrong";
};

const sign = fc.constantFrom(...'{}[]:,"\\/truefalsn0123456789.eE+-u \t\n\r\u2028\u0001é', "\\u00e9", '"a"', "null", "true", "//", "/*");

test("reads exactly what JSON is, as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => void expect(own(text)).toEqual(parsed(text))),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), (signs) => void expect(own(signs.join(""))).toEqual(parsed(signs.join("")))),
    { numRuns: 2000 },
  );
});

test("what it takes for a value stands at its place", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const check = (one: Json): void => {
        expect(JSON.parse(text.slice(one.from, one.to))).toEqual(plain(one));
        if (one.kind === "array") one.items.forEach(check);
        if (one.kind !== "object") return;
        for (const member of one.members) {
          expect(JSON.parse(text.slice(member.from, member.keyTo))).toBe(member.key);
          check(member.value);
        }
      };
      const reading = readJson(text);
      if ("root" in reading) check(reading.root);
      else expect(reading).toBe("readable");
    }),
  );
});

test.each([
  ["", 0, "the text ends where a value must be"],
  ["{", 1, "the text ends where a key or } must be"],
  ['{"a" 1}', 5, "“1” stands where a colon must be"],
  ["[1 2]", 3, "“2” stands where a comma or ] must be"],
  ["[1,]", 3, "“]” stands where a value must be"],
  ["{'a': 1}", 1, "“'a'” stands where a key or } must be"],
  ["[] []", 3, "“[” stands where the end must be"],
  ['["a\nb"]', 1, '“"a” cannot be read'],
  ["[1] // one", 4, "“// one” stands where the end must be"],
])("%j is wrong at %i", (text, at, wrong) => {
  expect(readJson(text)).toEqual({ wrong, at });
});

test("a hundred brackets are read, a million end it at the next", () => {
  expect(readJson("[".repeat(100) + "]".repeat(100))).toHaveProperty("root");
  expect(readJson("[".repeat(1_000_000))).toEqual({ wrong: "“[” is nested deeper than 100 brackets", at: 100 });
  expect(readJson('{"a":'.repeat(1_000_000))).toMatchObject({ at: 500 });
});

test("a piece of a text is read with the places of the text", () => {
  expect(readJson('x [1, "a"] y', 2, 10)).toMatchObject({
    root: {
      from: 2,
      to: 10,
      items: [
        { from: 3, to: 4 },
        { from: 6, to: 9 },
      ],
    },
  });
});
