import { describe, expect, test } from "vitest";
import { changesBetween, rowOf, sectionOf } from "./markdown-parts.ts";

const link = (id: string) => `[\`${id}\`](http://github.test/plan#${id})`;
const table = (...rows: readonly string[]) => ["| Task | Why |", "| --- | --- |", ...rows].join("\n");
const text = (...parts: readonly string[]) => parts.join("\n\n");

const older = text(
  "## Plan",
  "**1 of 3 completed**",
  "### Blockers",
  table(`| ${link("A-1")} One | red |`, `| ${link("A-2")} Two | keys |`),
  "_Last change: A-1_",
);

describe("a reader of the summary", () => {
  test("finds a task in one list and not in another", () => {
    expect(rowOf(older, "Blockers", "A-2")).toContain("keys");
    expect(rowOf(older, "Blockers", "A-3")).toBe("");
    expect(rowOf(older, "Ready next", "A-2")).toBe("");
  });

  test("takes A-1 for no beginning of A-12", () => {
    expect(rowOf(text("### Blockers", table(`| ${link("A-12")} | red |`)), "Blockers", "A-1")).toBe("");
  });

  test("reads a section to the next heading", () => {
    expect(sectionOf(text("### One", "first", "### Two", "second"), "One")).not.toContain("second");
  });
});

describe("what is new in a summary", () => {
  test("is nothing when it was written again as it was", () => {
    expect(changesBetween(older, older)).toBe("");
  });

  test("is the rows that changed, and who left the list", () => {
    const newer = older.replace("keys", "keys and label").replace(`| ${link("A-1")} One | red |\n`, "");
    const changes = changesBetween(older, newer);

    expect(changes).toContain("keys and label");
    expect(changes).toContain("No longer: A-1");
    expect(changes).not.toContain("1 of 3");
  });

  test("leaves out rows that stayed", () => {
    const changes = changesBetween(older, older.replace("red", "green"));

    expect(changes).toContain("green");
    expect(changes).not.toContain("keys");
  });

  test("is a line when a list only became shorter", () => {
    const newer = older.replace(`| ${link("A-1")} One | red |\n`, "");

    expect(changesBetween(older, newer)).toBe("**Blockers**: no longer A-1");
  });

  test("is a whole section that was not there, and the name of one that is gone", () => {
    const newer = text("## Plan", "**1 of 3 completed**", "### Ready next", table(`| ${link("A-3")} | – |`), "_Last change: A-1_");
    const changes = changesBetween(older, newer);

    expect(changes).toContain("### Ready next");
    expect(changes).toContain("No “Blockers” any more.");
  });
});
