/** What a YAML text says, and where. Offsets are those of the text; `to` is not included. */
export type YamlNode = Text | List | Mapping | Alias | Nothing;

/** `shared` = it has an anchor or a tag, so that writing it anew would change more than itself. */
type Place = { readonly from: number; readonly to: number; readonly shared: boolean };

/** A scalar as the file spells it: `1.10`, `true` and `2026-03-01` are text, whatever type a YAML loader would make of them. */
export type Text = Place & { readonly kind: "text"; readonly value: string; readonly style: "plain" | "single" | "double" | "block" };
export type List = Place & { readonly kind: "list"; readonly items: readonly YamlNode[]; readonly flow: boolean };
export type Mapping = Place & { readonly kind: "map"; readonly pairs: readonly Pair[]; readonly flow: boolean };
/** `*name`; null where no anchor of that name stands above it. What it names is looked at, never copied. */
export type Alias = Place & { readonly kind: "alias"; readonly target: Text | List | Mapping | null };
/** No value: `owner:` alone, or a bare key. */
export type Nothing = Place & { readonly kind: "nothing" };

/** A key and its value. `colon` = the offset behind the colon; null where there is none. */
export type Pair = {
  readonly key: string;
  readonly from: number;
  readonly colon: number | null;
  readonly value: YamlNode;
};

// An alias may stand ten thousand times, and what it names may be long: only so much of that is looked at each time.
const mostOfAlias = 50;

/** What a value says as a cell of a table would; lists of words become one text, what is nested deeper none (null). */
export function cellOf(node: YamlNode, joint = ", "): string | null {
  switch (node.kind) {
    case "text":
      return node.style === "plain" && /^(?:null|~)?$/i.test(node.value) ? "" : node.value;
    case "nothing":
      return "";
    case "alias":
      if (node.target?.kind === "text") return cellOf(node.target);
      return node.target?.kind === "list" ? listed(node.target.items.slice(0, mostOfAlias), joint) : null;
    case "list":
      return listed(node.items, joint);
    case "map":
      return null;
  }
}

function listed(items: readonly YamlNode[], joint: string): string | null {
  const cells: string[] = [];
  for (const item of items) {
    const cell = item.kind === "list" || (item.kind === "alias" && item.target?.kind !== "text") ? null : cellOf(item);
    if (cell === null) return null;
    if (cell !== "") cells.push(cell);
  }
  return cells.join(joint);
}

/** The pairs of a map and, behind them, those that `<<` takes over from others: a map's own key wins. */
export function withMerged({ pairs }: Mapping): readonly Pair[] {
  const merged = pairs
    .filter(({ key }) => key === "<<")
    .flatMap(({ value }) => (value.kind === "list" ? value.items.slice(0, 5) : [value]));
  if (merged.length === 0) return pairs;
  const own = new Set(pairs.map(({ key }) => key));
  const others = merged.flatMap((one) =>
    one.kind === "alias" && one.target?.kind === "map" ? one.target.pairs.slice(0, mostOfAlias) : [],
  );
  return [...pairs.filter(({ key }) => key !== "<<"), ...others.filter(({ key }) => key !== "<<" && !own.has(key))];
}
