import { expect, test } from "vitest";
import { optsOut } from "./opt-out.ts";

test.each([
  ["[no-plan] bump the linter", "", true],
  ["Bump the linter [No-Plan]", "", true],
  ["no-plan", "", false],
  ["x", "Tidies up.\n\nplan: ignore\n", true],
  ["x", "Tidies up.\r\nPlan:  ignore  ", true],
  ["x", "- plan: ignore", true],
  ["x", "**plan: ignore**", true],
  ["x", "we should not say plan: ignore here", false],
  ["x", "plan: ignored", false],
  ["x", "> plan: ignore", false],
  ["x", "```\nplan: ignore\n```", false],
  ["x", "<!-- plan: ignore -->", false],
])("title %j with body %j: %s", (title, body, expected) => {
  expect(optsOut(title, body)).toBe(expected);
});
