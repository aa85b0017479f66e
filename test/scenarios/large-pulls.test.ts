import { expect, test } from "vitest";
import { configuration, csvPlan, files, people, planPath } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";
import { until } from "./until.ts";

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(60_000);
  return stage;
}

const numbered = (amount: number) => Array.from({ length: amount }, (_, index) => String(index + 1).padStart(4, "0"));
const work = (numbers: readonly string[]) => numbers.map((number) => ({ message: `Step ${number}`, files: { "steps.txt": number } }));
/** Before every plan in the order of paths, so that these are what GitHub lists. */
const assets = Object.fromEntries(numbered(3100).map((number) => [`assets/${number}.txt`, number]));
const pagesRead = ({ sandbox }: Stage, route: string): number => sandbox.exchanges.filter((exchange) => exchange.route === route).length;
const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";

test("of a pull request with more than 250 commits every commit counts, the last one as the first", async () => {
  const stage = await installed();
  const { repository } = stage;
  const commits = [...work(numbered(299)), { message: "Part of ORG-006", files: { "org.txt": "1" } }];
  await repository.push({ branch: "long", by: "dev", commits });
  const { number, headSha } = await repository.openPull({ title: "AUTH-005: harden", head: "long", by: "dev" });
  await stage.settle();

  const [check] = repository.checks(headSha);
  expect(check).toMatchObject({ status: "completed", conclusion: "success" });
  expect(check?.title).toContain("Completes 1");
  expect(check?.summary).toContain("ORG-006");
  expect(check?.summary).not.toContain("too large");
  expect(pagesRead(stage, compare)).toBe(3);

  await repository.mergePull({ number, by: "mira" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed", "ORG-006": "in-progress" });
  expect(repository.checks(headSha)[0]?.summary).toContain("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("of one with more commits than anybody reads the check still concludes, by all that was read, and says what it may miss", async () => {
  const stage = await installed();
  const { repository } = stage;
  const first = { message: "Part of ORG-006", files: { "org.txt": "1" } };
  await repository.push({
    branch: "endless",
    by: "dev",
    commits: [first, ...work(numbered(1050)), { ...first, message: "Part of FE-004" }],
  });
  const { headSha } = await repository.openPull({ title: "AUTH-005: harden", head: "endless", by: "dev" });
  await stage.settle();

  const [check] = repository.checks(headSha);
  expect(check).toMatchObject({ status: "completed", conclusion: "success" });
  expect(check?.summary).toContain("too large to be read whole: 1000 commits and 2 changed files were");
  expect(check?.summary).toContain("ORG-006");
  expect(check?.summary).not.toContain("[FE-004]");
  expect(await stage.problems()).toEqual([]);
});

test("while GitHub refuses to compare, the check of a large pull request concludes by its title, and says that its commits are not read", async () => {
  const stage = await installed();
  const { repository, sandbox, pool } = stage;
  sandbox.fault({ route: compare, kind: "500-before", times: 1000 });
  await repository.push({ branch: "long", by: "dev", commits: work(numbered(251)) });
  const { headSha } = await repository.openPull({ title: "AUTH-005: harden", head: "long", by: "dev" });

  await until("the check is there", async () => {
    await pool.query("update graphile_worker._private_jobs set run_at = now() where key like '%:fallback' and locked_at is null");
    return repository.checks(headSha).length > 0;
  });
  const [check] = repository.checks(headSha);
  expect(check).toMatchObject({ status: "completed", conclusion: "success" });
  expect(check?.title).toContain("Completes 1");
  expect(check?.summary).toContain("could not be read yet");
});

test("a plan beyond the 3000 files that GitHub lists is read all the same, and the merge keeps the promise", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number, headSha } = await repository.openPull({
    title: "Bring the assets",
    head: "assets",
    by: "dev",
    files: { ...assets, [planPath]: csvPlan({ "AUTH-005": "completed" }), "docs/zebra.txt": "1" },
  });
  await stage.settle();

  const [check] = repository.checks(headSha);
  expect(check).toMatchObject({ status: "completed" });
  expect(check?.title).toContain("Completes 1");
  expect(check?.summary).not.toContain("too large");

  await repository.mergePull({ number, by: "mira" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed" });
  expect(repository.checks(headSha)[0]?.summary).toContain("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("a mistake in the configuration is found though 3000 other files are listed before it", async () => {
  const stage = await installed();
  const { repository } = stage;
  const path = ".github/plankeeper.yml";
  const early = Object.fromEntries(Object.entries(assets).map(([name, text]) => [`.a/${name}`, text]));
  const { headSha } = await repository.openPull({
    title: "Bring the assets",
    head: "assets",
    by: "dev",
    files: { ...early, [path]: `${configuration}colour: red\n` },
  });
  await stage.settle();

  expect(repository.checks(headSha)[0]?.annotations).toMatchObject([{ path }]);
  expect(await stage.problems()).toEqual([]);
});
