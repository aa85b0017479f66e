import type { Seen } from "./seen.ts";
import type { Scene, Step } from "./step.ts";

const branch = "auth-005-csrf";

/** The app arrives, and somebody works. */
export function stepsOfWork(scene: Scene): readonly Step[] {
  const { sandbox, repository } = scene;
  const checks = (seen: Seen) => seen.checks(scene.pull.head);
  return [
    {
      title: `The app is installed on ${repository.owner}/${repository.name}`,
      tells: "It finds the plan, reads it, and opens one issue that says where the plan stands.",
      act: () => sandbox.install([repository]),
      expected: [
        { says: "one issue for the summary, labelled plankeeper", met: ({ issues }) => issues[0]?.labels.includes("plankeeper") ?? false },
        { says: "the summary counts 3 of 14 tasks completed", met: ({ summary }) => summary.includes("3 of 14 tasks completed") },
        { says: "AUTH-005 is ready next", met: (seen) => seen.ready("AUTH-005") !== "" },
        { says: "FE-004 is not: it waits for AUTH-005", met: (seen) => seen.summary !== "" && seen.ready("FE-004") === "" },
      ],
    },
    {
      title: `jo pushes the branch ${branch}`,
      tells: "The branch is named for a task, so that task has begun. Nobody edits the plan.",
      act: () => {
        scene.later();
        const files = { "tests/test_csrf.py": "def test_csrf(): ...\n" };
        return repository.push({ branch, by: "jo", commits: [{ message: "Add CSRF tests", files }] });
      },
      expected: [{ says: "the summary shows AUTH-005 in progress", met: (seen) => seen.inProgress("AUTH-005").includes(branch) }],
    },
    {
      title: 'jo opens the pull request "AUTH-005: CSRF and rate-limit tests"',
      tells: "A check run says what merging it does to the plan, before anybody merges.",
      act: async () => {
        scene.later();
        const { number, headSha } = await repository.openPull({ title: "AUTH-005: CSRF and rate-limit tests", head: branch, by: "jo" });
        scene.pull = { number, head: headSha };
      },
      expected: [
        {
          says: 'the check run "Plan impact" succeeds: completes 1, unblocks 1',
          met: (seen) => checks(seen).some(({ conclusion, title }) => conclusion === "success" && /Completes 1 · unblocks 1/.test(title)),
        },
        {
          says: "it moves the milestone Safe login from 0 % to 54 %",
          met: (seen) => checks(seen).some(({ title }) => title.includes("Safe login 0 % → 54 %")),
        },
        {
          says: "it names what becomes ready: FE-004",
          met: (seen) => checks(seen).some(({ summary }) => /Becomes ready[^#]*FE-004/.test(summary)),
        },
      ],
    },
    {
      title: 'jo commits "refs FE-004: sketch the login form" to main',
      tells: "A commit that refers to a task shows work on it, and completes nothing.",
      act: () => {
        scene.later();
        const files = { "web/login.tsx": "export const Login = () => null;\n" };
        return repository.push({ branch: "main", by: "jo", commits: [{ message: "refs FE-004: sketch the login form", files }] });
      },
      expected: [{ says: "the summary shows FE-004 in progress", met: (seen) => seen.inProgress("FE-004") !== "" }],
    },
  ];
}
