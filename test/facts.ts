/** Facts made by hand, as the translators would make them. Minutes count from one fixed morning. */
import { createHash } from "node:crypto";
import {
  type BranchFact,
  type CommentFact,
  type CommitFact,
  type ConfigurationFact,
  canonicalJson,
  type DeploymentFact,
  type Fact,
  type IssueFact,
  type LabelFact,
  type PermissionFact,
  type PlanFact,
  type ProposalFact,
  type PullContentFact,
  type PullFact,
  type PullState,
  type PushFact,
  type RelationFact,
  type ReviewFact,
  type Role,
  type RunFact,
  type Status,
  type VanishedFact,
} from "../src/core/words.ts";

/** 2026-01-05 09:00 UTC and so many minutes. */
export const at = (minutes: number): number => Date.UTC(2026, 0, 5, 9, 0) + minutes * 60_000;

type Draft<F extends Fact> = Omit<F, "id" | "thing">;

function make<F extends Fact>(thing: string, draft: Draft<F>): Draft<F> & { readonly id: string; readonly thing: string } {
  const { at: _, ...content } = draft;
  const snapshot = draft.kind !== "commit";
  const hash = createHash("sha256")
    .update(canonicalJson(snapshot ? draft : content))
    .digest("hex")
    .slice(0, 24);
  return { ...draft, thing, id: `${thing}#${hash}` };
}

export const shaOf = (text: string): string => createHash("sha1").update(text).digest("hex");
const person = (login: string) => ({ login, id: login.length, bot: false });

export function pull(number: number, state: PullState, time: number, change: Partial<PullFact> = {}): PullFact {
  return make<PullFact>(`pull:${number}`, {
    kind: "pull",
    at: time,
    number,
    state,
    title: "AUTH-005: harden login",
    body: "",
    branch: `work-${number}`,
    base: "main",
    headSha: shaOf(`head ${number}`),
    mergeSha: state === "merged" ? shaOf(`merge ${number}`) : null,
    openedAt: at(0),
    mergedAt: state === "merged" ? time : null,
    author: person("dev"),
    actor: "dev",
    fork: false,
    labels: [],
    ...change,
  });
}

export function commit(message: string, time: number, change: Partial<CommitFact> = {}): CommitFact {
  const sha = change.sha ?? shaOf(`${message} ${time}`);
  return make<CommitFact>(`commit:${sha}`, {
    kind: "commit",
    at: time,
    sha,
    branch: "main",
    pushHead: sha,
    message,
    author: "dev",
    files: [],
    ...change,
  });
}

/** A push after which a branch points to a commit. */
export function push(after: string, time: number, change: Partial<PushFact> = {}): PushFact {
  const draft = { kind: "push", at: time, branch: "main", before: shaOf("before"), after, forced: false, listed: true } as const;
  return make<PushFact>(`push:${after}`, { ...draft, actor: "mira", ...change });
}

/** A forced push after which commits are no longer on a branch; those given as pairs live on in the other one. */
export function vanished(
  commits: readonly (string | readonly [string, string])[],
  time: number,
  change: Partial<VanishedFact> = {},
): VanishedFact {
  const after = shaOf(`forced ${time}`);
  const gone = commits.map((one) => (typeof one === "string" ? { sha: one, as: null } : { sha: one[0], as: one[1] }));
  const draft = { kind: "vanished", at: time, branch: "main", before: shaOf("before"), after, actor: "mira", commits: gone } as const;
  return make<VanishedFact>(`vanished:${after}`, { ...draft, ...change });
}

export function branch(name: string, time: number, live = true): BranchFact {
  return make<BranchFact>(`branch:${name}`, { kind: "branch", at: time, name, head: live ? shaOf(`${name} ${time}`) : null, actor: "dev" });
}

export function issue(number: number, time: number, change: Partial<IssueFact> = {}): IssueFact {
  return make<IssueFact>(`issue:${number}`, {
    kind: "issue",
    at: time,
    number,
    state: "open",
    act: null,
    reason: null,
    title: "AUTH-005: harden login",
    body: "",
    author: person("dev"),
    actor: "mira",
    labels: [],
    assignees: [],
    milestone: null,
    ...change,
  });
}

/** `other` = the number of an issue here, or `owner/name#7`. Database ids are the numbers themselves. */
export function relation(relates: RelationFact["relation"], of: number, other: number | string, time: number, stands = true): RelationFact {
  const [repository = "", number = ""] = String(other).split("#");
  const name = typeof other === "number" ? { repository: null, number: other } : { repository, number: Number(number) };
  return make<RelationFact>(`relation:${relates}:${of}:${other}`, {
    kind: "relation",
    at: time,
    relation: relates,
    of,
    other: name,
    stands,
    actor: "mira",
  });
}

/** A label that was read to be called otherwise, or (null) to be gone. */
export function relabelled(was: string, name: string | null, time: number, read = true): LabelFact {
  return make<LabelFact>("labels", { kind: "label", at: time, label: 5, was, name, actor: "mira", read });
}

export function review(number: number, verdict: ReviewFact["verdict"], time: number, change: Partial<ReviewFact> = {}): ReviewFact {
  return make<ReviewFact>(`pull:${number}`, {
    kind: "review",
    at: time,
    review: number * 10,
    number,
    verdict,
    reviewer: person("mira"),
    ...change,
  });
}

export function comment(id: number, text: string, time: number, change: Partial<CommentFact> = {}): CommentFact {
  return make<CommentFact>(`comment:${id}`, {
    kind: "comment",
    at: time,
    comment: id,
    issue: 1,
    onPull: false,
    author: person("maintainer"),
    text,
    before: null,
    ...change,
  });
}

/** `about` = a pull request or issue, or the fact of a comment. */
export function permission(about: string, role: Role, time = at(0)): PermissionFact {
  return make<PermissionFact>(about.replace(/#.*/, ""), { kind: "permission", at: time, about, login: "maintainer", role });
}

export function run(number: number, conclusion: string, time: number, change: Partial<RunFact> = {}): RunFact {
  return make<RunFact>(`run:${change.file ?? ".github/workflows/backend-tests.yml"}:main:${number}`, {
    kind: "run",
    at: time,
    run: number,
    workflow: "Backend tests",
    file: ".github/workflows/backend-tests.yml",
    branch: "main",
    headSha: shaOf(`run ${number}`),
    number,
    attempt: 1,
    conclusion,
    event: "push",
    own: true,
    ...change,
  });
}

export function deployment(id: number, sha: string, time: number, environment = "production"): DeploymentFact {
  return make<DeploymentFact>(`deployment:${id}`, { kind: "deployment", at: time, deployment: id, sha, ref: "main", environment });
}

export function pullContent(number: number, messages: readonly string[], change: Partial<PullContentFact> = {}): PullContentFact {
  return make<PullContentFact>(`pull:${number}`, {
    kind: "pull-content",
    at: at(0),
    number,
    headSha: shaOf(`head ${number}`),
    commits: messages.map((message) => ({ sha: shaOf(message), message })),
    files: [],
    texts: [],
    truncated: false,
    ...change,
  });
}

export function planFact(path: string, text: string | null, time: number): PlanFact {
  return make<PlanFact>(`plan:${path}`, {
    kind: "plan",
    at: time,
    path,
    commit: shaOf(`${path} ${time}`),
    blob: text === null ? null : shaOf(text),
    readAt: at(0),
  });
}

/** `rows` by token, written with `_` for `-`; null: taken back. */
export function proposal(path: string, rows: Readonly<Record<string, Status | null>>, time: number): ProposalFact {
  const commit = shaOf(`proposal ${path} ${time} ${JSON.stringify(rows)}`);
  return make<ProposalFact>(`proposal:${commit}`, {
    kind: "proposal",
    at: time,
    path,
    branch: "plankeeper/sync/plan",
    commit,
    revision: commit.slice(0, 12),
    rows: Object.entries(rows).map(([token, status]) => ({ scope: path, token: token.replaceAll("_", "-"), status })),
  });
}

export function configurationFact(text: string, time: number): ConfigurationFact {
  return make<ConfigurationFact>("configuration", {
    kind: "configuration",
    at: time,
    path: ".github/plankeeper.yml",
    commit: shaOf(`configuration ${time}`),
    blob: shaOf(text),
  });
}
