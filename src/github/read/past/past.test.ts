import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  answeredAt,
  apiUrl,
  appId,
  clientFor,
  faultOf,
  github,
  githubFor,
  head,
  newPlace,
  oid,
  ourTime,
  playBlob,
  playGitHub,
  repo,
} from "../../../../test/github-app.ts";
import { type Fact, factSchema, type IssueFact, type RelationFact } from "../../../core/words.ts";
import type { PastAsk, PastKnown, PastPage } from "../../../ports.ts";
import { makeFact } from "../../fact.ts";

playGitHub();

const since = Date.parse("2026-02-01T00:00:00Z");
const day = (number: number): string => `2026-02-${String(number).padStart(2, "0")}T10:00:00Z`;
const nothingKnown: PastKnown = {
  planPaths: async () => [],
  versionsOf: async () => new Set(),
  hasContent: async () => true,
  openThings: async () => [],
  issue: async () => null,
  pull: async () => null,
  edges: async () => [],
  branches: async () => new Map(),
};
const ask = (kind: PastAsk["kind"], change: Partial<PastAsk> = {}): PastAsk => ({
  kind,
  cursor: null,
  since,
  known: nothingKnown,
  ...change,
});

const factsIn = (page: PastPage): readonly Fact[] =>
  page.readings.flatMap(({ kind, body }) => (kind === "told" ? z.object({ facts: z.array(factSchema) }).parse(body).facts : []));

type Headers = Readonly<Record<string, string>>;
const play = (path: string, answer: unknown, { query = true, headers = {} }: { query?: object | true; headers?: Headers } = {}) =>
  github()
    .get(`${repo}${path}`)
    .query(query === true ? true : { ...query })
    .reply(200, JSON.stringify(answer), { "content-type": "application/json", ...headers });
const linkTo = (next: number, last: number): Headers => ({
  link: `<${apiUrl}/x?page=${next}>; rel="next", <${apiUrl}/x?page=${last}>; rel="last"`,
});
const quota = (remaining: number): Headers => ({
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(answeredAt / 1000 + 600),
});

const commit = (sha: string, date: string, message: string, ...parents: readonly string[]) => ({
  sha,
  commit: { message, author: { name: "Dev" }, committer: { date } },
  author: { login: "dev" },
  parents: parents.map((parent) => ({ sha: parent })),
});
const branchAt = (sha = head) => play("/branches/main", { commit: { sha } });

describe("commits of the default branch", () => {
  test("are told page by page as pushes would have told them, with the merge or the rebased pull request that brought them", async () => {
    const at = newPlace();
    githubFor(at);
    const [merged, plain, rebased] = [oid("merged"), oid("plain"), oid("rebased")];
    branchAt();
    play(
      "/commits",
      [commit(head, day(9), "Merge pull request #7 from octo/x", plain, merged), commit(merged, day(8), "AUTH-005", plain)],
      {
        query: { sha: head, since: "2026-02-01T00:00:00Z", per_page: "30", page: "1" },
        headers: linkTo(2, 2),
      },
    );
    play(`/commits/${merged}`, { files: [{ filename: "src/b.ts", previous_filename: "src/a.ts" }] });
    const { read } = await clientFor(at);
    const first = await read.past(at, ask("commits"));
    play("/commits", [commit(plain, day(7), "words", rebased), commit(rebased, day(6), "closes AUTH-006")], {
      query: { sha: head, since: "2026-02-01T00:00:00Z", per_page: "30", page: "2" },
    });
    play(`/commits/${rebased}/pulls`, [{ merged_at: day(6), merge_commit_sha: plain, base: { ref: "main" } }]);
    play(`/commits/${rebased}`, { files: [{ filename: "org.ts" }] });
    const second = await read.past(at, ask("commits", { cursor: first.cursor }));

    expect(first).toMatchObject({ items: 2, left: 30, restUntil: null });
    expect(second).toMatchObject({ items: 2, left: 0, cursor: null });
    expect([first, second].flatMap(factsIn)).toMatchObject([
      { sha: head, pushHead: head, branch: "main", at: Date.parse(day(9)), files: [], author: "dev", fromList: true },
      { sha: merged, pushHead: head, files: ["src/a.ts", "src/b.ts"], message: "AUTH-005" },
      { sha: plain, pushHead: plain, files: [] },
      { sha: rebased, pushHead: plain, files: ["org.ts"] },
    ]);
  });

  test("of a repository without any are none", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/branches/main`).reply(404, { message: "Branch not found" });
    const { read } = await clientFor(at);

    expect(await read.past(at, ask("commits"))).toEqual({ readings: [], cursor: null, items: 0, left: 0, restUntil: null });
  });

  test("are the same reading when the same page is read again", async () => {
    const at = newPlace();
    githubFor(at);
    const { read } = await clientFor(at);
    const ids: unknown[] = [];
    for (let times = 0; times < 2; times += 1) {
      branchAt();
      play("/commits", [commit(head, day(9), "words")]);
      ids.push((await read.past(at, ask("commits"))).readings.map(({ id }) => id));
    }

    expect(ids[1]).toEqual(ids[0]);
  });
});

const user = { login: "dev", id: 5, type: "User" };
const pull = (number: number, change: object = {}) => ({
  number,
  state: "open",
  title: `AUTH-00${number}: work`,
  body: null,
  user,
  head: { ref: `work-${number}`, sha: oid(`head ${number}`), repo: { id: 42 } },
  base: { ref: "main", sha: head, repo: { id: 42 } },
  labels: [{ name: "later" }],
  created_at: day(3),
  updated_at: day(9),
  closed_at: null,
  merged_at: null,
  merge_commit_sha: oid(`try ${number}`),
  ...change,
});
const closed = (number: number, on: string, merged = true) =>
  pull(number, { state: "closed", closed_at: on, updated_at: on, merged_at: merged ? on : null });

describe("pull requests that are closed", () => {
  test("are told from their opening to their end, as far back as the window reaches", async () => {
    const at = newPlace();
    githubFor(at);
    play("/pulls", [closed(7, day(8)), closed(6, day(7), false), closed(5, "2026-01-20T10:00:00Z")], {
      query: { state: "closed", sort: "updated", direction: "desc", per_page: "20", page: "1" },
      headers: linkTo(2, 9),
    });
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("merged"));

    expect(page).toMatchObject({ items: 2, cursor: null, left: 0 });
    expect(factsIn(page)).toMatchObject([
      { number: 7, state: "open", at: Date.parse(day(3)), mergeSha: null, mergedAt: null, labels: [], fromList: true },
      { number: 7, state: "merged", at: Date.parse(day(8)), mergeSha: oid("try 7"), actor: null, fork: false, labels: ["later"] },
      { number: 6, state: "open" },
      { number: 6, state: "closed", mergeSha: null },
    ]);
  });

  test("bring their commits and the names of their files along before themselves, where those are not known", async () => {
    const at = newPlace();
    githubFor(at);
    play("/pulls", [closed(7, day(8)), closed(6, day(8))], { headers: linkTo(2, 2) });
    play("/pulls/7/commits", [{ sha: oid("head 7"), commit: { message: "AUTH-007" } }]);
    play("/pulls/7/files", [{ filename: "plan.csv" }]);
    play("/pulls/7", {
      head: { sha: oid("head 7") },
      base: { ref: "main", sha: oid("base") },
      updated_at: day(8),
      commits: 1,
      changed_files: 1,
    });
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("merged", { known: { ...nothingKnown, hasContent: async (number) => number === 6 } }));

    expect(page.readings.map(({ kind }) => kind)).toEqual(["pull", "told"]);
    expect(page).toMatchObject({ cursor: { page: 2 }, left: null });
  });
});

describe("what is open", () => {
  const issue = (number: number, updated_at: string, change: object = {}) => ({
    id: 9000 + number,
    number,
    state: "open",
    title: `DEVOPS-03${number}: deploy`,
    body: "",
    user,
    labels: [{ name: "blocked" }],
    updated_at,
    repository_url: `${apiUrl}/repos/octo/plans`,
    ...change,
  });
  const listed = { state: "open", sort: "updated", direction: "asc", per_page: "20" };

  test("is read in the order of its last change, so that what is closed meanwhile hides nothing", async () => {
    const at = newPlace();
    githubFor(at);
    const own = { performed_via_github_app: { id: appId } };
    play("/issues", [issue(1, day(4)), issue(2, day(5), own), issue(7, day(6), { pull_request: {} })], {
      query: { ...listed, page: "1" },
      headers: linkTo(2, 2),
    });
    play("/pulls/7", pull(7));
    play("/pulls/7/reviews", []);
    const { read } = await clientFor(at);
    const first = await read.past(at, ask("open"));
    play("/issues", [issue(7, day(6), { pull_request: {} }), issue(3, day(9))], { query: { ...listed, page: "1", since: day(6) } });
    const second = await read.past(at, ask("open", { cursor: first.cursor }));

    expect(first).toMatchObject({ items: 3, cursor: { since: Date.parse(day(6)), page: 1, last: 7, unseen: [], over: false } });
    expect(second).toMatchObject({ items: 1, cursor: null });
    expect([first, second].flatMap(factsIn)).toMatchObject([
      { kind: "issue", number: 1, labels: ["blocked"], act: null, actor: null, fromList: true },
      { kind: "pull", number: 7, at: Date.parse(day(3)) },
      { kind: "pull", number: 7, at: Date.parse(day(9)), state: "open" },
      { kind: "issue", number: 3 },
    ]);
  });

  const aside = (more: Partial<PastKnown>): Partial<PastAsk> => ({ known: { ...nothingKnown, ...more } });

  test("tells what issues wait for and consist of, asking only where their summaries or what is known call for it", async () => {
    const at = newPlace();
    githubFor(at);
    const summaries = (waits: number, parts: number) => ({
      issue_dependencies_summary: { blocked_by: 0, blocking: 0, total_blocked_by: waits, total_blocking: 0 },
      sub_issues_summary: { total: parts, completed: 0, percent_completed: 0 },
    });
    const standing: RelationFact = makeFact({
      kind: "relation",
      thing: "relation:part:9002:9008",
      at: Date.parse(day(2)),
      relation: "part",
      of: 2,
      other: { repository: null, number: 8 },
      stands: true,
      actor: "mira",
    });
    play("/issues", [
      issue(1, day(4), summaries(2, 0)),
      issue(2, day(5), summaries(0, 0)),
      issue(3, day(6), summaries(0, 0)),
      issue(4, day(6)),
    ]);
    play("/issues/1/dependencies/blocked_by", [
      issue(8, day(7), { state: "closed", closed_at: day(7), closed_by: user }),
      issue(9, day(3), { repository_url: `${apiUrl}/repos/octo/elsewhere` }),
    ]);
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("open", aside({ edges: async () => [standing] })));

    const told = factsIn(page);
    expect(told.filter(({ kind }) => kind === "relation")).toMatchObject([
      { thing: "relation:waits-for:9001:9008", at: Date.parse(day(7)), of: 1, other: { repository: null, number: 8 }, stands: true },
      { thing: "relation:waits-for:9001:9009", at: Date.parse(day(4)), other: { repository: "octo/elsewhere", number: 9 }, fromList: true },
      { thing: "relation:part:9002:9008", at: Date.parse(day(5)), of: 2, stands: false, actor: null, fromList: true },
    ]);
    expect(told.filter((fact) => fact.kind === "issue").map(({ number, state }) => `${number} ${state}`)).toEqual([
      "1 open",
      "2 open",
      "3 open",
      "4 open",
      "8 closed",
    ]);
  });

  test("tells that a label is no more, which touched nothing, as of GitHub's answer", async () => {
    const at = newPlace();
    githubFor(at);
    const known = (number: number, on: string, ...labels: readonly string[]): IssueFact =>
      makeFact({
        kind: "issue",
        thing: `issue:${number}`,
        at: Date.parse(on),
        number,
        state: "open",
        act: null,
        reason: null,
        title: "t",
        body: "",
        author: { login: "dev", id: 5, bot: false },
        actor: null,
        labels,
        assignees: [],
        milestone: null,
      });
    const last = [known(1, day(4), "blocked", "gone"), known(2, day(3), "blocked", "taken off"), known(3, day(4), "blocked")];
    play("/issues", [issue(1, day(4)), issue(2, day(4)), issue(3, day(4))]);
    const { read } = await clientFor(at);
    const so = { issue: async (number: number) => last[number - 1] ?? null };
    const told = factsIn(await read.past(at, ask("open", aside(so))));

    expect(told.map((fact) => [fact.thing, fact.at === answeredAt])).toEqual([
      ["issue:1", false],
      ["issue:2", false],
      ["issue:3", false],
      ["issue:1", true],
    ]);
    expect(told.at(-1)).toMatchObject({ labels: ["blocked"], state: "open", fromList: true });
  });

  test("tells who opened an issue again that is known as closed, and reviews of pull requests that may name a task", async () => {
    const at = newPlace();
    githubFor(at);
    const again = { state_reason: "reopened" };
    play("/issues", [
      issue(1, day(9), again),
      issue(2, day(9), { ...again, title: "words", labels: [] }),
      issue(7, day(9), { pull_request: {} }),
      issue(8, day(9), { pull_request: {} }),
    ]);
    play("/pulls/7", pull(7));
    play("/pulls/8", { ...pull(8, { title: "words", labels: [] }), head: { ref: "words", sha: oid("head 8"), repo: { id: 42 } } });
    play("/issues/1/events", [
      { event: "closed", created_at: day(5), actor: user },
      { event: "reopened", created_at: day(6), actor: user },
      { event: "labeled", created_at: day(7), actor: null },
    ]);
    const review = (id: number, state: string, change: object = {}) => ({ id, state, user, submitted_at: day(5), ...change });
    play("/pulls/7/reviews", [
      review(1, "CHANGES_REQUESTED"),
      review(2, "DISMISSED"),
      review(3, "PENDING", { submitted_at: undefined }),
      review(4, "APPROVED", { user: { login: "bot[bot]", id: 9, type: "Bot" } }),
    ]);
    const { read } = await clientFor(at);
    const told = factsIn(await read.past(at, ask("open")));

    expect(told.filter((fact) => fact.kind === "issue" && fact.act !== null)).toMatchObject([
      { number: 1, at: Date.parse(day(6)), act: "reopened", state: "open", actor: "dev", fromList: true },
    ]);
    expect(told.filter(({ kind }) => kind === "review")).toMatchObject([
      { thing: "pull:7", review: 1, verdict: "changes-requested", at: Date.parse(day(5)), fromList: true },
      { review: 2, verdict: "dismissed", at: Date.parse(day(9)) },
    ]);
  });

  test("is read on by pages where a whole page changed in one second", async () => {
    const at = newPlace();
    githubFor(at);
    play("/issues", [issue(1, day(4))], { headers: linkTo(3, 3) });
    const { read } = await clientFor(at);

    expect(
      await read.past(at, ask("open", { cursor: { since: Date.parse(day(4)), page: 1, last: 9, unseen: [], over: false } })),
    ).toMatchObject({
      cursor: { since: Date.parse(day(4)), page: 2, last: 1 },
    });
  });

  test("is the pull requests alone where issues are switched off", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/issues`).query(true).reply(410, { message: "Issues are disabled for this repo" });
    play("/pulls", [pull(7)], { query: { state: "open", sort: "created", direction: "asc", per_page: "20", page: "1" } });
    play("/pulls/7/reviews", []);
    const { read } = await clientFor(at);

    expect(factsIn(await read.past(at, ask("open")))).toHaveLength(2);
  });
});

describe("what was open and is not listed any more", () => {
  const route = (path: string) => `https://api.github.com/repos/octo/plans${path}`;
  const repository = { url: route(""), pushed_at: day(8) };
  const issue = (number: number, change: object = {}) => ({
    id: 9000 + number,
    number,
    state: "closed",
    state_reason: "completed",
    title: `DEVOPS-03${number}: deploy`,
    body: "",
    user,
    labels: [],
    updated_at: day(9),
    closed_at: day(7),
    closed_by: { login: "mira", id: 6, type: "User" },
    repository_url: repository.url,
    ...change,
  });
  const last: IssueFact = {
    ...makeFact({
      kind: "issue",
      thing: "issue:5",
      at: Date.parse(day(2)),
      number: 5,
      state: "open",
      act: null,
      reason: null,
      title: "DEVOPS-035: deploy",
      body: "",
      author: { login: "dev", id: 5, bot: false },
      actor: "dev",
      labels: ["blocked"],
      assignees: [],
      milestone: null,
    }),
  };
  const heldOpen = (...things: readonly string[]): PastKnown => ({
    ...nothingKnown,
    openThings: async () => things,
    issue: async () => last,
  });

  test("is asked for one by one after the lists: who closed it and when, where a pull request ended, and that an issue is deleted or moved away", async () => {
    const at = newPlace();
    githubFor(at);
    play("/issues", [{ ...issue(1), state: "open", closed_at: null, closed_by: null }]);
    const { read } = await clientFor(at);
    const known = heldOpen("issue:1", "issue:3", "issue:5", "issue:6", "pull:7");
    const first = await read.past(at, ask("open", { known }));
    play("", repository);
    play("/issues/3", issue(3));
    github().get(`${repo}/issues/5`).reply(410, { message: "This issue was deleted" });
    play("/issues/6", issue(1, { repository_url: route("/elsewhere") }));
    play("/pulls/7", closed(7, day(6), false));
    const second = await read.past(at, ask("open", { known, cursor: first.cursor }));

    expect(first).toMatchObject({ left: 4, cursor: { over: true, unseen: ["issue:3", "issue:5", "issue:6", "pull:7"] } });
    expect(second).toMatchObject({ items: 4, left: 0, cursor: null });
    expect(factsIn(second)).toMatchObject([
      { kind: "issue", number: 3, at: Date.parse(day(7)), state: "closed", act: "closed", actor: "mira", fromList: true },
      { kind: "issue", number: 3, at: Date.parse(day(9)), state: "closed", act: null },
      { number: 5, state: "gone", at: answeredAt, labels: ["blocked"], act: null },
      { number: 5, state: "gone" },
      { kind: "pull", number: 7, state: "open" },
      { kind: "pull", number: 7, state: "closed", at: Date.parse(day(6)) },
    ]);
  });

  test("of branches is gone since the newest push, or since GitHub said so where that push is known; one that is only renamed is gone too", async () => {
    const at = newPlace();
    githubFor(at);
    const branches = new Map([
      ["kept", { at: Date.parse(day(2)), live: true }],
      ["topic", { at: Date.parse(day(2)), live: true }],
      ["late", { at: Date.parse(day(8)), live: true }],
      ["renamed", { at: Date.parse(day(2)), live: true }],
      ["moved", { at: Date.parse(day(2)), live: true }],
      ["gone before", { at: Date.parse(day(2)), live: false }],
      ["main", { at: Date.parse(day(2)), live: true }],
    ]);
    const known = { ...nothingKnown, branches: async () => branches };
    play("/branches", [{ name: "kept", commit: { sha: oid("kept") } }]);
    github()
      .get(/\/compare\//)
      .reply(404, { message: "Not Found" });
    const { read } = await clientFor(at);
    const first = await read.past(at, ask("branches", { known }));
    play("", repository);
    for (const name of ["topic", "late"]) github().get(`${repo}/branches/${name}`).reply(404, { message: "Branch not found" });
    play("/branches/renamed", { name: "anew" });
    play("/branches/moved", { name: "moved" });
    const second = await read.past(at, ask("branches", { known, cursor: first.cursor }));

    expect(second).toMatchObject({ items: 4, left: 0, cursor: null });
    expect(factsIn(second)).toMatchObject([
      { kind: "branch", name: "topic", head: null, at: Date.parse(day(8)), fromList: true },
      { name: "late", head: null, at: answeredAt },
      { name: "renamed", head: null },
    ]);
  });

  test("stays as it is where the repository itself cannot be seen", async () => {
    const at = newPlace();
    githubFor(at).get(repo).reply(404, { message: "Not Found" });
    const { read } = await clientFor(at);
    const cursor = { since: null, page: 2, last: null, unseen: ["issue:5"], over: true };

    expect(await faultOf(read.past(at, ask("open", { known: heldOpen(), cursor })))).toMatchObject({ next: { kind: "give-up" } });
  });
});

describe("issues that were closed", () => {
  const issue = (number: number, change: object = {}) => ({
    id: 9000 + number,
    number,
    state: "closed",
    state_reason: "not_planned",
    title: `DEVOPS-03${number}: deploy`,
    body: "",
    user,
    labels: [],
    updated_at: day(9),
    closed_at: day(9),
    ...change,
  });
  const bot = { login: "stale[bot]", id: 8, type: "Bot" };

  test("are told with who did it, as far back as the window reaches; where the list does not say, of those that may speak for a task", async () => {
    const at = newPlace();
    githubFor(at);
    play(
      "/issues",
      [
        issue(1, { closed_by: bot }),
        issue(2),
        issue(3, { title: "words" }),
        issue(7, { pull_request: {} }),
        issue(4, { closed_at: "2026-01-01T00:00:00Z" }),
        issue(5, { updated_at: "2026-01-20T00:00:00Z", closed_at: "2026-01-20T00:00:00Z" }),
      ],
      { query: { state: "closed", sort: "updated", direction: "desc", per_page: "50", page: "1" }, headers: linkTo(2, 9) },
    );
    play("/issues/2", issue(2, { closed_by: { login: "mira", id: 6, type: "User" } }));
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("closed"));

    expect(page).toMatchObject({ items: 3, left: 0, cursor: null });
    expect(factsIn(page)).toMatchObject([
      { number: 1, act: null, actor: "stale[bot]", reason: "not_planned", at: Date.parse(day(9)), fromList: true },
      { number: 2, act: "closed", actor: "mira" },
      { number: 3, act: null, actor: null },
    ]);
  });

  test("are none where issues are switched off", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/issues`).query(true).reply(410, { message: "Issues are disabled for this repo" });
    const { read } = await clientFor(at);

    expect(await read.past(at, ask("closed"))).toMatchObject({ readings: [], cursor: null });
  });
});

describe("branches", () => {
  const listedBranch = (name: string) => ({ name, commit: { sha: oid(name) } });

  test("are told with what they have ahead, and as old as their newest commit; the default one and our own are not", async () => {
    const at = newPlace();
    githubFor(at);
    play("/branches", [listedBranch("feature/x"), listedBranch("main"), listedBranch("even"), listedBranch("plankeeper/sync/plan.csv")]);
    const base = commit(oid("base"), day(2), "words");
    play(`/compare/${encodeURIComponent("main...feature/x")}`, {
      merge_base_commit: base,
      commits: [commit(oid("feature/x"), day(8), "AUTH-005: x", oid("base"))],
    });
    play(`/commits/${oid("feature/x")}`, { files: [{ filename: "x.ts" }] });
    play("/compare/main...even", { merge_base_commit: base, commits: [] });
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("branches"));

    expect(page).toMatchObject({ items: 2, left: 0, cursor: null });
    expect(factsIn(page)).toMatchObject([
      { kind: "commit", branch: "feature/x", pushHead: oid("feature/x"), files: ["x.ts"], fromList: true },
      { kind: "branch", name: "feature/x", head: oid("feature/x"), at: Date.parse(day(8)), actor: null, fromList: true },
      { kind: "branch", name: "even", at: Date.parse(day(2)) },
    ]);
  });

  test("that were gone and are there again are so since GitHub says it, where their newest commit is older than that", async () => {
    const at = newPlace();
    githubFor(at);
    play("/branches", [listedBranch("again"), listedBranch("anew")]);
    for (const name of ["again", "anew"])
      play(`/compare/main...${name}`, { merge_base_commit: commit(oid("base"), day(4), "words"), commits: [] });
    const branches = new Map([
      ["again", { at: Date.parse(day(5)), live: false }],
      ["anew", { at: Date.parse(day(3)), live: false }],
    ]);
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("branches", { known: { ...nothingKnown, branches: async () => branches } }));

    expect(factsIn(page)).toMatchObject([
      { name: "again", head: oid("again"), at: answeredAt },
      { name: "anew", at: Date.parse(day(4)) },
    ]);
  });

  test("that moved into a page because another was deleted are seen before the next page is read", async () => {
    const at = newPlace();
    githubFor(at);
    const names = Array.from({ length: 12 }, (_, index) => `b${index}`);
    const gone = () =>
      github()
        .get(/\/compare\//)
        .reply(404, { message: "Not Found" });
    play("/branches", names.map(listedBranch), { headers: linkTo(2, 2) });
    for (let times = 0; times < 10; times += 1) gone();
    const { read } = await clientFor(at);
    const first = await read.past(at, ask("branches"));
    play("/branches", [...names.slice(1), "moved"].map(listedBranch));
    for (let times = 0; times < 3; times += 1) gone();
    const second = await read.past(at, ask("branches", { cursor: first.cursor }));

    expect(first).toMatchObject({ items: 10, left: 102, cursor: { page: 1 } });
    expect(second).toMatchObject({ items: 3, cursor: null });
  });
});

describe("versions of plans and configuration", () => {
  const tree = (sha: string) =>
    play(`/git/trees/${sha}`, { tree: [{ path: "plan.csv", mode: "100644", type: "blob", size: 2, sha: oid("plan") }] });

  test("are read file by file, back to the last one before the window, without those that are known or that we wrote", async () => {
    const at = newPlace();
    githubFor(at);
    const { read } = await clientFor(at);
    const [newest, own, known, before, older] = ["newest", "own", "known", "before", "older"].map(oid);
    branchAt();
    for (const _ of [1, 2]) play("/commits", []);
    const pages = [await read.past(at, ask("plans", { known: plans }))];
    pages.push(await read.past(at, ask("plans", { known: plans, cursor: pages[0]?.cursor })));
    play(
      "/commits",
      [
        commit(newest ?? "", day(9), "plan"),
        commit(own ?? "", day(8), "docs(plan): done\n\nPlankeeper-Sync: 0123456789ab"),
        commit(known ?? "", day(7), "plan"),
        commit(before ?? "", "2026-01-05T00:00:00Z", "plan"),
        commit(older ?? "", "2026-01-04T00:00:00Z", "plan"),
      ],
      { query: { sha: head, path: "plan.csv", per_page: "10", page: "1" } },
    );
    for (const sha of [newest, before]) {
      tree(sha ?? "");
      playBlob("plan", "id");
    }
    pages.push(await read.past(at, ask("plans", { known: plans, cursor: pages[1]?.cursor })));

    expect(pages.map(({ cursor }) => cursor)).toEqual([
      { head, path: ".github/plankeeper.yml", page: 1 },
      { head, path: "plan.csv", page: 1 },
      null,
    ]);
    expect(pages[2]?.readings.map(({ kind, body }) => [kind, z.object({ commit: z.string() }).parse(body).commit])).toEqual([
      ["files", newest],
      ["files", before],
    ]);
  });

  const plans: PastKnown = {
    ...nothingKnown,
    planPaths: async () => ["plan.csv"],
    versionsOf: async (path) => new Set(path === "plan.csv" ? [oid("known")] : []),
  };
});

describe("GitHub's quota", () => {
  test("is left alone where only a fifth of it remains: the page is told, and when to go on", async () => {
    const at = newPlace();
    githubFor(at);
    play("/pulls", [closed(7, day(8))], { headers: quota(999) });
    const { read } = await clientFor(at);
    const page = await read.past(at, ask("merged"));

    expect(page.restUntil).toBe(ourTime + 601_000);
    expect(factsIn(page)).toHaveLength(2);
  });

  test("is used down to a fifth", async () => {
    const at = newPlace();
    githubFor(at);
    play("/pulls", [], { headers: quota(1000) });
    const { read } = await clientFor(at);

    expect((await read.past(at, ask("merged"))).restUntil).toBeNull();
  });

  test("stops a page in its middle, which is read again when there is more", async () => {
    const at = newPlace();
    githubFor(at);
    branchAt();
    play("/commits", [commit(head, day(9), "AUTH-005")], { headers: quota(10) });
    const { read } = await clientFor(at);

    expect(await faultOf(read.past(at, ask("commits")))).toMatchObject({ name: "Fault", next: { kind: "retry", at: ourTime + 601_000 } });
  });
});

test("a page that fails is no empty page", async () => {
  const at = newPlace();
  githubFor(at).get(`${repo}/pulls`).query(true).reply(502, { message: "Server Error" });
  github().get(`${repo}/pulls`).query(true).reply(404, { message: "Not Found" });
  const { read } = await clientFor(at);

  expect(await faultOf(read.past(at, ask("merged")))).toMatchObject({ name: "Fault", next: { kind: "retry", at: null } });
  expect(await faultOf(read.past(at, ask("merged")))).toMatchObject({ name: "Fault", next: { kind: "give-up" } });
});
