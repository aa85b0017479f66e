import type { Token } from "../words.ts";

/**
 * The circles of a dependency graph: for every group of tokens that can all reach each other, one shortest circle through the
 * member that the graph lists first, in the order in which each depends on the next. Linear in tokens and edges.
 */
export function cycles(edges: ReadonlyMap<Token, readonly Token[]>): readonly (readonly Token[])[] {
  const graph = graphOf(edges);
  const groupOf = strongGroups(graph);
  const seen = new Uint8Array(graph.tokens.length);
  const found: (readonly Token[])[] = [];
  for (let node = 0; node < graph.tokens.length; node += 1) {
    const group = groupOf[node] ?? 0;
    if (seen[group] === 1) continue;
    seen[group] = 1;
    const circle = circleThrough(node, graph, groupOf);
    if (circle !== null) found.push(circle.map((one) => graph.tokens[one] ?? ""));
  }
  return found;
}

/**
 * The graph in numbers, in the order in which it lists its tokens: node n points to `targets[starts[n]]` up to `targets[starts[n + 1]]`.
 * Tokens that it only points to can be in no circle and are left out.
 */
type Graph = { readonly tokens: readonly Token[]; readonly starts: Int32Array; readonly targets: readonly number[] };

function graphOf(edges: ReadonlyMap<Token, readonly Token[]>): Graph {
  const tokens = [...edges.keys()];
  const nodeOf = new Map<Token, number>();
  for (const token of tokens) nodeOf.set(token, nodeOf.size);
  const starts = new Int32Array(tokens.length + 1);
  const targets: number[] = [];
  for (const [node, token] of tokens.entries()) {
    for (const target of edges.get(token) ?? []) {
      const to = nodeOf.get(target);
      if (to !== undefined) targets.push(to);
    }
    starts[node + 1] = targets.length;
  }
  return { tokens, starts, targets };
}

const startOf = ({ starts }: Graph, node: number): number => starts[node] ?? 0;
const endOf = ({ starts }: Graph, node: number): number => starts[node + 1] ?? 0;

/** Tarjan's strongly connected components, without recursion: a plan may be one chain of 100 000 tasks. Answers with the group of each node. */
function strongGroups(graph: Graph): Int32Array {
  const size = graph.tokens.length;
  const [order, low, next] = [new Int32Array(size).fill(-1), new Int32Array(size), new Int32Array(size)];
  const groupOf = new Int32Array(size).fill(-1);
  const open: number[] = [];
  const path: number[] = [];
  let entered = 0;
  for (let root = 0; root < size; root += 1) {
    if (order[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = startOf(graph, node) + (next[node] ?? 0);
      const target = edge < endOf(graph, node) ? graph.targets[edge] : undefined;
      next[node] = (next[node] ?? 0) + 1;
      if (target === undefined) leave(node);
      else if (order[target] === -1) enter(target);
      else if (groupOf[target] === -1) lower(node, order[target] ?? 0);
    }
  }
  return groupOf;

  function enter(node: number): void {
    low[node] = entered;
    order[node] = entered;
    entered += 1;
    open.push(node);
    path.push(node);
  }

  function leave(node: number): void {
    path.pop();
    const parent = path.at(-1);
    const reach = low[node] ?? 0;
    if (parent !== undefined) lower(parent, reach);
    if (reach !== order[node]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      groupOf[member] = reach;
      if (member === node) return;
    }
  }

  function lower(node: number, to: number): void {
    low[node] = Math.min(low[node] ?? to, to);
  }
}

/** A shortest way from a node back to itself inside its group, by breadth-first search; null where there is none. */
function circleThrough(start: number, graph: Graph, groupOf: Int32Array): readonly number[] | null {
  const cameFrom = new Map<number, number>();
  const waiting = [start];
  for (const node of waiting) {
    for (let edge = startOf(graph, node); edge < endOf(graph, node); edge += 1) {
      const target = graph.targets[edge] ?? start;
      if (target === start) return wayTo(node, cameFrom);
      if (groupOf[target] !== groupOf[start] || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      waiting.push(target);
    }
  }
  return null;
}

function wayTo(last: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const way = [last];
  for (let node = cameFrom.get(last); node !== undefined; node = cameFrom.get(node)) way.push(node);
  return way.reverse();
}
