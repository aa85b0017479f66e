import type { Scene, Step } from "./step.ts";

/** People tell the app something, and not everybody may. */
export function stepsOfWords(scene: Scene): readonly Step[] {
  const { repository, deployIssue } = scene;
  const say = (by: string, body: string) => {
    scene.later();
    return repository.comment({ issue: deployIssue, by, body });
  };
  return [
    {
      title: 'mira, a maintainer, comments "/status DEVOPS-035 blocked waiting for prod keys"',
      tells: "A command that is carried out gets a reaction and no text.",
      act: async () => {
        scene.allowed = (await say("mira", "/status DEVOPS-035 blocked waiting for prod keys")).id;
      },
      expected: [
        { says: "her comment gets a 🚀", met: (seen) => seen.faces(scene.allowed).includes("rocket") },
        { says: "DEVOPS-035 is blocked for her reason too", met: (seen) => seen.blocked("DEVOPS-035").includes("waiting for prod keys") },
      ],
    },
    {
      title: 'walt, a stranger, comments "/status FE-004 blocked waiting for prod keys"',
      tells: "Without the role he may only ask, so he is told what it takes.",
      act: async () => {
        scene.refused = (await say("walt", "/status FE-004 blocked waiting for prod keys")).id;
      },
      expected: [
        { says: "his comment gets a 😕", met: (seen) => seen.faces(scene.refused).includes("confused") },
        {
          says: "a reply says that it needs the triage role",
          met: (seen) => seen.replies(deployIssue).some((reply) => reply.includes("needs the triage role")),
        },
        { says: "FE-004 stays free", met: (seen) => seen.blocked("FE-004") === "" && seen.inProgress("FE-004") !== "" },
      ],
    },
  ];
}
