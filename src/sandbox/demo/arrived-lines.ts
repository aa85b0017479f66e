import type { Arrived } from "./arrived.ts";

/** What GitHub told the app, a line for each person in turn: one act of a person is often several webhooks. */
export function arrivedLines(arrived: readonly Arrived[]): readonly string[] {
  return grouped(arrived, isSameHand).map((group) => {
    const things = grouped(group, isSameThing).map(thingOf);
    return `${things.join(", ")}, by ${group[0]?.by ?? "nobody"}${answerOf(group)}`;
  });
}

type Same = (one: Arrived, other: Arrived) => boolean;

const isSameHand: Same = (one, other) => one.by === other.by && one.redelivery === other.redelivery;
const isSameThing: Same = (one, other) => one.event === "workflow_run" && one.event === other.event;

function thingOf(stages: readonly Arrived[]): string {
  const actions = stages.flatMap(({ action }) => action ?? []).join(" → ");
  const { event = "", thing = "", detail = "" } = stages.at(-1) ?? {};
  return [event, thing, actions, detail].filter((part) => part !== "").join(" ");
}

/** The usual answer goes without saying. */
function answerOf(group: readonly Arrived[]): string {
  const again = group.some(({ redelivery }) => redelivery);
  const answers = [...new Set(group.map(({ answer }) => answer))].filter((answer) => again || answer !== 202);
  const said = answers.length === 0 ? "" : `, answered ${answers.map((answer) => (answer === 0 ? "not at all" : answer)).join(", ")}`;
  return `${again ? ", once more" : ""}${said}`;
}

function grouped(list: readonly Arrived[], same: Same): readonly (readonly Arrived[])[] {
  const groups: Arrived[][] = [];
  for (const one of list) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && same(one, last)) group.push(one);
    else groups.push([one]);
  }
  return groups;
}
