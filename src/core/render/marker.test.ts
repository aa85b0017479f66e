import fc from "fast-check";
import { expect, test } from "vitest";
import { nodesOf, parse } from "../../../test/markdown.ts";
import { anyText } from "../../../test/nasty.ts";
import { hasMarker, marker } from "./marker.ts";

test("a marker can be read by a person", () => {
  expect(marker("summary", "docs/project-plan.csv")).toBe("<!-- plankeeper:summary:docs/project-plan.csv -->");
});

test("whatever a plan file is called, its marker is one hidden comment that ends where it should", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyText, (key) => {
      const [comment, heading] = parse(`${marker("summary", key)}\n## Plan`).children;
      expect(comment).toMatchObject({ type: "html", value: marker("summary", key) });
      expect(heading?.type).toBe("heading");
      expect(marker("summary", key).slice(4, -3)).not.toContain("--");
    }),
  );
  expect(nodesOf(parse(marker("summary", "a-->b"))).map(({ type }) => type)).toEqual(["root", "html"]);
});

test("two plan files never share a marker", { timeout: 60_000 }, () => {
  fc.assert(fc.property(anyText, anyText, (a, b) => (marker("summary", a) === marker("summary", b)) === (a === b)));
  expect(marker("summary", "a--b")).not.toBe(marker("summary", "a-%002db"));
});

test("a body is known by its first line, however GitHub ends lines, and not by a quote of it", () => {
  const mark = marker("reply", "7");

  expect([mark, `${mark}\nText`, `${mark}\r\nText`].map((body) => hasMarker(body, mark))).toEqual([true, true, true]);
  expect([`> ${mark}`, `Text\n${mark}`, `${marker("reply", "71")}\nText`].map((body) => hasMarker(body, mark))).toEqual([
    false,
    false,
    false,
  ]);
});
