import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/**
 * What changes in a text, as `git diff` shows it and `git apply` takes it; empty where nothing does. Control signs, which a terminal would
 * obey, are shown as a box.
 */
export function unifiedDiff(path: string, { before, after }: { readonly before: string; readonly after: string }): string {
  if (before === after) return "";
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const name = path.replace(/^\/+/, "");
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, options);
  return patch.replace(controls, "□").replace(/\n$/, "");
}

// A line end and a tab are what they are, and emoji are joined by signs that show nothing; a carriage return is one only in front of its line feed.
const controls = /(?![\n\t]|\r\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;
