/**
 * Whether a path or branch name fits a glob: `*` any characters but `/`, `**` any characters, `?` one character but `/`.
 * Linear in pattern × text whatever they hold (two fall-back points, no regular expression).
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = partsOf(pattern);
  // reach[j] = the first j characters can be spelt by the parts seen so far
  let reach = new Uint8Array(text.length + 1);
  reach[0] = 1;
  for (const part of parts) {
    const next = new Uint8Array(text.length + 1);
    if (part.kind === "deep" && part.slash) for (let j = 0; j <= text.length; j += 1) if (reach[j] === 1) next[j] = 1;
    let open = false;
    for (let j = 0; j <= text.length; j += 1) {
      const before = text[j - 1];
      switch (part.kind) {
        case "any":
          open = reach[j] === 1 || (open && before !== "/");
          if (open) next[j] = 1;
          break;
        case "deep":
          open = open || reach[j] === 1;
          if (open && (!part.slash || before === "/")) next[j] = 1;
          break;
        case "one":
          if (j > 0 && reach[j - 1] === 1 && before !== "/") next[j] = 1;
          break;
        case "same":
          if (j > 0 && reach[j - 1] === 1 && before === part.character) next[j] = 1;
          break;
      }
    }
    reach = next;
  }
  return reach[text.length] === 1;
}

type Part =
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "deep"; readonly slash: boolean }
  | { readonly kind: "same"; readonly character: string };

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern[i] ?? "";
    if (character === "?") parts.push({ kind: "one" });
    else if (character !== "*") parts.push({ kind: "same", character });
    else if (pattern[i + 1] !== "*") parts.push({ kind: "any" });
    else {
      const slash = pattern[i + 2] === "/";
      parts.push({ kind: "deep", slash });
      i += slash ? 2 : 1;
    }
  }
  return parts;
}
