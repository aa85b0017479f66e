import { taskKey } from "../schedule/task-key.ts";
import type { BoardTask, Hold } from "../words.ts";
import { pullLink } from "./addresses.ts";
import { series } from "./block.ts";
import { code, inline } from "./escape.ts";
import { issueLink } from "./issue-lines.ts";
import { idLink, type Shown } from "./task-cells.ts";

/** Asks what would release a blocked task: every one of its holds has to end. `known` = the board's tasks by `taskKey`. */
export function releasesIn(shown: Shown, known: ReadonlyMap<string, BoardTask>): (task: BoardTask) => string {
  return (task) => {
    if (task.state.holds.length === 0) return "another status in its row";
    return series([...new Set(task.state.holds.map((hold) => releaseOf(shown, known, { task, hold })))], 3);
  };
}

/** By the hold's key, which names what holds (`core/status/fold.ts`). */
function releaseOf(
  shown: Shown,
  known: ReadonlyMap<string, BoardTask>,
  { task, hold }: { readonly task: BoardTask; readonly hold: Hold },
): string {
  const [, kind = "", rest = ""] = /^([a-z]+):(.*)$/s.exec(hold.key) ?? [];
  const number = Number(/^\d+$/.exec(rest)?.[0] ?? Number.NaN);
  switch (kind) {
    case "on":
    case "depends": {
      const other = known.get(taskKey(task.scope, rest));
      return `${other === undefined ? code(rest, 60) : idLink(shown, other)} completed`;
    }
    case "waits":
      return `${issueNamed(shown.web, rest)} closed`;
    case "gate":
      return `a green run of ${code(rest.replace(/:[^:]*$/, ""), 60)}`;
    case "pull":
      return Number.isNaN(number) ? byCommand(task) : `label off ${pullLink(shown.web, number)}`;
    case "issue":
      return Number.isNaN(number) ? byCommand(task) : `label off ${issueLink(shown.web, { repository: null, number })}`;
    default:
      return byCommand(task);
  }
}

const byCommand = ({ id }: BoardTask): string => code(`/unblock ${id}`, 80);

function issueNamed(web: string, name: string): string {
  const [, repository = "", number = ""] = /^(.*)#(\d+)$/s.exec(name) ?? [];
  if (number === "") return inline(name, 140);
  return issueLink(web, { repository: repository === "" ? null : repository, number: Number(number) });
}
