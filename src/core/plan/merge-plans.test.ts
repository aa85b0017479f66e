import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../words.ts";
import { comparePlans } from "./compare.ts";
import { mergePlans } from "./merge-plans.ts";
import { readPlan } from "./read-plan.ts";

const planOf = (rows: readonly string[]): Plan => {
  const { plan } = readPlan({
    path: "docs/plan.csv",
    text: `${["id,task,owner,status,estimated_hours", ...rows].join("\n")}\n`,
    named: true,
  });
  if (plan === null) throw new Error("it is no plan");
  return plan;
};
const told = ({ tasks }: Plan) => tasks.map(({ id, title, owner, status, hours }) => [id, title, owner, status, hours].join(","));

const fork = planOf(["A-1,Read,mira,todo,4", "A-2,Write,mira,todo,4", "A-3,Draw,jo,todo,4"]);

test("what was added, removed and restated meanwhile stays so, and what the branch changed is changed", () => {
  const standing = planOf(["A-0,Begin,mira,todo,1", "A-1,Read,mira,done,4", "A-2,Write,mira,todo,4", "A-4,Print,jo,todo,2"]);
  const branch = planOf(["A-1,Read,mira,todo,4", "A-2,Write,jo,todo,9", "A-3,Draw,jo,todo,4", "A-5,Sign,jo,todo,1"]);
  const merged = mergePlans(fork, standing, branch);

  expect(told(merged)).toEqual([
    "A-0,Begin,mira,todo,1",
    "A-1,Read,mira,completed,4",
    "A-2,Write,jo,todo,9",
    "A-4,Print,jo,todo,2",
    "A-5,Sign,jo,todo,1",
  ]);
  const { added, removed, restated, changed } = comparePlans(standing, merged);
  expect([added, removed].map((tasks) => tasks.map(({ id }) => id))).toEqual([["A-5"], []]);
  expect(restated.flatMap(({ before }) => before ?? [])).toEqual([]);
  expect(changed.map(({ after }) => after.id)).toEqual(["A-2"]);
});

test("of one row both changes stay where they are of different fields, and the branch's word counts where they are not", () => {
  const standing = planOf(["A-1,Read,mira,done,4", "A-2,Write,mira,todo,5", "A-3,Draw,jo,todo,4"]);
  const branch = planOf(["A-1,Read it,mira,todo,4", "A-2,Write,mira,todo,8", "A-3,Draw,jo,todo,4"]);

  expect(told(mergePlans(fork, standing, branch))).toEqual(["A-1,Read it,mira,completed,4", "A-2,Write,mira,todo,8", "A-3,Draw,jo,todo,4"]);
});

const anyRows = fc
  .uniqueArray(
    fc.record({ n: fc.integer({ min: 1, max: 12 }), hours: fc.integer({ min: 1, max: 3 }), status: fc.constantFrom("todo", "done") }),
    {
      selector: ({ n }) => n,
      minLength: 1,
    },
  )
  .map((rows) => planOf(rows.map(({ n, hours, status }) => `A-${n},Task ${n},mira,${status},${hours}`)));

test("where nothing happened meanwhile the branch's plan comes about, and where the branch changes nothing, what stands", () => {
  fc.assert(
    fc.property(anyRows, anyRows, (one, other) => {
      expect(told(mergePlans(one, one, other))).toEqual(told(other));
      expect(told(mergePlans(one, other, one)).toSorted()).toEqual(told(other).toSorted());
      expect(told(mergePlans(one, other, other)).toSorted()).toEqual(told(other).toSorted());
    }),
  );
});
