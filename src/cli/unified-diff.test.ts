import { expect, test } from "vitest";
import { unifiedDiff } from "./unified-diff.ts";

test("a file named from the root of the disk is named as git names it", () => {
  const diff = unifiedDiff("/srv/plan.csv", { before: "id,status\nA-1,todo\n", after: "id,status\nA-1,done\n" });

  expect(diff.split("\n").slice(0, 2)).toEqual(["--- a/srv/plan.csv", "+++ b/srv/plan.csv"]);
});
