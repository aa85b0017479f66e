import { expect, test } from "vitest";
import { cycles } from "./cycles.ts";
import { knownTokens, readDependencies } from "./dependencies.ts";
import { editDistance, nearest, neighbourhood } from "./nearest.ts";

const known = knownTokens(
  ["AUTH-1", "AUTH-2", "T1", "T5", "7", "BACK-222.1", "SETUP"],
  new Map([
    ["1", "T1"],
    ["5", "T5"],
  ]),
);
const read = (written: string): string => {
  const { found, unknown } = readDependencies(written, known);
  return [...found, ...unknown.map((word) => `?${word}`)].join(" ");
};

test.each([
  ["AUTH-001", "AUTH-1"],
  ["AUTH-001,AUTH-002", "AUTH-1 AUTH-2"],
  ["auth-1; auth-2", "AUTH-1 AUTH-2"],
  ["AUTH-1|AUTH-2", "AUTH-1 AUTH-2"],
  ["AUTH-1 AUTH-2", "AUTH-1 AUTH-2"],
  ["AUTH-1, AUTH-001", "AUTH-1"],
  ["[AUTH-1], `AUTH-2`.", "AUTH-1 AUTH-2"],
  ["#7", "7"],
  ["back-222.01", "BACK-222.1"],
  ["—", ""],
  ["None.", ""],
  ["AUTH-1, -", "AUTH-1"],
  ["AUTH-9", "?AUTH-9"],
  ["setup", "SETUP"],
  ["somewhere", "?somewhere"],
  ["Task 1 deployment.", "T1"],
  ["Task 5 (migration hygiene) for tooling consistency.", "T5"],
  ["Stable auth deployment (Task 1).", "T1"],
  ["Task 1 (auth router restored), Task 5 (deploy path) for rollout.", "T1 T5"],
  ["Tasks 1, 5 and 7", "T1 T5 7"],
  ["task #7", "7"],
  ["Task 99 is there", "?Task 99"],
  ["AUTH-1 and AUTH-2", "AUTH-1 AUTH-2"],
  ["after AUTH-9 is merged", "?AUTH-9"],
  ["Heroku CLI authenticated; `HEROKU_API_KEY` exported locally.", ""],
  ["Python 3.12 on Postgres 16 within 7 days, UTF-8", ""],
  ["constructor", "?constructor"],
])("%j names %j", (written, expected) => {
  expect(read(written)).toBe(expected);
});

test.each([
  ["AUTH-51", ["AUTH-5", "AUTH-1"], "AUTH-5"],
  ["AUTH-999", ["AUTH-1", "OTHER-999"], "AUTH-1"],
  ["AUHT-5", ["AUTH-5", "AUTH-6"], "AUTH-5"],
  ["MKT-47", ["CHAT-4"], undefined],
  ["ORG-8", ["ORG-6", "ORG-7", "ORG-70"], "ORG-7"],
])("nearest to %s among %j is %s", (token, tokens, expected) => {
  expect(nearest(token, neighbourhood(tokens))[0]).toBe(expected);
});

test.each([
  ["kitten", "sitting", 3],
  ["ab", "ba", 1],
  ["", "abc", 3],
  ["same", "same", 0],
])("from %j to %j it is %i strokes", (from, to, strokes) => {
  expect(editDistance(from, to)).toBe(strokes);
});

const graph = (...edges: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const map = new Map<string, string[]>();
  for (const edge of edges) {
    const [from = "", to = ""] = edge.split(">");
    map.set(from, [...(map.get(from) ?? []), to]);
    if (!map.has(to)) map.set(to, []);
  }
  return map;
};

test.each([
  ["a chain", graph("a>b", "b>c"), []],
  ["a diamond", graph("a>b", "a>c", "b>d", "c>d"), []],
  ["a ring", graph("a>b", "b>c", "c>a"), [["a", "b", "c"]]],
  ["a ring with a tail", graph("x>a", "a>b", "b>a", "b>y"), [["a", "b"]]],
  ["one that waits for itself", graph("a>a"), [["a"]]],
  [
    "two rings",
    graph("a>b", "b>a", "b>c", "c>d", "d>c"),
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["a long ring with a short cut", graph("a>b", "b>c", "c>a", "b>a"), [["a", "b"]]],
])("%s has its circles told", (_, edges, expected) => {
  expect(cycles(edges)).toEqual(expected);
});
