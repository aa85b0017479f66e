import fc from "fast-check";
import { pino } from "pino";
import { beforeAll, describe, expect, test } from "vitest";
import { appId, testApp } from "../../../test/github-app.ts";
import { examplePayload, webhookExamples } from "../../../test/webhook-examples.ts";
import { factSchema } from "../../core/words.ts";
import type { InboxRow, Translation, Translator } from "../../ports.ts";
import { translatedEvents } from "./register.ts";

let translator: Translator;
beforeAll(async () => {
  translator = (await testApp()).translator;
});

let rows = 0;
function row(event: string, body: unknown): InboxRow {
  rows += 1;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return { row: rows, id: `delivery-${rows}`, event, body: bytes, receivedAt: 0, attempts: 0, live: true };
}

async function translated(event: string, body: unknown): Promise<Translation> {
  const [translation] = await translator.translate([row(event, body)]);
  if (translation === undefined) throw new Error("a row was not answered");
  return translation;
}

async function factsOf(event: string, body: unknown) {
  const translation = await translated(event, body);
  if ("unreadable" in translation) throw new Error(translation.unreadable);
  return translation.told.map((told) => told.fact);
}

describe("what GitHub has sent over the years", () => {
  test("every collected payload is read, and its facts are well-formed", async () => {
    expect(webhookExamples).toHaveLength(329);

    const translations = await translator.translate(webhookExamples.map(({ event, payload }) => row(event, payload)));

    expect(translations.filter((translation) => "unreadable" in translation)).toEqual([]);
    const facts = translations.flatMap((translation) => ("told" in translation ? translation.told : []));
    expect(facts.filter(({ fact }) => !factSchema.safeParse(fact).success)).toEqual([]);
    expect(new Set(facts.map(({ fact }) => fact.kind))).toEqual(
      new Set([
        "pull",
        "review",
        "issue",
        "label",
        "commit",
        "push",
        "branch",
        "comment",
        "run",
        "deployment",
        "repository",
        "merge-group",
        "rerequest",
      ]),
    );
  });

  test("the same delivery told twice is the same facts", async () => {
    const again = webhookExamples.map(({ event, payload }) => row(event, payload));
    const [first, second] = [await translator.translate(again), await translator.translate(again)];

    expect(second).toEqual(first);
  });

  test("rows are answered in their order", async () => {
    const some = webhookExamples.slice(0, 40).map(({ event, payload }) => row(event, payload));

    expect((await translator.translate(some)).map(({ row: answered }) => answered)).toEqual(some.map(({ row: asked }) => asked));
  });

  test("events and actions that nobody reads say nothing and are no error", async () => {
    expect(await factsOf("star", examplePayload("star", "created"))).toEqual([]);
    expect(await factsOf("event_of_2031", { action: "invented" })).toEqual([]);
    expect(await factsOf("pull_request", { action: "invented" })).toEqual([]);
    expect(await factsOf("error", { action: "opened" })).toEqual([]);
    expect(await factsOf("constructor", {})).toEqual([]);
  });
});

describe("payloads that are hostile or broken", () => {
  test("NUL and lone surrogates become U+FFFD, wherever they stand", async () => {
    const nasty = "AUTH-005\u0000 \uD800 done \uDC00";
    const payload = examplePayload("pull_request", "opened", {
      "pull_request.title": nasty,
      "pull_request.body": nasty,
      "pull_request.head.ref": nasty,
      "pull_request.user.login": nasty,
      "pull_request.labels": [{ name: nasty }],
    });
    const tidy = "AUTH-005\uFFFD \uFFFD done \uFFFD";

    expect(await factsOf("pull_request", payload)).toMatchObject([
      { title: tidy, body: tidy, branch: tidy, labels: [tidy], author: { login: tidy } },
    ]);
  });

  test("emoji and other characters beyond U+FFFF are left alone", async () => {
    const payload = examplePayload("issues", "opened", { "issue.title": "🚀 AUTH-005 𝒜" });

    expect(await factsOf("issues", payload)).toMatchObject([{ title: "🚀 AUTH-005 𝒜" }]);
  });

  test("bytes that are no UTF-8 are read with replacements", async () => {
    const text = JSON.stringify(examplePayload("issues", "opened", { "issue.title": "caf@" }));
    const bytes = Buffer.from(text);
    bytes[bytes.indexOf("caf@") + 3] = 0xe9;

    expect(await factsOf("issues", bytes)).toMatchObject([{ title: "caf\uFFFD" }]);
  });

  test("texts, labels and files are cut, and a cut leaves no half character", async () => {
    const payload = examplePayload("pull_request", "opened", {
      "pull_request.body": `${"x".repeat(65_535)}🚀`,
      "pull_request.labels": Array.from({ length: 150 }, (_, index) => ({ name: `label ${index}` })),
    });
    const [fact] = await factsOf("pull_request", payload);
    if (fact?.kind !== "pull") throw new Error("no pull request");

    expect(fact.body).toBe(`${"x".repeat(65_535)}\uFFFD`);
    expect(fact.labels).toHaveLength(100);
  });

  test.each([
    ["no JSON", Buffer.from("{")],
    ["nothing", Buffer.from("")],
    ["a number", 7],
    ["null", null],
    ["a list", []],
    ["a payload without its subject", { action: "opened" }],
    ["an action that is no word", { action: { toString: 1 } }],
    ["an installation that is none", { action: "opened", installation: { id: "abc" } }],
    ["a time without a zone", examplePayload("pull_request", "opened", { "pull_request.updated_at": "2026-03-02T10:00:00" })],
  ])("%s cannot be read, and the reason is told", async (_, body) => {
    expect(await translated("pull_request", body)).toMatchObject({ unreadable: expect.stringMatching(/\S/) });
  });

  test("one row that cannot be read does not spoil the others", async () => {
    const good = row("issues", examplePayload("issues", "opened"));
    const translations = await translator.translate([row("issues", { action: "opened" }), good]);

    expect(translations).toMatchObject([{ unreadable: expect.anything() }, { row: good.row, told: [{}] }]);
  });

  test("no JSON whatever makes it throw", async () => {
    const events = [...translatedEvents, "reading.repository", "reading.files", "reading.pull", "reading.permission", "reading.none"];
    const actions = ["opened", "created", "edited", "closed", "completed", "rerequested", "requested_action", "checks_requested", "added"];
    const payload = fc.oneof(
      fc.jsonValue(),
      fc.record({ action: fc.constantFrom(...actions), installation: fc.jsonValue(), repository: fc.jsonValue(), issue: fc.jsonValue() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...events), payload, async (event, body) => {
        const translation = await translated(event, body);
        expect("told" in translation || translation.unreadable !== "").toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("any one field of a real payload may be spoilt without it throwing, and facts stay well-formed", async () => {
    const real = webhookExamples.filter(({ event }) => translatedEvents.has(event));
    const spoilt = fc
      .tuple(fc.constantFrom(...real), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.jsonValue())
      .map(([{ event, payload }, where, value]) => {
        const places = pathsIn(payload);
        return { event, body: withValue(payload, places[Math.floor(where * places.length)] ?? [], value) };
      });
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ event, body }) => {
        const translation = await translated(event, body);
        const told = "told" in translation ? translation.told : [];
        expect(told.every(({ fact }) => factSchema.safeParse(fact).success)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("a payload never reaches a log line, not even when it cannot be read", async () => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line) => lines.push(line) });
    const app = await testApp({ log });
    const secret = "a-title-that-is-nobodys-business";
    const good = examplePayload("pull_request", "opened", { "pull_request.title": secret });
    const bad = examplePayload("pull_request", "opened", { "pull_request.title": secret, "pull_request.number": "seven" });

    await app.translator.translate([row("pull_request", good), row("pull_request", bad)]);

    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});

test("the app that is asked is the one whose own writes say nothing", async () => {
  const ours = examplePayload("issue_comment", "created", { "comment.performed_via_github_app": { id: appId } });
  const others = examplePayload("issue_comment", "created", { "comment.performed_via_github_app": { id: appId + 1 } });

  expect(await factsOf("issue_comment", ours)).toEqual([]);
  expect(await factsOf("issue_comment", others)).toHaveLength(1);
});

type Path = readonly string[];

/** Every place in a JSON value. */
function pathsIn(value: unknown, here: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...here, name]))];
}

function withValue(held: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined || typeof held !== "object" || held === null) return value;
  if (Array.isArray(held)) return held.map((member: unknown, index) => (String(index) === name ? withValue(member, rest, value) : member));
  return Object.fromEntries(Object.entries(held).map(([key, member]) => [key, key === name ? withValue(member, rest, value) : member]));
}
