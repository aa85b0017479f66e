import { endOf } from "./end-of.ts";
import { csvPlan, files, people, planPath } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

/** A part of a story: what people do. Resolves when the app has been told of it. */
export type Chapter = (stage: Stage) => Promise<void>;

export const install: Chapter = ({ sandbox, repository }) => sandbox.install([repository]);

/** A day's work, told to the app in one go: all of it was made before the app hears of any. */
export const work: Chapter = async ({ sandbox, repository }) => {
  sandbox.hold();
  sandbox.clock.advance(minute);
  await repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
  sandbox.clock.advance(minute);
  await repository.openPull({ title: "AUTH-005: CSRF and rate-limit tests", head: "auth-005-csrf", by: "dev" });
  sandbox.clock.advance(minute);
  const plan = csvPlan({ "ORG-006": "in-progress" });
  await repository.push({ branch: "main", by: "mira", commits: [{ message: "plan: start on orgs", files: { [planPath]: plan } }] });
  sandbox.clock.advance(minute);
  const { number } = await repository.openIssue({ title: "Questions", by: "mira" });
  sandbox.clock.advance(minute);
  await repository.comment({ issue: number, body: "/status AUTH-003", by: "passer-by" });
  sandbox.clock.advance(minute);
  await repository.comment({ issue: number, body: "/status DEVOPS-035 blocked waiting for prod keys", by: "tess" });
  await sandbox.release();
};

/** A story up to here, at rest. */
export async function begun(chapters: readonly Chapter[]): Promise<Stage> {
  const stage = await setStage({ files, people });
  for (const chapter of chapters) {
    await chapter(stage);
    await stage.settle();
  }
  return stage;
}

/** The end of a story in which nothing fails, found out once for each story. */
export function undisturbed(...chapters: readonly Chapter[]): ReturnType<typeof endOf> {
  const name = chapters.map((chapter) => chapter.name).join();
  const end = ends.get(name) ?? begun(chapters).then(endOf);
  ends.set(name, end);
  return end;
}

const ends = new Map<string, ReturnType<typeof endOf>>();
