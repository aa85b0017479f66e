import type { Scene, Step } from "./step.ts";

const gate = { name: "backend-tests", file: ".github/workflows/backend-tests.yml", branch: "main" };

/** Things stand in the way: a label, and a workflow that fails. */
export function stepsOfHolds(scene: Scene): readonly Step[] {
  const { repository, deployIssue } = scene;
  const run = (conclusion: string) => () => {
    scene.later();
    return repository.runWorkflow({ ...gate, conclusion, by: "jo" });
  };
  return [
    {
      title: `mira labels issue #${deployIssue} "DEVOPS-035: Prod deploy" blocked`,
      tells: "The issue's title begins with the task's id, so the label holds the task.",
      act: () => {
        scene.later();
        return repository.label({ number: deployIssue, label: "blocked", by: "mira" });
      },
      expected: [
        { says: "the summary lists DEVOPS-035 as blocked by the label", met: (seen) => seen.blocked("DEVOPS-035").includes("label") },
      ],
    },
    {
      title: "The workflow backend-tests fails on main",
      tells: "The configuration makes it a gate: while it is red, its two tasks are held.",
      act: run("failure"),
      expected: [
        { says: "FE-004 is blocked, with backend-tests as the reason", met: (seen) => seen.blocked("FE-004").includes(gate.name) },
        {
          says: "so is DEVOPS-035, beside its label",
          met: (seen) => /label.*backend-tests|backend-tests.*label/.test(seen.blocked("DEVOPS-035")),
        },
      ],
    },
    {
      title: "backend-tests passes on main",
      tells: "The gate opens, and each task is again what its own evidence says.",
      act: run("success"),
      expected: [
        {
          says: "FE-004 is free, and in progress as before",
          met: (seen) => seen.blocked("FE-004") === "" && seen.inProgress("FE-004") !== "",
        },
        {
          says: "DEVOPS-035 stays blocked, by its label alone",
          met: (seen) => seen.blocked("DEVOPS-035").includes("label") && !seen.blocked("DEVOPS-035").includes(gate.name),
        },
      ],
    },
  ];
}
