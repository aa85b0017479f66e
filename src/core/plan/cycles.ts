import type { Token } from "../words.ts";

type Edges = ReadonlyMap<Token, readonly Token[]>;

/**
 * The circles of a dependency graph: for every group of tokens that can all reach each other, one shortest circle through the
 * member that the graph lists first, in the order in which each depends on the next. Linear in tokens and edges.
 */
export function cycles(edges: Edges): readonly (readonly Token[])[] {
  const groupOf = strongGroups(edges);
  const seen = new Set<number>();
  const found: (readonly Token[])[] = [];
  for (const token of edges.keys()) {
    const group = groupOf.get(token) ?? -1;
    if (seen.has(group)) continue;
    seen.add(group);
    const circle = circleThrough(token, edges, groupOf);
    if (circle !== null) found.push(circle);
  }
  return found;
}

/** Tarjan's strongly connected components, without recursion: a plan may be one chain of 100 000 tasks. */
function strongGroups(edges: Edges): ReadonlyMap<Token, number> {
  const order = new Map<Token, number>();
  const low = new Map<Token, number>();
  const groupOf = new Map<Token, number>();
  const open: Token[] = [];
  for (const root of edges.keys()) {
    if (order.has(root)) continue;
    const path: { readonly token: Token; next: number }[] = [];
    enter(root, path);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const target = edges.get(step.token)?.[step.next];
      step.next += 1;
      if (target === undefined) leave(step.token, path);
      else if (!order.has(target)) enter(target, path);
      else if (!groupOf.has(target)) lower(step.token, order.get(target) ?? 0);
    }
  }
  return groupOf;

  function enter(token: Token, path: { readonly token: Token; next: number }[]): void {
    low.set(token, order.size);
    order.set(token, order.size);
    open.push(token);
    path.push({ token, next: 0 });
  }

  function leave(token: Token, path: { readonly token: Token; next: number }[]): void {
    path.pop();
    const parent = path.at(-1);
    const reach = low.get(token) ?? 0;
    if (parent !== undefined) lower(parent.token, reach);
    if (reach !== order.get(token)) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      groupOf.set(member, reach);
      if (member === token) return;
    }
  }

  function lower(token: Token, to: number): void {
    low.set(token, Math.min(low.get(token) ?? to, to));
  }
}

/** A shortest way from a token back to itself inside its group, by breadth-first search; null where there is none. */
function circleThrough(start: Token, edges: Edges, groupOf: ReadonlyMap<Token, number>): readonly Token[] | null {
  const cameFrom = new Map<Token, Token>();
  const waiting = [start];
  for (const token of waiting) {
    for (const target of edges.get(token) ?? []) {
      if (target === start) return wayTo(token, cameFrom);
      if (groupOf.get(target) !== groupOf.get(start) || cameFrom.has(target)) continue;
      cameFrom.set(target, token);
      waiting.push(target);
    }
  }
  return null;
}

function wayTo(last: Token, cameFrom: ReadonlyMap<Token, Token>): readonly Token[] {
  const way = [last];
  for (let token = cameFrom.get(last); token !== undefined; token = cameFrom.get(token)) way.push(token);
  return way.reverse();
}
