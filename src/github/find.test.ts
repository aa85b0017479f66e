import { describe, expect, test } from "vitest";
import { appId, clientFor, faultOf, githubFor, newPlace, playGitHub } from "../../test/github-app.ts";
import type { Finder } from "../ports.ts";

playGitHub();

const at = newPlace();
const marker = "<!-- plankeeper:reply:9 -->";
const byUs = { performed_via_github_app: { id: appId } };
const byOthers = { performed_via_github_app: { id: appId + 1 } };
const byPerson = { performed_via_github_app: null };

/** A finder, and GitHub with the pages of one list; pages that are not asked for fail the test. */
async function finder(path: string, query: Readonly<Record<string, string>>, pages: readonly (readonly object[])[]): Promise<Finder> {
  const here = newPlace();
  const github = githubFor(here);
  pages.forEach((items, index) => {
    const next = { link: `<https://github.test${path}?page=${index + 2}>; rel="next"` };
    const body = path.endsWith("/check-runs") ? { total_count: 1, check_runs: items } : [...items];
    const answer = github.get(path).query({ ...query, per_page: "100", page: String(index + 1) });
    answer.reply(200, body, index + 1 < pages.length ? next : {});
  });
  return (await clientFor(here)).find;
}

describe("a comment of ours", () => {
  const path = "/repos/octo/plans/issues/7/comments";

  test("is found by its marker and our app, on whatever page it stands", async () => {
    const find = await finder(path, {}, [
      [{ id: 1, body: `${marker}\nquoted by a person`, ...byPerson }],
      [
        { id: 2, body: `${marker}\nby another app`, ...byOthers },
        { id: 3, body: `about ${marker}`, ...byUs },
        { id: 4, body: `${marker}\nours`, ...byUs },
      ],
    ]);

    expect(await find.comment(at, 7, marker)).toBe(4);
  });

  test("is not searched further once it is found", async () => {
    const here = newPlace();
    const next = { link: `<https://github.test${path}?page=2>; rel="next"` };
    githubFor(here)
      .get(path)
      .query(true)
      .reply(200, [{ id: 4, body: marker, ...byUs }], next);

    expect(await (await clientFor(here)).find.comment(at, 7, marker)).toBe(4);
  });

  test("is not there when nothing of ours has the marker", async () => {
    const find = await finder(path, {}, [[{ id: 1, body: null, ...byUs }, { id: 2 }]]);

    expect(await find.comment(at, 7, marker)).toBeNull();
  });

  test("is not there when the issue is not", async () => {
    const here = newPlace();
    githubFor(here).get(path).query(true).reply(404, { message: "Not Found" });

    expect(await (await clientFor(here)).find.comment(at, 7, marker)).toBeNull();
  });

  test("may or may not be there when GitHub fails", async () => {
    const here = newPlace();
    githubFor(here).get(path).query(true).reply(502, { message: "Bad Gateway" });

    expect(await faultOf((await clientFor(here)).find.comment(at, 7, marker))).toMatchObject({
      name: "Fault",
      ambiguous: false,
      next: { kind: "retry", at: null },
    });
  });
});

test("a check run of ours is found by its external id, the newest where there are several", async () => {
  const sha = "a".repeat(40);
  const find = await finder(`/repos/octo/plans/commits/${sha}/check-runs`, { app_id: String(appId), filter: "all" }, [
    [
      { id: 12, external_id: "check:1", app: { id: appId } },
      { id: 15, external_id: "check:2", app: { id: appId } },
    ],
    [
      { id: 14, external_id: "check:1", app: { id: appId } },
      { id: 11, external_id: "check:1", app: { id: appId } },
      { id: 16, external_id: "check:1", app: { id: appId + 1 } },
      { id: 17, external_id: "check:1", app: null },
    ],
  ]);

  expect(await find.check(at, sha, "check:1")).toBe(14);
});

test("the summary issue is found by its marker and our app, open or closed, and is no pull request", async () => {
  const find = await finder("/repos/octo/plans/issues", { labels: "plankeeper", state: "all" }, [
    [
      { number: 3, body: marker, ...byUs, pull_request: { url: "x" } },
      { number: 4, body: marker, ...byPerson },
      { number: 5, body: `${marker}\nPlan`, ...byUs },
    ],
  ]);

  expect(await find.issue(at, marker)).toBe(5);
});
