import { count, details, nothing, page, series, table } from "./block.ts";
import { legend, signsOf, standingWords, taskCell } from "./diagram-signs.ts";
import type { GraphTask, GraphView } from "./diagram-views.ts";
import { code } from "./escape.ts";
import { type Arrow, arrowsAmong, neighbours } from "./graph-arrows.ts";
import { mermaidBlock, nodeText } from "./mermaid-text.ts";
import { hoursOf } from "./wording.ts";

/** More nodes than this are no picture any more. */
export const mostNodes = 60;

/**
 * What waits for what among the unfinished tasks, with its signs explained, what is not drawn counted, and the same as a table; nothing
 * where no task waits for another. Of the tasks that have neighbours, the critical and blocked ones are drawn, then those next to them, step
 * by step, then others; where there is no room, those that hold up most hours come first, with what is next to them. `amount` = how many
 * tasks, at most `mostNodes`.
 */
export function renderDependencyGraph(view: GraphView, amount = mostNodes): string {
  const tasks = [...new Map(view.tasks.map((task) => [task.key, task])).values()];
  const near = neighbours(tasks);
  if (near.size === 0) return "";
  const nodes = chosen(tasks, near, Math.min(amount, mostNodes));
  const { arrows, dropped } = arrowsAmong(nodes);
  return page(
    mermaidBlock(flowchart(nodes, arrows)),
    `An arrow leads to the task that waits. ${legend(nodes)}`,
    leftOut(tasks.length - nodes.length, dropped),
    details("The same as a table", table(["Task", "State", "Waits for", "Holds up"], rows(tasks, nodes))),
  );
}

type Near = ReadonlyMap<GraphTask, readonly GraphTask[]>;

/** In the view's order, so that a picture does not turn round when one task is added. */
function chosen(tasks: readonly GraphTask[], near: Near, amount: number): readonly GraphTask[] {
  const byWeight = tasks
    .filter((task) => near.has(task))
    .toSorted((a, b) => b.holdsUp.hours - a.holdsUp.hours || b.holdsUp.tasks - a.holdsUp.tasks);
  const marked = byWeight.filter(isMarked);
  // Too many of them: the heaviest half of the picture with what waits for them says more than all of it without an arrow.
  const picked = new Set(marked.length > amount ? marked.slice(0, Math.ceil(amount / 2)) : marked);
  // A set is walked in the order of adding, what is added on the way included: breadth first.
  for (const task of picked) {
    for (const next of near.get(task) ?? []) if (picked.size < amount) picked.add(next);
  }
  for (const task of byWeight) if (picked.size < amount) picked.add(task);
  return tasks.filter((task) => picked.has(task));
}

const isMarked = ({ critical, standing }: GraphTask): boolean => critical || standing === "blocked";

function flowchart(nodes: readonly GraphTask[], arrows: readonly Arrow[]): readonly string[] {
  const classed = (name: string, fits: (task: GraphTask) => boolean): readonly string[] => {
    const ids = nodes.flatMap((task, at) => (fits(task) ? [nodeId(at)] : []));
    return ids.length === 0 ? [] : [`  classDef ${name} ${styles[name]}`, `  class ${ids.join(",")} ${name}`];
  };
  return [
    "flowchart LR",
    "  accTitle: Which unfinished task waits for which",
    ...nodes.map((task, at) => `  ${nodeId(at)}${shaped(task)}`),
    ...arrows.map(({ from, to, thick }) => `  ${nodeId(from)} ${thick ? "==>" : "-->"} ${nodeId(to)}`),
    ...Object.keys(shapes).flatMap((standing) => classed(standing, (task) => task.standing === standing)),
    ...classed("critical", ({ critical }) => critical),
  ];
}

const nodeId = (at: number): string => `n${at + 1}`;

function shaped(task: GraphTask): string {
  const [open, close] = shapes[task.standing];
  return `${open}"${`${signsOf(task)} ${nodeText(`${task.id} ${task.title}`, 60)}`.trimEnd()}"${close}`;
}

const shapes: Readonly<Record<GraphTask["standing"], readonly [string, string]>> = {
  "in-progress": ["[[", "]]"],
  blocked: ["{{", "}}"],
  ready: ["([", "])"],
  waiting: ["[", "]"],
};

// Dark text on light ground with a strong edge: reads on GitHub's white page and on its dark one, whatever theme Mermaid takes there.
const styles: Readonly<Record<string, string>> = {
  "in-progress": "fill:#ddf4ff,stroke:#0969da,color:#1f2328",
  blocked: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
  ready: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  waiting: "fill:#f6f8fa,stroke:#6e7781,color:#1f2328",
  critical: "stroke-width:4px",
};

function leftOut(tasks: number, arrows: number): string {
  const parts = [[tasks, "more open task"] as const, [arrows, "more arrow"] as const];
  const said = parts.filter(([number]) => number > 0).map(([number, thing]) => count(number, thing));
  return said.length === 0 ? "" : `Not drawn: ${series(said)}.`;
}

function rows(tasks: readonly GraphTask[], nodes: readonly GraphTask[]): readonly (readonly string[])[] {
  const known = new Map(tasks.map((task) => [task.key, task]));
  return nodes.map((task) => {
    const waits = [...new Set(task.waitsFor)].flatMap((key) => (key === task.key ? [] : (known.get(key) ?? [])));
    return [
      taskCell(task),
      standingWords(task),
      waits.length === 0
        ? nothing
        : series(
            waits.map(({ id }) => code(id, 60)),
            5,
          ),
      heldUp(task),
    ];
  });
}

function heldUp({ holdsUp }: GraphTask): string {
  if (holdsUp.tasks === 0) return nothing;
  return `${count(holdsUp.tasks, "task")}${holdsUp.hours > 0 ? `, ${hoursOf(holdsUp.hours)} h` : ""}`;
}
