import { isOwnPull } from "../status/pull-events.ts";
import { type Effect, syncBranchOf } from "../words.ts";
import { type Decision, isOpen } from "./decision.ts";

/** Plans whose file may say something else than the board does now: statuses moved, the file did, or what was proposed for it came to an end. */
export function writeBacks({ fresh, planned, derived, planPaths }: Decision): readonly Effect[] {
  if (planned.configuration.writeBack === "off") return [];
  const branches = new Set(fresh.flatMap((fact) => (fact.kind === "pull" && isOwnPull(fact) && !isOpen(fact) ? [fact.branch] : [])));
  const paths = [
    ...derived.tasks.map((task) => task.path),
    ...planned.plans.map((row) => row.of ?? row.path),
    ...[...planPaths].filter((path) => planned.touched === "all" || branches.has(syncBranchOf(path))),
  ];
  return [...new Set(paths)].map((path) => ({ kind: "write-back", path }));
}
