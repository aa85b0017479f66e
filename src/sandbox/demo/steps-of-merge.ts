import { sectionOf } from "./markdown-parts.ts";
import type { Seen } from "./seen.ts";
import type { Scene, Step } from "./step.ts";

/** The work is merged, and nothing was done twice. */
export function stepsOfMerge(scene: Scene): readonly Step[] {
  const { sandbox, repository } = scene;
  const replied = (words: RegExp) => (seen: Seen) => seen.replies(scene.pull.number).some((reply) => words.test(reply));
  return [
    {
      title: "mira merges the pull request",
      tells: "A merge into main completes the task. The plan summary follows by itself.",
      act: () => {
        scene.later();
        return repository.mergePull({ number: scene.pull.number, by: "mira", method: "squash", deleteBranch: true });
      },
      expected: [
        { says: "the summary counts 4 of 14 tasks completed", met: ({ summary }) => summary.includes("4 of 14 tasks completed") },
        { says: "Safe login stands at 54 %", met: ({ summary }) => /Safe login.* 54\s%/.test(sectionOf(summary, "Milestones")) },
        { says: "its last change is AUTH-005, completed", met: ({ summary }) => /^_Last change.*AUTH-005.*completed/m.test(summary) },
        { says: "AUTH-005 is no longer in progress", met: (seen) => seen.summary !== "" && seen.inProgress("AUTH-005") === "" },
      ],
    },
    {
      title: 'walt comments "/status AUTH-005" on the pull request',
      tells: "Anyone may ask, and gets the reasons with the answer.",
      act: () => {
        scene.later();
        return repository.comment({ issue: scene.pull.number, by: "walt", body: "/status AUTH-005" });
      },
      expected: [
        { says: "the reply says completed", met: replied(/is \*\*completed\*\*/) },
        { says: "because the pull request was merged", met: replied(/pull request merged/) },
        { says: "and names what it unblocked: FE-004", met: replied(/Unblocked.*FE-004/) },
      ],
    },
    {
      title: "Looking back",
      tells: "Nothing was lost, and nothing was written twice.",
      act: () => Promise.resolve(),
      expected: [
        { says: "one check run on the pull request", met: (seen) => seen.checks(scene.pull.head).length === 1 },
        { says: "one issue with one summary comment", met: ({ issues, summaries }) => issues.length === 1 && summaries.length === 1 },
        {
          says: "one reaction on each command, one reply where there was something to read",
          met: (seen) =>
            [scene.allowed, scene.refused].every((comment) => seen.faces(comment).length === 1) &&
            [scene.deployIssue, scene.refreshIssue, scene.pull.number].every((issue) => seen.replies(issue).length === 1),
        },
        { says: "DEVOPS-035 is blocked still", met: (seen) => seen.blocked("DEVOPS-035").includes("waiting for prod keys") },
        {
          says: "every delivery was answered 202",
          met: () => sandbox.deliveries.every(({ attempts }) => attempts.every(({ status }) => status === 202)),
        },
      ],
    },
  ];
}
