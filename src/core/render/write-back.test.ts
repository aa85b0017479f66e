import fc from "fast-check";
import { expect, test } from "vitest";
import { cause } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { nodesOf, offences, parse } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { revisionIn } from "../words.ts";
import { bytesOf, roomInBytes } from "./fitted.ts";
import { hasMarker } from "./marker.ts";
import { commitText, refusedWriteBack, renderNothingLeft, renderWriteBack, type WriteBackView, writeBackMarker } from "./write-back.ts";

const web = "https://github.com/o/r";
const path = "docs/plan.csv";
const revision = "0123456789ab";
const merged = cause({ rule: "pull-merged", actor: "mira", link: "pull/7", words: "AUTH-002" });

const row = (id: string, change: Partial<WriteBackView["rows"][number]> = {}): WriteBackView["rows"][number] => ({
  id,
  title: `Task ${id}`,
  before: "todo",
  after: "completed",
  cause: merged,
  ...change,
});

const view = (rows: WriteBackView["rows"], change: Partial<WriteBackView> = {}): WriteBackView => ({
  web,
  branch: "main",
  path,
  revision,
  rows,
  difference: {
    added: [],
    removed: [],
    changed: rows.map(({ id, before, after }) => ({ id, field: "status", before, after })),
  },
  left: [],
  unwritten: [],
  snapshots: [],
  ...change,
});

test("one task is said in the subject", () => {
  expect(commitText([{ id: "AUTH-002", status: "in-progress" }], [], revision)).toEqual({
    headline: "docs(plan): mark AUTH-002 in-progress",
    body: `Plankeeper-Sync: ${revision}`,
  });
});

test("several tasks are a subject and a list, and what somebody else wrote is said", () => {
  const marks = [
    { id: "AUTH-002", status: "in-progress" },
    { id: "FE-004", status: "completed" },
  ] as const;

  expect(commitText(marks, [{ id: "ORG-006", status: "deferred" }], revision)).toEqual({
    headline: "docs(plan): mark 2 tasks",
    body: `- AUTH-002 in-progress\n- FE-004 completed\n\nLeft as somebody has just written it: ORG-006 deferred.\n\nPlankeeper-Sync: ${revision}`,
  });
});

test("the trailer is found in a commit of ours, also where a squash quotes it, and in nobody else's", () => {
  const { headline, body } = commitText([{ id: "A-1", status: "todo" }], [], revision);

  expect(revisionIn(`${headline}\n\n${body}`)).toBe(revision);
  expect(revisionIn(`${headline} (#3)\n\n* ${headline}\n\n${body}\n\n* more`)).toBe(revision);
  expect(revisionIn("docs: what Plankeeper-Sync: 0123456789ab means")).toBeNull();
});

test("the pull request says what is written and why, for people and for programs", () => {
  const shown = view(
    [row("AUTH-002", { after: "in-progress", cause: cause({ rule: "pull-opened", link: "pull/9", words: "AUTH-002" }) }), row("FE-004")],
    {
      left: [{ id: "ORG-006", status: "deferred" }],
      unwritten: [{ id: "OPS-1", because: "its row has no place for a status" }],
      snapshots: ["docs/master-plan.md"],
    },
  );
  const { title, body } = renderWriteBack(shown);

  expect(title).toBe("docs(plan): mark 2 tasks");
  expect(hasMarker(body, writeBackMarker(path))).toBe(true);
  expect(offences(body, web)).toEqual([]);
  matchesGolden("render/write-back-typical.md", `${body}\n`);
  matchesGolden("render/write-back-nothing-left.md", `${renderNothingLeft(shown)}\n`);
  const [block] = nodesOf(parse(body)).flatMap((node) => (node.type === "code" ? [node.value] : []));
  expect(JSON.parse(block ?? "")).toEqual({ plan: path, revision, ...shown.difference });
});

test("texts of people reach nobody and break nothing", () => {
  const check = (text: string) => {
    const rows = [row("A-1", { title: text, cause: cause({ words: text, actor: text }) })];
    const { title, body } = renderWriteBack(view(rows, { path: `${text}/plan.csv`, unwritten: [{ id: "A-2", because: text }] }));
    expect(offences(body, web)).toEqual([]);
    expect(offences(title, web)).toEqual([]);
    expect(offences(refusedWriteBack(text), web)).toEqual([]);
    const [block] = nodesOf(parse(body)).flatMap((node) => (node.type === "code" ? [node.value] : []));
    expect(JSON.parse(block ?? "").plan).toBe(`${text}/plan.csv`.replace(/\p{Cs}/gu, "\uFFFD"));
  };
  nastyTexts.map((text) => text.replaceAll("\0", "").replace(/\p{Cs}/gu, "\uFFFD")).forEach(check);
  fc.assert(
    fc.property(anyText, (text) => check(text.replaceAll("\0", "").replace(/\p{Cs}/gu, "\uFFFD"))),
    { numRuns: 60 },
  );
});

test("ten thousand tasks fit into a body that GitHub takes", () => {
  const { body } = renderWriteBack(view(Array.from({ length: 10_000 }, (_, index) => row(`TASK-${index}`, { title: "語".repeat(200) }))));

  expect(bytesOf(body)).toBeLessThanOrEqual(roomInBytes);
  expect(body).toContain("more tasks");
});
