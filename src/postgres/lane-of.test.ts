import { expect, test } from "vitest";
import { laneOf } from "./lane-of.ts";

const lane = (text: string): string => laneOf(Buffer.from(text));

test("a webhook is drained in order with its repository's others", () => {
  expect(lane(`{"repository":{"id":7,"name":"plan"},"installation":{"id":3}}`)).toBe("repository:7");
});

test("a webhook without a repository is drained in order with its installation's others", () => {
  expect(lane(`{"action":"created","installation":{"id":3},"repositories":[{"id":7}]}`)).toBe("installation:3");
  expect(lane(`{"repository":null,"installation":{"id":3}}`)).toBe("installation:3");
});

test("a webhook that names neither, or makes no sense, still has a lane", () => {
  const odd = [`{"zen":"Design for failure."}`, "[]", "null", "7", "{", "", `{"repository":{"id":"7"}}`, `{"repository":{"id":1e300}}`];
  expect(odd.map(lane)).toEqual(odd.map(() => "none"));
});
