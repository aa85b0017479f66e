import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodesOf, offences, parse, seen, tablesOf } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { list, table } from "./block.ts";
import { code, codeLink, inline, link, plain } from "./escape.ts";

const web = "https://github.com/o/r";

describe("text of people", () => {
  test("mentions nobody, closes nothing and links to nothing", () => {
    for (const text of nastyTexts) expect(offences(`- ${inline(text, 300)}`), text).toEqual([]);
  });

  test("still reads as it was written", () => {
    expect(seen(inline("@octocat fixes #12 <b> a|b `c` *d* [e](f) $5 \\ deadbeef12 www.x.org https://x.org"))).toBe(
      "@octocat fixes #12 <b> a|b `c` *d* [e](f) $5 \\ deadbeef12 www.x.org https://x.org",
    );
    expect(seen(inline("👩‍👩‍👧‍👦 ناحیه‌ی 日本語 :rocket:"))).toBe("👩‍👩‍👧‍👦 ناحیه‌ی 日本語 :rocket:");
  });

  test("stays on one line, without characters that hide or turn the reading direction", () => {
    expect(plain("one\r\ntwo\u2028three\u0000four")).toBe("one two three four");
    expect(plain("\u202Egnp.exe zero\u200Bwi\u200Ddth\u2060 so\u00ADft")).toBe("gnp.exe zerowidth soft");
    expect(plain("lone \uD800!")).toBe("lone \uFFFD!");
  });

  test("is cut to so many characters as a person counts them", () => {
    expect(plain("abcdef", 6)).toBe("abcdef");
    expect(plain("abcdefg", 6)).toBe("abcde…");
    expect(plain("👩‍👩‍👧‍👦".repeat(3), 3)).toBe("👩‍👩‍👧‍👦".repeat(3));
    expect(plain("👩‍👩‍👧‍👦".repeat(4), 3)).toBe(`${"👩‍👩‍👧‍👦".repeat(2)}…`);
    expect(plain("a b c d", 5)).toBe("a b…");
    expect(plain("x".repeat(1_000_000), 10)).toBe(`${"x".repeat(9)}…`);
  });

  test("cannot hide a page of accents or joined emoji in one character", () => {
    expect(plain(`a${"\u0301".repeat(50_000)}`, 10).length).toBeLessThan(20);
    expect(plain("👩‍".repeat(5000), 10).length).toBeLessThan(400);
  });

  test("in a table or list, whatever it is, becomes text and nothing else", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 2, maxLength: 8 }), (texts) => {
        const rows = texts.map((text) => [inline(text), code(text), "x"]);
        const [parsed, ...others] = tablesOf(table(["One", "Two", "Three"], rows));
        expect(others).toEqual([]);
        expect(parsed?.children.map((row) => row.children.length)).toEqual([3, ...rows.map(() => 3)]);
        const all = list(texts.map((text) => `${inline(text)} ${code(text)} end`));
        const [items] = parse(all).children;
        expect(items?.type === "list" ? items.children.length : 0).toBe(texts.length);
        for (const text of [table(["One", "Two", "Three"], rows), all]) {
          expect(offences(text)).toEqual([]);
          expect(kindsIn(text)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("never loses or gains a visible character, but for blanks, when it is short", { timeout: 60_000 }, () => {
    const visible = fc.string({ unit: fc.constantFrom(..."ab1 @#|`*_[]()<>&~$\\!:/.-+=;é漢🚀"), maxLength: 60 });
    fc.assert(
      fc.property(visible, (text) => {
        expect(seen(`- x ${inline(text)}`)).toBe(`x ${text.replace(/\s+/g, " ").trim()}`.trimEnd());
        expect(seen(`- x ${code(text)}`)).toBe(`x ${text.replace(/\s+/g, " ").trim()}`.trimEnd());
      }),
      { numRuns: 150 },
    );
  });
});

describe("code", () => {
  test("is fenced by more backticks than it holds", () => {
    expect(code("a `b` c")).toBe("``a `b` c``");
    expect(code("`x`")).toBe("`` `x` ``");
    expect(code("")).toBe("");
  });

  test("with a pipe is code on both sides of it, the same in a table and out of one", () => {
    expect(code("/status ID todo|done")).toBe("`/status ID todo`&#124;`done`");
    expect(seen(code("a | |b|"))).toBe("a | |b|");
    expect(tablesOf(table(["One"], [[code("a|b")]]))[0]?.children).toHaveLength(2);
  });
});

describe("a link of ours", () => {
  test("leads only where it was told to, whatever its label and path hold", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyText, anyText, (label, path) => {
        for (const text of [link(label, `${web}/${path}`), codeLink(label, `${web}/${path}`)]) {
          const cell = table(["One", "Two"], [[`${text} and ${text}`, "x"]]);
          expect(offences(cell, web)).toEqual([]);
          expect(nodesOf(parse(cell)).filter(({ type }) => type === "link")).toHaveLength(2);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("to anything but a page of the web is no link", () => {
    expect(link("click", "javascript:alert(1)")).toBe("click");
    expect(link("click", "data:text/html,x")).toBe("click");
    expect(link("click", "")).toBe("click");
  });
});

const allowed = ["root", "table", "tableRow", "tableCell", "list", "listItem", "paragraph", "text", "inlineCode"];
const kindsIn = (text: string): readonly string[] =>
  nodesOf(parse(text))
    .map(({ type }) => type)
    .filter((type) => !allowed.includes(type));
