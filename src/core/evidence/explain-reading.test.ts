import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../test/nasty.ts";
import { places } from "../words.ts";
import { explainReading } from "./explain-reading.ts";
import { homesByToken } from "./homes.ts";
import { knownFrom } from "./known.ts";

const known = knownFrom({ ids: ["SHOP-001", "SHOP-002", "T031", "OPS-W2-FRI", "2.1", "77"], retired: ["SHOP-013"] });
const verbs = null;
const explain = (text: string, place: (typeof places)[number] = "body") => explainReading(text, place, known, verbs);

describe("what looks like an id and is passed over is told with its reason", () => {
  test.each([
    ["run `SHOP-001` first", "SHOP-001", "it stands in code"],
    ["```\nSHOP-001\n```", "SHOP-001", "it stands in a block of code"],
    ["> closes SHOP-001", "SHOP-001", "it stands in a quotation"],
    ["> - > closes SHOP-001", "SHOP-001", "it stands in a quotation"],
    ["<!-- closes SHOP-001 -->", "SHOP-001", "it stands in HTML or in a comment"],
    ["~~SHOP-001~~", "SHOP-001", "it is struck out"],
    ["see https://x.example/SHOP-001", "SHOP-001", "it is part of an address"],
    ["[text](./SHOP-001)", "SHOP-001", "it is the target of a link"],
    ["![SHOP-001](a.png)", "SHOP-001", "it is the text or the address of an image"],
    ["UTF-8 and CVE-2024-1234", "UTF-8", "no plan has an id that begins like this"],
    ["docs/SHOP-001", "SHOP-001", "it is part of a longer word, a path or a version"],
    ["2.1 litres", "2.1", "a number alone names no task: write `task 2.1`"],
    ["fixes SHOP-001, and SHOP-001 again", "SHOP-001", "it is named before; one reading counts for each task, the strongest"],
  ])("%s", (text, ignored, because) => {
    expect(explain(text).ignored.find((one) => one.text === ignored)).toMatchObject({ because });
  });

  test("each at its place", () => {
    const text = "- a\n- `SHOP-001` and T031";
    const [found] = explain(text).ignored;

    expect(text.slice(found?.start, found?.end)).toBe("SHOP-001");
    expect(explain(text).references.map(({ token }) => token)).toEqual(["T31"]);
  });

  test("in commits, branches and labels too", () => {
    expect(explain("Tidy up\n\nSigned-off-by: SHOP-001 <a@b.example>", "commit").ignored[0]?.because).toMatch(/^it stands in a trailer/);
    expect(explain("renovate/SHOP-001", "branch").ignored).toHaveLength(1);
    expect(explain("about SHOP-001 and more", "label").ignored[0]?.because).toMatch(/^a label names a task only/);
  });

  test("what is read or warned of is not passed over", () => {
    expect(explain("closes SHOP-001, SHOP-018 and SHOP-013").ignored).toEqual([]);
  });
});

test("no text is read and passed over at one place, and every place is one of the text", () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...places), (words, place) => {
      const text = `SHOP-001 ${words} \`T031\` SHOP-002`;
      const { references, ignored } = explain(text, place);
      for (const { start, end, text: shown } of ignored) {
        expect(text.slice(start, end)).toBe(shown);
        expect(references.some((reference) => reference.start < end && start < reference.end)).toBe(false);
      }
    }),
  );
});

test("an id that several tasks have is warned of with the ways to write which is meant", () => {
  const scopes = ["specs/014-roadmap", "specs/015-search"];
  const homes = homesByToken(scopes.map((scope) => ["T12", { scope, path: `${scope}/tasks.md`, id: "T012", title: scope, present: true }]));
  const read = (text: string, place: (typeof places)[number] = "body") =>
    explainReading(text, place, knownFrom({ ids: ["T012"], homes }), verbs).warnings;

  expect(read("closes T012")).toMatchObject([{ text: "T012", nearest: ["014-roadmap#T012", "015-search#T012"] }]);
  expect(read("closes octo/other#T012")).toMatchObject([{ text: "octo/other#T012", because: "octo/other holds no task T012" }]);
  expect(read("closes 014-roadmap#T012, T012")).toEqual([]);
  expect(read("014-roadmap/t012", "branch")).toEqual([]);
});
