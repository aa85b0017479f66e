import fc from "fast-check";
import { expect, test } from "vitest";
import { changedFiles, contents, isFolderPath, packFolder, unpackFolder } from "./folder.ts";
import { linesOf } from "./line-index.ts";

const name = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).map((text) => text.replaceAll("\0", "-"));
const folder = fc.dictionary(name, fc.string({ unit: "binary", maxLength: 30 }), { maxKeys: 6 }).map((all) => new Map(Object.entries(all)));

test("a folder's files come out of its text as they went in, sorted by their paths", () => {
  fc.assert(
    fc.property(folder, (files) => {
      const packed = packFolder(files);
      const expected = [...files].map(([path, content]) => [path, content.replaceAll("\0", "\uFFFD")] as const);

      expect([...contents(packed)]).toEqual(expected.sort(([a], [b]) => (a < b ? -1 : 1)));
    }),
  );
});

test.each(["a file", "\0a.md", "\0a.md\0", "\0a.md\0text", "\0\0\ntext", "text\0a.md\0\ntext"])("%j is no packed folder", (text) => {
  expect(unpackFolder(text)).toBeNull();
});

test("an empty folder has an empty text", () => {
  expect(packFolder(new Map())).toBe("");
  expect(unpackFolder("")).toEqual([]);
});

test("an edited folder is told as the files that differ", () => {
  const before = packFolder(
    new Map([
      ["a.md", "one"],
      ["b.md", "two"],
      ["c.md", "three"],
    ]),
  );
  const after = packFolder(
    new Map([
      ["a.md", "one"],
      ["b.md", "2"],
      ["d.md", "four"],
    ]),
  );

  expect(changedFiles(before, after)).toEqual([
    { path: "b.md", content: "2" },
    { path: "d.md", content: "four" },
    { path: "c.md", content: null },
  ]);
  expect(changedFiles(before, before)).toEqual([]);
});

test("a place in a folder is a line of one of its files", () => {
  const text = packFolder(
    new Map([
      ["a.md", "one\ntwo\n"],
      ["b.md", "\nthree"],
      ["c.md", ""],
    ]),
  );
  const lines = linesOf("backlog/", text);

  expect(lines.placeOf(text.indexOf("wo"))).toEqual({ path: "backlog/a.md", line: 2, column: 2 });
  expect(lines.placeOf(text.indexOf("three"))).toEqual({ path: "backlog/b.md", line: 2, column: 1 });
  expect(lines.placeOf(text.length)).toEqual({ path: "backlog/c.md", line: 1, column: 1 });
  expect(lines.placeOf(0)).toEqual({ path: "backlog/a.md", line: 1, column: 1 });
});

test("a path that ends with a slash is a folder's", () => {
  expect(["backlog/", "plan.md", ""].map(isFolderPath)).toEqual([true, false, false]);
});
