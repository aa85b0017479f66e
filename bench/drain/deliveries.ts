import { createHash } from "node:crypto";
import type { LaneReading } from "../../src/postgres/add-readings.ts";
import type { NewRow } from "../../src/postgres/put-into-inbox.ts";
import { examplePayload } from "../../test/webhook-examples.ts";
import { csvPlan, taskId } from "../plan.ts";

const start = Date.parse("2026-03-02T10:00:00Z");
const timeOf = (minute: number): string => new Date(start + minute * 60_000).toISOString();
const shaOf = (text: string): string => createHash("sha1").update(text).digest("hex");

/** What the app reads when it is installed: the repository with its plan of so many tasks. */
export function planReading(repository: number, tasks: number): LaneReading {
  const text = csvPlan(tasks);
  const standing = { commit: shaOf(`head of ${repository}`), time: start };
  const found = {
    owner: "octo",
    name: `plans-${repository}`,
    defaultBranch: "main",
    private: false,
    updatedAt: start,
    head: standing,
    files: [{ path: "docs/project-plan.csv", blob: shaOf(text), text, ...standing }],
    left: [],
    truncated: false,
  };
  const body = { repository, installation: 77, readAt: start, asked: { owner: found.owner, name: found.name }, found };
  return { id: `repository:${repository}`, kind: "repository", body, repository, live: true };
}

/** Work on one task after the other, as GitHub tells it: a branch is pushed, its pull request opens, it is merged. GitHub's own shapes. */
export function* deliveries(repository: number, tasks: number): Generator<NewRow, never> {
  for (let number = 1; ; number += 1) {
    const work = { repository, number, task: taskId((number - 1) % tasks) };
    for (const [index, tell] of [pushed, opened, merged].entries()) {
      const { event, payload } = tell({ ...work, minute: 3 * number + index });
      const body = Buffer.from(JSON.stringify(payload));
      yield { id: `${repository}-${number}-${index}`, event, lane: `repository:${repository}`, body, live: true };
    }
  }
}

type Work = { readonly repository: number; readonly number: number; readonly task: string; readonly minute: number };
type Told = { readonly event: string; readonly payload: unknown };

const branchOf = ({ task, number }: Work): string => `${task.toLowerCase()}-part-${number}`;
const headOf = (work: Work): string => shaOf(`${work.repository} ${work.number}`);
const placeOf = ({ repository, minute }: Work) => ({
  "repository.id": repository,
  "repository.name": `plans-${repository}`,
  "repository.default_branch": "main",
  "repository.pushed_at": timeOf(minute),
  "repository.updated_at": timeOf(minute),
  installation: { id: 77 },
});

function pushed(work: Work): Told {
  const commit = {
    id: headOf(work),
    message: `refs ${work.task}: first half`,
    timestamp: timeOf(work.minute),
    author: { name: "dev", username: "dev" },
    added: [],
    removed: [],
    modified: ["src/part.ts"],
  };
  const changes = { ref: `refs/heads/${branchOf(work)}`, after: commit.id, created: true, deleted: false, commits: [commit] };
  return { event: "push", payload: examplePayload("push", null, { ...placeOf(work), ...changes }) };
}

function opened(work: Work): Told {
  return pullRequest(work, "opened", { state: "open", merged_at: null, closed_at: null, created_at: timeOf(work.minute) });
}

function merged(work: Work): Told {
  const at = timeOf(work.minute);
  return pullRequest(work, "closed", {
    state: "closed",
    merged: true,
    merged_at: at,
    closed_at: at,
    created_at: timeOf(work.minute - 1),
    merge_commit_sha: shaOf(`merge of ${headOf(work)}`),
  });
}

function pullRequest(work: Work, action: "opened" | "closed", state: Readonly<Record<string, unknown>>): Told {
  const changes = {
    number: work.number,
    title: `${work.task}: part ${work.number}`,
    body: "As planned.",
    draft: false,
    updated_at: timeOf(work.minute),
    "head.ref": branchOf(work),
    "head.sha": headOf(work),
    "head.repo.id": work.repository,
    "base.ref": "main",
    "base.repo.id": work.repository,
    ...state,
  };
  const inPull = Object.fromEntries(Object.entries(changes).map(([name, value]) => [`pull_request.${name}`, value]));
  return { event: "pull_request", payload: examplePayload("pull_request", action, { ...placeOf(work), ...inPull }) };
}
