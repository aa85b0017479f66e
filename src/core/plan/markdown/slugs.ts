import { longestId } from "../task-id.ts";
import { normalise } from "../token.ts";
import type { Naming } from "./checklist.ts";

const longestSlug = 48;

/**
 * Makes ids of titles: `Write the *docs*` is `write-the-docs`, and the second one `write-the-docs-2`. A title says nothing of its status,
 * so an id stays when that changes.
 */
export function slugs(): Naming {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (title) => {
    const slug = slugOf(title);
    let count = counts.get(slug) ?? 0;
    let id = slug;
    do {
      count += 1;
      id = count === 1 ? slug : `${slug}-${count}`;
    } while (taken.has(normalise(id)));
    counts.set(slug, count);
    taken.add(normalise(id));
    return id;
  };
}

function slugOf(title: string): string {
  const words = title
    .slice(0, 400)
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  let slug = (words[0] ?? "task").slice(0, longestSlug);
  for (const word of words.slice(1)) {
    if (slug.length + word.length + 1 > longestSlug) break;
    slug += `-${word}`;
  }
  return slug.slice(0, longestId);
}
