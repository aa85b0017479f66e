import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { defaultConfiguration } from "../core/plan/configuration.ts";
import { contents } from "../core/plan/folder.ts";
import { check } from "./check.ts";
import { askedFor, plansAsked } from "./find-plan-files.ts";
import { readPlanFile } from "./read-plan-file.ts";

const task = (id: string, status: string) => `---\nid: ${id}\ntitle: Title of ${id}\nstatus: ${status}\nassignee: []\n---\n`;
const kept = {
  "backlog/config.yml": 'statuses: ["To Do", "In Progress", "Done"]\ntask_prefix: "back"\n',
  "backlog/tasks/back-1 - One-+-two.md": task("BACK-1", "To Do"),
  "backlog/tasks/back-2 - Two.md": task("BACK-2", "Cooking"),
  "backlog/completed/back-3 - Plan-three.md": task("BACK-3", "Done"),
  "backlog/archive/tasks/back-4 - Plan-four.md": task("BACK-4", "To Do"),
  "backlog/drafts/draft-1 - Plan-five.md": task("DRAFT-1", "Draft"),
};

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return cwd;
}

async function runIn(cwd: string, ...args: readonly string[]): Promise<string> {
  const out: string[] = [];
  await check.run(args, { out: (text) => out.push(text), err: (text) => out.push(text), cwd, env: {} });
  return out.join("\n");
}

const read = (path: string) => `${path}: a folder of task files with front matter: 3 tasks
  todo  in-progress  completed  blocked  deferred
     2            0          1        0         0
`;
const cooking = (path: string) => `${path}:4:9 warning unknown-status “Cooking” is no status that is known; read as todo`;

test("a folder of task files is one plan, and a problem names the file that it stands in", async () => {
  const cwd = await folderOf(kept);

  const expected = `${read("backlog/")}\n${cooking("backlog/tasks/back-2 - Two.md")}`;
  expect(await runIn(cwd, ".")).toBe(expected);
  expect(await runIn(cwd, "backlog/")).toBe(expected);
  expect(await runIn(cwd, "backlog/tasks/back-1 - One-+-two.md")).toBe(expected);
});

test("the folder can be the working folder, and lie outside of it under any name", async () => {
  const cwd = await folderOf(Object.fromEntries(Object.entries(kept).map(([path, text]) => [path.replace("backlog/", "work/"), text])));

  expect(await runIn(join(cwd, "work"), ".")).toBe(`${read("./")}\n${cooking("tasks/back-2 - Two.md")}`);
  expect(await runIn("/", join(cwd, "work"))).toBe(`${read(`${cwd}/work/`)}\n${cooking(`${cwd}/work/tasks/back-2 - Two.md`)}`);
});

test("hidden folders are looked into only where tools keep their plans", async () => {
  const text = "- [ ] T001 One\n";
  const cwd = await folderOf({
    ".kiro/specs/login/tasks.md": text,
    ".taskmaster/tasks/tasks.json": "{}",
    ".beads/issues.jsonl": "",
    ".planning/ROADMAP.md": text,
    ".github/plan.md": text,
    ".specify/templates/tasks.md": text,
  });
  const asked = await askedFor(".", cwd);

  expect(asked === null ? [] : await plansAsked(asked, defaultConfiguration)).toEqual([
    ".beads/issues.jsonl",
    ".kiro/specs/login/tasks.md",
    ".planning/ROADMAP.md",
    ".taskmaster/tasks/tasks.json",
  ]);
});

test("a folder that the configuration names is read as one plan; links in it are no files", async () => {
  const cwd = await folderOf({ "work/tasks/a-1 - x.md": task("A-1", "Done"), "secret.md": task("A-2", "Done") });
  await symlink(join(cwd, "secret.md"), join(cwd, "work/tasks/a-2 - y.md"));
  const asked = await askedFor(".", cwd);
  if (asked === null) throw new Error("the folder is there");
  const plans = [{ path: "work/", snapshot: null, aliases: {}, retired: [] }];

  expect(await plansAsked(asked, { ...defaultConfiguration, plans })).toEqual(["work/"]);
  expect([...contents((await readPlanFile(asked.root, "work/")).text).keys()]).toEqual(["tasks/a-1 - x.md"]);
});
