import type { Stage } from "./stage.ts";
import type { Scene, Step } from "./step.ts";
import { stepsOfDelivery } from "./steps-of-delivery.ts";
import { stepsOfHolds } from "./steps-of-holds.ts";
import { stepsOfMerge } from "./steps-of-merge.ts";
import { stepsOfWords } from "./steps-of-words.ts";
import { stepsOfWork } from "./steps-of-work.ts";

const minutes = 60_000;

/** The whole story, on a repository in which two issues were there before the app. Steps build on each other: each is played once, in order. */
export async function storyOn({ sandbox, repository }: Stage): Promise<readonly Step[]> {
  const open = async (title: string) => (await repository.openIssue({ title, by: "mira" })).number;
  const scene: Scene = {
    sandbox,
    repository,
    later: () => sandbox.clock.advance(7 * minutes),
    deployIssue: await open("DEVOPS-035: Prod deploy"),
    refreshIssue: await open("AUTH-004: /auth/me and refresh flow"),
    pull: { number: 0, head: "" },
    allowed: 0,
    refused: 0,
    again: 0,
    released: [],
  };
  return [...stepsOfWork(scene), ...stepsOfHolds(scene), ...stepsOfWords(scene), ...stepsOfDelivery(scene), ...stepsOfMerge(scene)];
}
