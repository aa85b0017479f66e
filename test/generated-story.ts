import fc from "fast-check";
import type { Fact } from "../src/core/words.ts";
import {
  at,
  branch,
  comment,
  commit,
  configurationFact,
  deployment,
  issue,
  permission,
  planFact,
  pull,
  pullContent,
  push,
  relabelled,
  relation,
  review,
  run,
  shaOf,
  vanished,
} from "./facts.ts";

/** Facts of a made-up repository, and the texts of its plan and configuration versions. */
export type Story = { readonly facts: readonly Fact[]; readonly texts: readonly string[] };

const ids = ["AUTH-001", "AUTH-002", "AUTH-003", "FE-004", "OPS-010"] as const;
const spellings = ["todo", "in-progress", "completed", "blocked", "deferred", "Done", "busy"] as const;
const path = "docs/plan.csv";

const id = fc.constantFrom(...ids);
const time = fc.integer({ min: 0, max: 40 }).map((minute) => at(minute));

/** A plan version: some of the ids, each with a status, each depending on the one before it or on nothing. */
const planText = fc
  .array(fc.record({ id, status: fc.constantFrom(...spellings), depends: fc.boolean() }), { minLength: 1, maxLength: 5 })
  .map((rows) => {
    const once = [...new Map(rows.map((row) => [row.id, row])).values()];
    const lines = once.map((row, index) => `${row.id},Title of ${row.id},${row.status},${row.depends ? (once[index - 1]?.id ?? "") : ""}`);
    return `${["id,title,status,depends_on", ...lines].join("\n")}\n`;
  });

const features = ["001-login", "002-chart"] as const;
const feature = fc.constantFrom(...features);

/** A feature folder's list: the ids of all folders are the same, their titles may be. */
const featureText = fc
  .array(fc.record({ id: fc.constantFrom("T001", "T002"), done: fc.boolean(), title: fc.constantFrom("Set up", "Draw") }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((rows) => {
    const once = [...new Map(rows.map((row) => [row.id, row])).values()];
    return `# Tasks\n\n## Phase 1: Setup\n\n${once.map((row) => `- [${row.done ? "x" : " "}] ${row.id} ${row.title}`).join("\n")}\n`;
  });

const listOf = (folder: string): string => `specs/${folder}/tasks.md`;

const shared = fc.constantFrom("T001", "T002");

const scopedWords = fc.oneof(
  shared.map((one) => `${one}: work`),
  shared.map((one) => `Closes ${one}`),
  fc.tuple(feature, shared).map(([folder, one]) => `Closes ${folder}#${one}`),
  fc.tuple(feature, shared).map(([folder, one]) => `part of specs/${folder}#${one}, then ${one}`),
);

/** Work on feature folders: what tells whose T001 is meant comes in facts of its own. */
const featureWork: fc.Arbitrary<readonly Fact[]> = fc.oneof(
  fc
    .record({
      number: fc.integer({ min: 5, max: 6 }),
      title: scopedWords,
      branch: fc.constantFrom("001-login", "feature/002-chart", "work"),
      opened: fc.integer({ min: 0, max: 20 }),
      merged: fc.boolean(),
      files: fc.subarray(["specs/001-login/spec.md", "specs/002-chart/tasks.md", "src/a.ts"]),
      message: scopedWords,
      said: fc.option(scopedWords, { nil: null }),
    })
    .map(({ number, title, branch: name, opened, merged, files, message, said }) => {
      const common = { title, branch: name, openedAt: at(opened) };
      const word = comment(40 + number, said === null ? "/done T001" : `/status ${said.replace(/^Closes /, "")} done`, at(opened + 5), {
        issue: number,
        onPull: true,
      });
      return [
        pull(number, "open", at(opened), common),
        ...(merged
          ? [
              pull(number, "merged", at(opened + 10), common),
              commit(`${message} (#${number})`, at(opened + 10), { sha: shaOf(`merge ${number}`), pushHead: shaOf(`merge ${number}`) }),
            ]
          : []),
        pullContent(number, [message], { files }),
        word,
        permission(word.id, "triage", at(opened + 5)),
      ];
    }),
  fc
    .tuple(
      scopedWords,
      time,
      fc.constantFrom("main", "001-login", "topic"),
      fc.subarray(["specs/001-login/tasks.md", "specs/002-chart/plan.md"]),
    )
    .map(([text, when, where, files]) => [commit(text, when, { branch: where, files })]),
  fc.tuple(feature, time, fc.boolean()).map(([folder, when, live]) => [branch(folder, when, live)]),
);

const configurationText = fc.constantFrom(
  "completion: title\n",
  "completion: keyword\n",
  "dependencies: block\n",
  "completion_branches: [main, release/*]\n",
  "gates: [{workflow: backend-tests, tasks: [AUTH-002, FE-004]}]\n",
  "completion_requires: [backend-tests]\n",
  "plans: [{path: docs/plan.csv, aliases: {SEC-1: AUTH-001}}]\n",
  "verbs: {complete: [ships, closes], not: [nicht, ne … pas]}\n",
  "no: such key\n",
);

const words = fc.oneof(
  id.map((one) => `${one}: work`),
  id.map((one) => `Closes ${one}`),
  id.map((one) => `part of ${one}`),
  id.map((one) => `mark ${one} done`),
  id.map((one) => `does not close ${one}`),
  id.map((one) => `ships ${one} nicht`),
  fc.tuple(id, id).map(([one, other]) => `fixes ${one} and ${other}`),
  fc.constant("SEC-1: by its old name"),
  fc.constant("nothing of the plan"),
);

const command = fc.oneof(
  fc
    .tuple(id, fc.constantFrom("todo", "in progress", "completed", "deferred", "blocked waiting"))
    .map(([one, status]) => `/status ${one} ${status}`),
  id.map((one) => `/unblock ${one}`),
  id.map((one) => `/reopen ${one}`),
  id.map((one) => `/link ${one}`),
  id.map((one) => `/unlink ${one}`),
  fc.tuple(id, id).map(([one, other]) => `/block ${one} on ${other}`),
  fc.constant("/undo"),
  id.map((one) => `/undo ${one}`),
);

const role = fc.constantFrom("read", "triage", "maintain" as const);

/** A pull request from opening to wherever it got: each state a snapshot, later ones at later times. */
const pullLife = fc
  .record({
    number: fc.integer({ min: 1, max: 4 }),
    title: words,
    retitled: fc.option(words, { nil: null }),
    opened: fc.integer({ min: 0, max: 20 }),
    end: fc.constantFrom("open", "closed", "merged" as const),
    base: fc.constantFrom("main", "main", "develop", "release/1"),
    fork: fc.boolean(),
    labels: fc.subarray(["blocked", "in progress", "task: FE-004"]),
    trusted: role,
    messages: fc.array(words, { maxLength: 2 }),
  })
  .map((life): readonly Fact[] => {
    const { number, base, fork, labels } = life;
    const common = { base, fork, labels, openedAt: at(life.opened), branch: `work-${number}` };
    const title = life.retitled ?? life.title;
    const ended = at(life.opened + 10);
    return [
      pull(number, "open", at(life.opened), { ...common, title: life.title }),
      ...(life.retitled === null ? [] : [pull(number, "open", at(life.opened + 5), { ...common, title: life.retitled })]),
      ...(life.end === "open" ? [] : [pull(number, life.end, ended, { ...common, title })]),
      ...(life.end === "merged"
        ? [commit(`${title} (#${number})`, ended, { branch: base, sha: shaOf(`merge ${number}`), pushHead: shaOf(`merge ${number}`) })]
        : []),
      pullContent(number, life.messages),
      permission(`pull:${number}`, life.trusted, at(life.opened)),
    ];
  });

/** An issue that a command links to a task, is perhaps let go of, and then closed by somebody. */
const linkedIssue = fc
  .record({
    number: fc.integer({ min: 20, max: 22 }),
    one: id,
    linked: fc.integer({ min: 0, max: 20 }),
    unlinked: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null, freq: 2 }),
    closed: fc.integer({ min: 0, max: 30 }),
    reason: fc.constantFrom("completed", "not_planned", null),
    closer: role,
  })
  .map(({ number, one, linked, unlinked, closed, reason, closer }): readonly Fact[] => {
    const said = (offset: number, text: string, when: number) => {
      const fact = comment(number + offset, text, at(when), { issue: number });
      return [fact, permission(fact.id, "triage", at(when))];
    };
    const act = issue(number, at(closed), { title: "plain", state: "closed", act: "closed", reason });
    return [
      ...said(10, `/link ${one}`, linked),
      ...(unlinked === null ? [] : said(20, `/unlink ${one}`, unlinked)),
      act,
      permission(act.id, closer, at(closed)),
    ];
  });

/** What issues wait for and consist of. Some ends are linked to tasks by other facts, some by none, one lives elsewhere. */
const edge = fc
  .record({
    relates: fc.constantFrom("waits-for", "waits-for", "part" as const),
    of: fc.integer({ min: 20, max: 22 }),
    other: fc.constantFrom(20, 21, 22, 23, "octo/other#7"),
    made: time,
    ended: fc.option(time, { nil: null }),
    otherClosed: fc.option(time, { nil: null }),
    linked: fc.option(fc.tuple(id, time), { nil: null }),
  })
  .map(({ relates, of, other, made, ended, otherClosed, linked }): readonly Fact[] => [
    ...(linked === null ? [] : [issue(of, linked[1], { title: "waits", labels: [`task: ${linked[0]}`] })]),
    relation(relates, of, other, made),
    ...(ended === null ? [] : [relation(relates, of, other, ended, false)]),
    ...(typeof other === "string" || otherClosed === null
      ? []
      : [issue(other, otherClosed, { title: "the other end", state: "closed", assignees: ["mira"], milestone: "Beta" })]),
  ]);

const renamed = fc
  .record({
    was: fc.constantFrom("blocked", "in progress", "task: AUTH-003", "waiting"),
    name: fc.constantFrom(null, "waiting", "blocked"),
    when: time,
    again: fc.option(time, { nil: null }),
    read: fc.boolean(),
    worn: fc.option(fc.tuple(fc.integer({ min: 20, max: 22 }), id, time), { nil: null }),
  })
  .map(({ was, name, when, again, read, worn }): readonly Fact[] => [
    ...(worn === null ? [] : [issue(worn[0], worn[2], { title: "labelled", labels: [`task: ${worn[1]}`, was] })]),
    ...(was === name ? [] : [relabelled(was, name, when, read)]),
    // It is renamed once more, or deleted: no snapshot ever showed that name.
    ...(again === null || name === null || was === name ? [] : [relabelled(name, null, again)]),
  ]);

const reviewed = fc
  .record({
    number: fc.integer({ min: 1, max: 4 }),
    verdict: fc.constantFrom("approved", "changes-requested", "commented", "dismissed" as const),
    when: time,
    held: fc.option(role, { nil: null }),
  })
  .map(({ number, verdict, when, held }): readonly Fact[] => {
    const told = review(number, verdict, when);
    return held === null ? [told] : [told, permission(told.id, held, when)];
  });

const look = fc.record({
  labels: fc.subarray(["blocked", "in progress", "task: FE-004"]),
  title: words,
  ended: fc.boolean(),
  act: fc.boolean(),
});

/** Much is done to a thing within one second, of which some is read afterwards: in that second, with some of it in view, or later. */
const oneSecond: fc.Arbitrary<readonly Fact[]> = fc
  .record({
    number: fc.constantFrom(1, 2, 20, 21),
    when: time,
    looks: fc.array(look, { minLength: 2, maxLength: 3 }),
    readings: fc.array(fc.record({ look, of: fc.option(fc.nat({ max: 2 }), { freq: 4 }), view: fc.nat({ max: 3 }), late: fc.boolean() }), {
      maxLength: 2,
    }),
    closer: role,
  })
  .map(({ number, when, looks, readings, closer }) => {
    const told = ({ labels, title, ended, act }: (typeof looks)[number], time: number, settles?: readonly string[]) => {
      const read = settles === undefined ? {} : { settles, actor: null };
      if (number < 20) return pull(number, ended ? (act ? "merged" : "closed") : "open", time, { labels, title, openedAt: time, ...read });
      const done = settles !== undefined || !act ? null : ended ? "closed" : "reopened";
      return issue(number, time, { labels, title, state: ended ? "closed" : "open", act: done, ...read });
    };
    const carried = looks.map((one) => told(one, when));
    const seen = readings.map((one) =>
      told(
        looks[one.of ?? -1] ?? one.look,
        one.late ? when + 30_000 : when,
        one.late ? [] : carried.slice(0, one.view).map(({ id }) => id),
      ),
    );
    const thing = number < 20 ? `pull:${number}` : `issue:${number}`;
    return [...carried, ...seen, ...carried.map((fact) => permission(fact.id, closer, when)), permission(thing, closer, when)];
  });

const facts: fc.Arbitrary<readonly Fact[]> = fc.oneof(
  pullLife,
  { weight: 2, arbitrary: oneSecond },
  { weight: 2, arbitrary: edge },
  reviewed,
  renamed,
  { weight: 3, arbitrary: linkedIssue },
  fc
    .tuple(words, time, fc.constantFrom("main", "topic", "release/1"))
    .map(([text, when, where]) => [commit(text, when, { branch: where })]),
  fc.tuple(id, time, fc.boolean()).map(([one, when, live]) => [branch(`feature/${one}-x`, when, live)]),
  fc.tuple(time, fc.boolean()).map(([when, live]) => [branch("topic", when, live)]),
  fc.tuple(fc.integer({ min: 1, max: 9 }), command, time, fc.option(role, { nil: null })).map(([number, text, when, held]) => {
    const said = comment(number, text, when, { issue: 20 + (number % 2) });
    return held === null ? [said] : [said, permission(said.id, held, when)];
  }),
  fc
    .record({
      number: fc.integer({ min: 20, max: 22 }),
      one: id,
      when: time,
      labels: fc.subarray(["blocked", "in progress", "task: AUTH-003"]),
      titled: fc.boolean(),
      opener: role,
      stands: fc.constantFrom("open", "open", "closed", "gone" as const),
      reason: fc.constantFrom("completed", "not_planned", null),
      acted: fc.boolean(),
      actor: fc.option(role, { nil: null }),
    })
    .map(({ number, one, when, labels, titled, opener, stands, reason, acted, actor }) => {
      const act = !acted || stands === "gone" ? null : stands === "closed" ? "closed" : "reopened";
      const title = titled ? `${one}: issue` : "something else";
      const told = issue(number, when, { title, labels, state: stands, reason, act });
      return [told, permission(`issue:${number}`, opener), ...(actor === null ? [] : [permission(told.id, actor, when)])];
    }),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), time, fc.constantFrom("production", "staging"))
    .map(([number, merge, when, where]) => [deployment(number, shaOf(`merge ${merge}`), when, where)]),
  fc.tuple(id, time, fc.boolean()).map(([one, when, early]) => {
    const named = commit(`${one}: work`, when, { pushHead: shaOf(`head of ${one}`) });
    return [named, deployment(10 + one.length, early ? named.sha : named.pushHead, when)];
  }),
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom("success", "failure", "cancelled"), time, fc.integer({ min: 1, max: 4 }))
    .map(([number, conclusion, when, merge]) => [run(number, conclusion, when, { headSha: shaOf(`merge ${merge}`) })]),
);

/** The commits that stories are full of: a few shas, so that pushes, reverts and forced pushes meet the same ones. */
const landings = ["merge 1", "merge 2", "work 1", "work 2", "work 3", "revert 1", "revert 2", "revert 3"] as const;
const landing = fc.constantFrom(...landings);
const mainly = fc.constantFrom("main", "main", "main", "topic");

/** Work that lands, is reverted, and whose revert is reverted; by commits and by pull requests, named by sha, by number or by words alone. */
const undoneWork: fc.Arbitrary<readonly Fact[]> = fc.oneof(
  fc
    .tuple(fc.constantFrom("work 1", "work 2", "work 3"), words, time, mainly, fc.constantFrom("alone", "work 2", "merge 1"))
    .map(([name, text, when, where, head]) => [
      commit(text, when, { sha: shaOf(name), branch: where, pushHead: shaOf(head === "alone" ? name : head) }),
    ]),
  fc
    .record({
      name: fc.constantFrom("revert 1", "revert 2", "revert 3"),
      wrap: fc.constantFrom('Revert "', 'Reapply "', 'Revert "Revert "', "Back out "),
      inner: words,
      number: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      through: fc.option(fc.integer({ min: 7, max: 8 }), { nil: null }),
      of: fc.option(landing, { nil: null }),
      when: time,
      where: mainly,
      files: fc.subarray(["a.ts"]),
    })
    .map(({ name, wrap, inner, number, through, of, when, where, files }) => {
      const quoted = `${wrap}${inner}${number === null ? "" : ` (#${number})`}${wrap.includes('"') ? '"' : ""}`;
      const message = `${quoted}${through === null ? "" : ` (#${through})`}\n\n${of === null ? "" : `This reverts commit ${shaOf(of)}.`}`;
      return [commit(message, when, { sha: shaOf(name), branch: where, files })];
    }),
  fc
    .record({
      number: fc.integer({ min: 7, max: 9 }),
      of: fc.integer({ min: 1, max: 9 }),
      wrap: fc.constantFrom('Revert "', 'Revert "Revert "', "Back out "),
      inner: words,
      opened: fc.integer({ min: 0, max: 30 }),
      merge: fc.constantFrom("revert 1", "revert 2", "merge 7"),
    })
    .map(({ number, of, wrap, inner, opened, merge }) => {
      const title = `${wrap}${inner}${wrap.includes('"') ? '"' : ""}`;
      const common = { title, body: `Reverts octo/plans#${of}`, branch: `revert-${of}-work`, openedAt: at(opened) };
      return [pull(number, "open", at(opened), common), pull(number, "merged", at(opened + 8), { ...common, mergeSha: shaOf(merge) })];
    }),
);

/** Commits leave a branch, live on in others, and come again. */
const forcedPushes: fc.Arbitrary<readonly Fact[]> = fc.oneof(
  fc
    .tuple(fc.uniqueArray(fc.tuple(landing, fc.option(landing, { nil: null })), { selector: ([name]) => name, maxLength: 3 }), time, mainly)
    .map(([gone, when, where]) => [
      vanished(
        gone.map(([name, as]) => (as === null ? shaOf(name) : ([shaOf(name), shaOf(as)] as const))),
        when,
        { branch: where },
      ),
    ]),
  fc.tuple(landing, time, mainly).map(([name, when, where]) => [push(shaOf(name), when, { branch: where })]),
);

const anyFacts = fc.oneof(
  { weight: 3, arbitrary: facts },
  { weight: 1, arbitrary: featureWork },
  { weight: 1, arbitrary: undoneWork },
  { weight: 1, arbitrary: forcedPushes },
);

/** Hundreds of facts about a few tasks: plan and configuration edits, work, words, gates, equal times. */
export const story: fc.Arbitrary<Story> = fc
  .record({
    plans: fc.array(fc.tuple(planText, fc.integer({ min: -10, max: 40 })), { minLength: 1, maxLength: 4 }),
    configurations: fc.array(fc.tuple(configurationText, fc.integer({ min: -20, max: 40 })), { maxLength: 2 }),
    removal: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null, freq: 6 }),
    features: fc.array(fc.tuple(feature, featureText, fc.integer({ min: -10, max: 40 })), { maxLength: 3 }),
    dropped: fc.option(fc.tuple(feature, fc.integer({ min: 0, max: 40 })), { nil: null, freq: 4 }),
    // In a short story little happens after the fact that matters, so nothing makes up for one that was not noticed.
    told: fc.oneof(fc.array(anyFacts, { maxLength: 25 }), fc.array(anyFacts, { minLength: 1, maxLength: 3 })),
  })
  .map(({ plans, configurations, removal, features: lists, dropped, told }) => ({
    facts: [
      ...plans.map(([text, minute]) => planFact(path, text, at(minute))),
      ...configurations.map(([text, minute]) => configurationFact(text, at(minute))),
      ...lists.map(([folder, text, minute]) => planFact(listOf(folder), text, at(minute))),
      ...(dropped === null ? [] : [planFact(listOf(dropped[0]), null, at(dropped[1]))]),
      ...(removal === null ? [] : [planFact(path, null, at(removal))]),
      ...told.flat(),
    ],
    texts: [...plans.map(([text]) => text), ...lists.map(([, text]) => text), ...configurations.map(([text]) => text)],
  }));

/** A story in which each task sees much, and mostly nothing is taken back by name: what is kept of its fold can be gone on from. */
export const busyStory: fc.Arbitrary<Story> = fc
  .record({
    one: story,
    more: fc.array(anyFacts, { minLength: 20, maxLength: 50 }),
    undoes: fc.option(fc.constant(true), { nil: false, freq: 4 }),
  })
  .map(({ one, more, undoes }) => ({
    ...one,
    facts: [...one.facts, ...more.flat()].filter((fact) => undoes || fact.kind !== "comment" || !fact.text.startsWith("/undo ")),
  }));
