import type { Scene, Step } from "./step.ts";

/** GitHub delivers as GitHub does: twice, and in the wrong order. */
export function stepsOfDelivery(scene: Scene): readonly Step[] {
  const { sandbox, repository, refreshIssue } = scene;
  return [
    {
      title: "The delivery of mira's command arrives a second time",
      tells: "Its id is known, so it is accepted and has no second effect.",
      act: async () => {
        const delivery = sandbox.deliveries.findLast(({ event, payload }) => event === "issue_comment" && isAbout(payload, scene.allowed));
        scene.again = await sandbox.redeliver(delivery?.guid ?? "");
      },
      expected: [
        { says: "it is answered 202", met: () => scene.again === 202 },
        { says: "her comment still has one reaction", met: (seen) => seen.faces(scene.allowed).length === 1 },
      ],
    },
    {
      title: `mira labels #${refreshIssue} blocked by mistake and takes it off; GitHub tells it the other way round`,
      tells: "What counts is when things happened, not when the news of them came.",
      act: async () => {
        sandbox.hold();
        scene.later();
        await repository.label({ number: refreshIssue, label: "blocked", by: "mira" });
        scene.later();
        await repository.unlabel({ number: refreshIssue, label: "blocked", by: "mira" });
        await sandbox.release((pending) => {
          const turned = pending.toReversed();
          scene.released = turned.map(({ action }) => action ?? "");
          return turned;
        });
      },
      expected: [
        { says: "the removal is delivered first, the label after it", met: () => scene.released.join() === "unlabeled,labeled" },
        {
          says: "the summary has heard of both: 4 of 14 tasks have evidence",
          met: ({ summary }) => summary.includes("4 of 14 have evidence"),
        },
        { says: "AUTH-004 is free: ready, not blocked", met: (seen) => seen.ready("AUTH-004") !== "" && seen.blocked("AUTH-004") === "" },
      ],
    },
    {
      title: 'walt comments "/status AUTH-004"',
      tells: "Anyone may ask. The answer tells what happened, in the order in which it did.",
      act: () => {
        scene.later();
        return repository.comment({ issue: refreshIssue, by: "walt", body: "/status AUTH-004" });
      },
      expected: [
        {
          says: "the reply says that AUTH-004 is todo",
          met: (seen) => seen.replies(refreshIssue).some((reply) => reply.includes("is **todo**")),
        },
        {
          says: "and that it was blocked before that, not after",
          met: (seen) => seen.replies(refreshIssue).some((reply) => /blocked → todo[\s\S]*todo → blocked/.test(reply)),
        },
      ],
    },
  ];
}

function isAbout(payload: unknown, comment: number): boolean {
  const about = typeof payload === "object" && payload !== null && "comment" in payload ? payload.comment : null;
  return typeof about === "object" && about !== null && "id" in about && about.id === comment;
}
