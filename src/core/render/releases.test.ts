import { expect, test } from "vitest";
import { board, hold, task } from "../../../test/board.ts";
import { seen } from "../../../test/markdown.ts";
import { web } from "../../../test/sample-plan.ts";
import { tasksByKey } from "../schedule/readiness.ts";
import { whyOf } from "../status/why.ts";
import { renderBlockerComment } from "./blocker-comment.ts";
import { releasesIn, releaseWords } from "./releases.ts";
import { renderReply } from "./reply.ts";

const releaseOf = (...keys: readonly string[]): string => {
  const blocked = task("A-001", { status: "blocked", state: { holds: keys.map((key) => hold("why", { key })) } });
  const shown = board([blocked, task("FE-004")]);
  return seen(releaseWords(releasesIn({ web, branch: "main" }, tasksByKey(shown.tasks))(blocked)));
};

test("each kind of hold says what ends it", () => {
  expect(releaseOf("command")).toBe("someone allowed unblocks it (/unblock A-001)");
  expect(releaseOf("on:FE-4")).toBe("FE-004 is completed, or someone allowed unblocks it (/unblock A-001)");
  expect(releaseOf("depends:OPS-9")).toBe("OPS-9 is completed");
  expect(releaseOf("waits:#7")).toBe("#7 is closed, or the issue that waits for it does so no longer");
  expect(releaseOf("waits:octo/other#7")).toBe("octo/other#7 is closed, or the issue that waits for it does so no longer");
  expect(releaseOf("pull:12")).toBe("the label is taken off #12");
  expect(releaseOf("issue:3")).toBe("the label is taken off #3");
  expect(releaseOf("gate:tests.yml:main")).toBe("a newer run of tests.yml passes on main");
  expect(releaseOf("sworn")).toBe("this ends: why");
});

test("several holds have all to end, and a block in the plan is mended there or by a word", () => {
  expect(releaseOf("command", "depends:FE-4")).toBe("someone allowed unblocks it (/unblock A-001), and FE-004 is completed");
  expect(releaseOf("issue:1", "issue:2", "issue:3", "issue:4")).toMatch(/#1, and .*#3, and 1 more$/);
  expect(releaseOf()).toBe("someone sets another status (/status A-001 in-progress), or its row in the plan file says otherwise");
});

test("a task is told the same in its issue, in the summary and by /why", () => {
  const blocked = task("A-001", {
    status: "blocked",
    state: { holds: [hold("label", { key: "pull:12" }), hold("FE-004", { key: "on:FE-4" })] },
  });
  const shown = board([blocked, task("FE-004")]);
  const known = { web, branch: "main", board: shown };
  const { clauses } = releasesIn(known, tasksByKey(shown.tasks))(blocked);
  const why = whyOf(blocked.id, blocked.state, []);
  const tasks = [{ board: shown, task: blocked, blocker: null, milestone: null }];
  const texts = [
    renderBlockerComment({ web, branch: "main", timezone: "UTC", issue: 1, tasks }),
    renderReply({ comment: 1, web, branch: "main", answers: [{ kind: "why", board: shown, task: blocked, why }] }).text ?? "",
  ];

  expect(clauses).toHaveLength(2);
  for (const clause of clauses) for (const text of texts) expect(text).toContain(`- ${clause}`);
});
