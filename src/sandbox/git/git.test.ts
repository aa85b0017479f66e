import { describe, expect, test } from "vitest";
import { changesBetween, sizeOf } from "./changes.ts";
import { between, history, mergeBase } from "./history.ts";
import { lineChanges } from "./lines.ts";
import { apply, merge } from "./merge.ts";
import { childrenOf, createObjects, type Files, filesAt, type Objects, type Sha, writeBlob, writeCommit, writeTree } from "./objects.ts";

const at = Date.parse("2026-03-02T10:00:00Z");
const maria = { name: "maria", email: "maria@example.com", login: null, at };

describe("objects have the names git gives them", () => {
  const objects = createObjects();
  const files: Files = folder(objects, {
    "plan.csv": "id,title\nA-1,One\n",
    "docs/a.md": "# A\n",
    "docs/a/b.txt": "x\n",
    "docs.txt": "y\n",
  });
  const tree = writeTree(objects, files);

  test("blobs, trees and a commit, as git 2.39 named them", () => {
    expect(writeBlob(objects, "x\n")).toBe("587be6b4c3f93f93c489c0111bba5596147a26cb");
    expect(tree).toBe("8addf35ac7eab2ff01da3a73ab96c9b2dc5710bf");
    expect(writeCommit(objects, { tree, parents: [], message: "Begin\n\nwith a body\n", author: maria, committer: maria }).sha).toBe(
      "12de908f40de36c7789447199ae87b2f33d82049",
    );
  });

  test("a folder sorts as if its name ended with a slash", () => {
    expect(childrenOf(objects, files).map(({ name }) => name)).toEqual(["docs.txt", "docs", "plan.csv"]);
  });

  test("an empty folder is git's empty tree", () => {
    expect(writeTree(objects, new Map())).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  });
});

describe("history", () => {
  test("lists newest first and never a parent before its child, even when all happened in one second", () => {
    const { objects, commit } = repository();
    const root = commit("root");
    const left = commit("left", [root]);
    const right = commit("right", [root]);
    const both = commit("both", [left, right]);

    const order = history(objects, both).map(({ message }) => message);
    expect(order[0]).toBe("both");
    expect(order.slice(1, 3).sort()).toEqual(["left", "right"]);
    expect(order[3]).toBe("root");
  });

  test("what a branch has and another has not comes oldest first", () => {
    const { objects, commit } = repository();
    const root = commit("root");
    const one = commit("one", [root], 1);
    const two = commit("two", [one], 2);

    expect(between(objects, root, two).map(({ message }) => message)).toEqual(["one", "two"]);
    expect(between(objects, two, root)).toEqual([]);
  });

  test("the merge base is the newest commit both sides have", () => {
    const { objects, commit } = repository();
    const root = commit("root");
    const fork = commit("fork", [root], 1);
    const ours = commit("ours", [fork], 2);
    const theirs = commit("theirs", [fork], 3);

    expect(mergeBase(objects, ours, theirs)).toBe(fork);
    expect(mergeBase(objects, ours, commit("alone"))).toBe(null);
  });
});

describe("changes", () => {
  test("files are added, removed, modified, and renamed when they moved as they were", () => {
    const objects = createObjects();
    const before = folder(objects, { "a.md": "a\n", "b.md": "b\n", "c.md": "c\n" });
    const after = folder(objects, { "a.md": "A\n", "moved/b.md": "b\n", "d.md": "d\n" });

    expect(changesBetween(before, after).map(({ path, status, previous }) => [status, previous, path])).toEqual([
      ["modified", null, "a.md"],
      ["removed", null, "c.md"],
      ["added", null, "d.md"],
      ["renamed", "b.md", "moved/b.md"],
    ]);
  });

  test("a binary file has no patch", () => {
    const objects = createObjects();
    const [change] = changesBetween(new Map(), folder(objects, { "a.bin": "a\0b" }));

    expect(change && sizeOf(objects, change)).toEqual({ additions: 0, deletions: 0, patch: null });
  });

  test("a patch is what git diff prints below the file header", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n";
    const printed = [
      ...["@@ -1,5 +1,5 @@", " 1", "-2", "+two", " 3", " 4", " 5"],
      ...["@@ -10,5 +10,5 @@", " 10", " 11", " 12", "-13", " 14", "+15", "\\ No newline at end of file"],
    ];
    const after = "1\ntwo\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n14\n15";

    expect(lineChanges(before, after)).toEqual({ additions: 2, deletions: 2, patch: printed.join("\n") });
  });

  test("a new file is one hunk that starts at nothing", () => {
    expect(lineChanges("", "a\nb\n").patch).toBe("@@ -0,0 +1,2 @@\n+a\n+b");
    expect(lineChanges("a\n", "").patch).toBe("@@ -1 +0,0 @@\n-a");
  });
});

describe("merging", () => {
  test("takes from each side the files it changed", () => {
    const { objects, commit } = repository();
    const root = commit("root", [], 0, { "a.md": "a\n", "b.md": "b\n", "c.md": "c\n" });
    const ours = commit("ours", [root], 1, { "a.md": "A\n", "b.md": "b\n", "c.md": "c\n" });
    const theirs = commit("theirs", [root], 2, { "a.md": "a\n", "d/b.md": "b\n", "new.md": "n\n" });

    expect(merge(objects, ours, theirs)).toEqual({ files: folder(objects, { "a.md": "A\n", "d/b.md": "b\n", "new.md": "n\n" }) });
  });

  test("a file that both sides changed differently is a conflict", () => {
    const { objects, commit } = repository();
    const root = commit("root", [], 0, { "a.md": "a\n" });
    const ours = commit("ours", [root], 1, { "a.md": "ours\n" });
    const theirs = commit("theirs", [root], 2, { "a.md": "theirs\n" });

    expect(merge(objects, ours, theirs)).toMatchObject({ conflicts: ["a.md"] });
    expect(merge(objects, ours, ours)).toEqual({ files: filesAt(objects, ours) });
  });

  test("a change that stands already is no conflict", () => {
    const objects = createObjects();
    const before = folder(objects, { "a.md": "a\n" });
    const after = folder(objects, { "a.md": "b\n" });

    expect(apply(before, after, after)).toEqual({ files: after });
  });
});

function folder(objects: Objects, texts: Readonly<Record<string, string>>): Files {
  return new Map(Object.entries(texts).map(([path, text]) => [path, writeBlob(objects, text)]));
}

function repository() {
  const objects = createObjects();
  const commit = (message: string, parents: readonly Sha[] = [], second = 0, texts: Readonly<Record<string, string>> = {}): Sha => {
    const who = { ...maria, at: at + second * 1000 };
    return writeCommit(objects, { tree: writeTree(objects, folder(objects, texts)), parents, message, author: who, committer: who }).sha;
  };
  return { objects, commit };
}
