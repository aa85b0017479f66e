import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, configuration } from "../../../test/board.ts";
import { anyRows, tasksOf } from "../../../test/timetables.ts";
import { type BoardTask, type Status, statuses } from "../words.ts";
import type { Setting } from "./activity.ts";
import { membersOf } from "./membership.ts";
import { type LeftOut, type Network, networkOf } from "./network.ts";
import { networkAfter } from "./network-after.ts";
import { presentStatus } from "./readiness.ts";
import { indexOf } from "./task-index.ts";
import { timetableOf } from "./timetable.ts";
import { calendarOf } from "./working-time.ts";

function settingOf(tasks: readonly BoardTask[]): Setting {
  const boards = [board(tasks)];
  const settings = configuration({ capacity: { hoursPerDay: 6, owners: { backend: 2 }, holidays: [] } });
  const index = indexOf(boards);
  return {
    index,
    configuration: settings,
    calendar: calendarOf(settings),
    now: at(0),
    statuses: index.tasks.map(presentStatus),
    milestones: membersOf(boards, settings),
  };
}

/** All that a network says, by id, so that the order of activities says nothing. */
function saidBy(setting: Setting, network: Network) {
  const { times, levelled } = timetableOf(setting, network);
  const id = (place: number): string => network.activities[place]?.task.id ?? "";
  const tasksOfLeftOut = (one: LeftOut): readonly string[] =>
    one.kind === "circle" ? one.tasks.map((task) => task.id) : [one.task.id, one.kind === "unknown-dependency" ? one.token : ""];
  const said = network.activities.map((activity, place) => ({
    ...activity,
    follows: (network.predecessors[place] ?? []).map(id).sort(),
    earliest: times.earliestFinish[place],
    slack: times.slack[place],
    levelled: [levelled.start[place], levelled.finish[place]],
  }));
  return {
    activities: said.sort((a, b) => a.place - b.place),
    leftOut: network.leftOut.map((one) => `${one.kind} ${tasksOfLeftOut(one)}`).sort(),
  };
}

const anyPlan = fc
  .record({
    rows: anyRows(8),
    parents: fc.array(fc.nat(8), { maxLength: 8 }),
    missing: fc.nat(8),
    recurring: fc.nat(12),
    circle: fc.boolean(),
  })
  .map(({ rows, parents, missing, recurring, circle }) =>
    tasksOf(rows).map((task, place): BoardTask => {
      const parent = parents[place] ?? 8;
      const odd = [...(place === missing ? ["A-99"] : []), ...(circle && place === 0 && rows.length > 1 ? ["A-2"] : [])];
      return {
        ...task,
        parent: parent < place ? `A-${parent + 1}` : null,
        recurring: place === recurring,
        dependencies: [...task.dependencies, ...odd],
      };
    }),
  );

test("a network that is made from an earlier one of the same plans says what one that is made anew says", () => {
  fc.assert(
    fc.property(anyPlan, fc.array(fc.tuple(fc.nat(7), fc.constantFrom(...statuses)), { maxLength: 3 }), (tasks, changes) => {
      const before = settingOf(tasks);
      const changed: Status[] = [...before.statuses];
      for (const [place, status] of changes) if (place < changed.length) changed[place] = status;
      const after = { ...before, statuses: changed };

      const made = networkAfter(after, { network: networkOf(before), statuses: before.statuses });

      expect(saidBy(after, made)).toEqual(saidBy(after, networkOf(after)));
    }),
    { numRuns: 500 },
  );
});

test("of a plan in which one task is completed and another begun, all other activities are taken as they are", () => {
  const tasks = tasksOf(
    Array.from({ length: 6 }, () => ({ hours: 4, owner: "backend", priority: null, due: null, start: null, status: "todo", after: [1] })),
  );
  const before = settingOf(tasks);
  const network = networkOf(before);

  const made = networkAfter(
    { ...before, statuses: ["completed", "in-progress", "todo", "todo", "todo", "todo"] },
    { network, statuses: before.statuses },
  );

  expect(made.activities.map(({ task }) => task.id)).toEqual(["A-2", "A-3", "A-4", "A-5", "A-6"]);
  expect(made.predecessors).toEqual([[], [0], [1], [2], [3]]);
  expect(made.activities.slice(1).every((one) => network.activities.includes(one))).toBe(true);
});
