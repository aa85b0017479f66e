import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offences, offencesInPlain, skeletonOf, tablesOf } from "../../../test/markdown.ts";
import { anyText, hostileTexts } from "../../../test/nasty.ts";
import { poisoner } from "../../../test/poison.ts";
import { type Poison, renderers, richPlan } from "../../../test/renderers.ts";
import { web } from "../../../test/sample-plan.ts";

/** Imported from here elsewhere, but no text for GitHub: marks by which comments are known again, names and numbers of ours, and what the command line says. */
const noText = ["blockerMarker", "digestMarker", "milestoneMarker", "overviewMarker", "replyMarker", "summaryIssueMarker", "summaryMarker"];
const ofOurs = ["checkActions", "checkName", "allTasksOf", "isBlocked", "isReached", "underWay", "mostRows", "historyNames", "stageWord"];

test("every function whose text goes to GitHub is among those that are tried with hostile texts", () => {
  const src = new URL("../../", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !/^(?:core\/render|sandbox)\//.test(name),
  );
  const imported = files.flatMap((name) =>
    [...readFileSync(new URL(name, src), "utf8").matchAll(/import \{([^}]*)\} from "[./]+(?:core\/)?render\/[a-z-]+\.ts"/g)].flatMap(
      ([, names = ""]) =>
        names
          .split(",")
          .map((one) => one.trim())
          .filter((one) => one !== "" && !one.startsWith("type ")),
    ),
  );

  expect(imported).toContain("renderCheck");
  expect(imported.filter((name) => !(name in renderers) && ![...noText, ...ofOurs].includes(name))).toEqual([]);
});

const clean: Poison = (value) => value;

describe.each(Object.entries(renderers))(
  "whatever people write, %s pings nobody, closes nothing, and has a row for each task",
  (_, made) => {
    const usual = made(clean, richPlan).markdown.map(skeletonOf);

    function harmless(poison: Poison): readonly string[] {
      const { markdown, plain } = made(poison, poison(richPlan));
      expect(plain.flatMap(offencesInPlain)).toEqual([]);
      for (const text of markdown) {
        expect(offences(text, web)).toEqual([]);
        for (const { children } of tablesOf(text)) expect(new Set(children.map((line) => line.children.length)).size).toBe(1);
      }
      return markdown;
    }

    // Each text comes to stand in other places with each turn. That no two are taken for one keeps the records meaning what they meant.
    test("with as many headings, rows and all else as ever", () => {
      const texts = hostileTexts.map((text) => text.slice(0, 60).trim()).filter((text) => text !== "");
      for (let turn = 0; turn < 8; turn += 1) {
        const poison = poisoner((index) => texts[(index * 7 + turn * 11) % texts.length] ?? "", { distinct: true });
        expect(harmless(poison).map(skeletonOf)).toEqual(usual);
      }
    });

    test("with any texts, however long or empty, where dates should be too", () => {
      fc.assert(
        fc.property(fc.array(anyText, { minLength: 1, maxLength: 30 }), (texts) => {
          harmless(poisoner((index) => texts[index % texts.length] ?? "", { dates: true }));
        }),
        { numRuns: 8 },
      );
    });
  },
);
