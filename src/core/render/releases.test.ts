import { expect, test } from "vitest";
import { board, hold, task } from "../../../test/board.ts";
import { seen } from "../../../test/markdown.ts";
import { web } from "../../../test/sample-plan.ts";
import { tasksByKey } from "../schedule/readiness.ts";
import { releasesIn } from "./releases.ts";

const releaseOf = (...keys: readonly string[]): string => {
  const blocked = task("A-001", { status: "blocked", state: { holds: keys.map((key) => hold("why", { key })) } });
  const shown = board([blocked, task("FE-004")]);
  return seen(releasesIn({ web, branch: "main", board: shown }, tasksByKey(shown.tasks))(blocked));
};

test("each kind of hold says what ends it", () => {
  expect(releaseOf("command")).toBe("/unblock A-001");
  expect(releaseOf("on:FE-4")).toBe("FE-004 completed");
  expect(releaseOf("depends:OPS-9")).toBe("OPS-9 completed");
  expect(releaseOf("waits:#7")).toBe("#7 closed");
  expect(releaseOf("waits:octo/other#7")).toBe("octo/other#7 closed");
  expect(releaseOf("pull:12")).toBe("label off #12");
  expect(releaseOf("issue:3")).toBe("label off #3");
  expect(releaseOf("gate:tests.yml:main")).toBe("a green run of tests.yml");
});

test("several holds have all to end, each is said once, and a block in the plan is mended there", () => {
  expect(releaseOf("command", "on:FE-4")).toBe("/unblock A-001 and FE-004 completed");
  expect(releaseOf("gate:a:main", "gate:a:next")).toBe("a green run of a");
  expect(releaseOf()).toBe("another status in its row");
});
