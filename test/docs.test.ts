import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { referencePages } from "../src/cli/docs.ts";
import { variableTexts } from "../src/variables.ts";

const folder = fileURLToPath(new URL("../docs/reference/", import.meta.url));
const pages = referencePages({ environment: variableTexts });

describe("the reference pages say what the code does", () => {
  test.each(Object.entries(pages))("%s is as fresh as `npm run docs` would make it", (name, text) => {
    expect(readFileSync(`${folder}${name}`, "utf8")).toBe(text);
  });

  test("and there are no others", () => {
    expect(readdirSync(folder).toSorted()).toEqual(Object.keys(pages).toSorted());
  });

  test("every row of every table has as many cells as its head", () => {
    for (const text of Object.values(pages)) {
      const rows = text.split("\n").filter((line) => line.startsWith("|"));
      const widths = new Set(rows.map((row) => row.replaceAll("\\|", "").split("|").length));
      expect(widths.size).toBeLessThanOrEqual(1);
    }
  });
});
