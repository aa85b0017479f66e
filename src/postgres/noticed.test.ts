import { expect, test } from "vitest";
import { homeOf, openFactLanes } from "../../test/fact-lanes.ts";
import { at, comment, configurationFact, issue, permission, planFact, pull, relabelled, relation, review } from "../../test/facts.ts";
import { foldStory } from "../../test/fold-story.ts";
import { canonicalJson, type Fact } from "../core/words.ts";
import { verifyAll } from "./verify.ts";

const plan = "id,title,status,depends_on\nAUTH-005,Harden login,todo,\nFE-004,Login page,todo,\n";
const blocking = "dependencies: block\n";
const texts = [plan, blocking];
const base = [planFact("docs/plan.csv", plan, at(-30)), configurationFact(blocking, at(-60))];

const soft = issue(3, at(0), { title: "Login is soft", labels: ["task: AUTH-005", "later"] });
const plain = issue(3, at(0), { title: "Login is soft" });
const link = comment(9, "/link AUTH-005", at(1), { issue: 3 });
const linking = [plain, link, permission(link.id, "triage", at(1))];
const keys = issue(7, at(0), { title: "Get keys" });
const gotKeys = issue(7, at(5), { title: "Get keys", state: "closed", reason: "completed" });
const todo = comment(8, "/status AUTH-005 todo", at(2), { issue: 4, onPull: true });
const asked = review(4, "changes-requested", at(3));

const stories: readonly (readonly [string, readonly Fact[]])[] = [
  ["an issue of the task waits for another", [soft, keys, relation("waits-for", 3, 7, at(1))]],
  ["the other one is closed", [soft, keys, relation("waits-for", 3, 7, at(1)), gotKeys]],
  [
    "an issue that only a command links waits for another, which is closed",
    [...linking, keys, relation("waits-for", 3, 7, at(2)), gotKeys],
  ],
  ["the edge is removed", [soft, keys, relation("waits-for", 3, 7, at(1)), relation("waits-for", 3, 7, at(4), false)]],
  ["an issue elsewhere is waited for", [soft, relation("waits-for", 3, "octo/other#7", at(1))]],
  ["the parts of an issue", [soft, keys, relation("part", 3, 7, at(1)), relation("part", 3, 8, at(1)), gotKeys]],
  ["a label is renamed", [soft, relabelled("later", "blocked", at(4))]],
  [
    "a label of an issue that a command links is renamed",
    [...linking, issue(3, at(2), { labels: ["x"] }), relabelled("x", "blocked", at(4))],
  ],
  [
    "a label is renamed twice, then deleted",
    [soft, relabelled("later", "x", at(4)), relabelled("x", "blocked", at(5)), relabelled("blocked", null, at(6))],
  ],
  ["a label of a pull request is deleted", [pull(4, "open", at(1), { labels: ["blocked"] }), relabelled("blocked", null, at(4))]],
  ["a review", [pull(4, "open", at(1)), todo, permission(todo.id, "triage", at(2)), asked, permission(asked.id, "triage", at(3))]],
  ["a dismissed review", [pull(4, "open", at(1)), asked, permission(asked.id, "triage", at(3)), review(4, "dismissed", at(6))]],
];

test.each(stories)("%s: whichever fact comes last and alone is noticed", async (_, facts) => {
  const { pool, tell } = await openFactLanes();
  const expected = foldStory([...base, ...facts], texts).map(({ declared, folded }) => [declared.id, folded.state]);
  for (const [index, last] of [...base, ...facts].entries()) {
    const repository = 100 + index;
    const others = [...base, ...facts].filter((fact) => fact !== last);
    await tell(repository, [homeOf(repository, 1), ...others], { texts });
    await tell(repository, [last], { texts });

    const { rows } = await pool.query(
      "select declared ->> 'id' as id, folded -> 'state' as state from tasks where repository_id = $1 order by token",
      [repository],
    );
    expect([last.kind, canonicalJson(rows.map(({ id, state }) => [id, state]))]).toEqual([last.kind, canonicalJson(expected)]);
  }
  expect((await verifyAll(pool)).filter(({ waiting, problems }) => waiting || problems.length > 0)).toEqual([]);
});
