import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../../../test/mermaid.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { plain } from "./escape.ts";
import { barText, nodeText } from "./mermaid-text.ts";

/** What a person sees of each text as a node, and as the name of a section and of a bar. */
async function seenIn(texts: readonly string[]): Promise<readonly string[]> {
  const graph = await drawn(["flowchart LR", ...texts.map((text, at) => `n${at}["○ ${nodeText(text, 200)}"]`)].join("\n"));
  const bars = texts.map((text, at) => `section ${at}. ${barText(text, 200)}\n○ ${barText(text, 200)} :2026-01-05, 1d`);
  const chart = await drawn(["gantt", "dateFormat YYYY-MM-DD", ...bars].join("\n"));
  if (graph.kind !== "flowchart" || chart.kind !== "gantt") throw new Error("these are no such diagrams");
  const shown = [...graph.nodes.map(({ text }) => text), ...chart.sections, ...chart.lines.map(({ text }) => text)];
  return shown.map((text) =>
    text
      .replace(/^(?:○|\d+\.)/, "")
      .trim()
      .replaceAll("\u200B", ""),
  );
}

describe("text of people in a diagram", () => {
  test("holds nothing that pings, closes, links or is markup", () => {
    expect(nodeText('@team fixes #12 <script>--> | ` " ; % & ~ _ www.x.org https://x.org', 200)).toBe(
      "@\u200Bteam fixes #num;12 #lt;script#gt;--#gt; | #grave; #quot; #semi; #percnt; #amp; #sim; #lowbar; www\u200B.x.org https#colon;//x.org",
    );
    expect(barText('@team fixes #12 <script>--> | ` " ; % & ~ _', 200)).toBe(
      "@\u200Bteam fixes #num;12 #lt;script#gt;--#gt; | ` #quot; #semi; #percnt; #amp; ~ _",
    );
    for (const text of nastyTexts) {
      expect(nodeText(text, 200).replace(/#[a-z]+;/g, "")).not.toMatch(/["#$%&*:;<>[\\\]_`~\p{Cc}]|@(?!\u200B)/u);
      expect(barText(text, 200).replace(/#[a-z]+;/g, "")).not.toMatch(/["#%&:;<>\p{Cc}]|@(?!\u200B)/u);
    }
  });

  test("still reads as it was written", async () => {
    const texts = [
      'click a href "x"',
      "section x",
      "2026-01-05 : done, x, 1d",
      "title",
      "end",
      "%%{init: {'theme': 'dark'}}%%",
      "%% comment",
      "style a:b#c; classDef d:e#f;",
      "#quot; &quot; &#34; #35;",
      "1. first",
      "- second",
      "`**bold**` snake_case",
      "$$x^2$$ fa:fa-ban \\n <br/> ﬂ°lt¶ß",
      "accTitle: x",
      "]) }} --> ==> n1 & n2:::c@{shape: cyl}",
      "👩‍👩‍👧‍👦 ناحیه‌ی 日本語",
    ];
    expect(await seenIn(texts)).toEqual([...texts, ...texts, ...texts]);
  });

  test("is cut to so many characters as a person counts them, and never fills the diagram", () => {
    expect(nodeText("abcdef", 6)).toBe("abcdef");
    expect(nodeText("abcdefg", 6)).toBe("abcde…");
    expect(nodeText("______", 6)).toBe("#lowbar;".repeat(6));
    expect(nodeText("👩‍👩‍👧‍👦".repeat(50), 20)).toBe(`${"👩‍👩‍👧‍👦".repeat(14)}…`);
    for (const text of nastyTexts) {
      expect(nodeText(text, 20).length).toBeLessThanOrEqual(160);
      expect(barText(text, 20).length).toBeLessThanOrEqual(160);
    }
  });

  test("whatever it is, Mermaid reads it and shows what was written", { timeout: 120_000 }, async () => {
    const anyName = fc.oneof(
      anyText,
      fc.array(fc.constantFrom("ﬂ°", "¶ß", "%%", ";", "{", "}", "'", "#lt", "~"), { maxLength: 6 }).map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyName, { minLength: 1, maxLength: 6 }), async (texts) => {
        const written = texts.map((text) => plain(text, 200).replaceAll("\u200B", ""));
        const shown = await seenIn(texts);
        expect(shown.map((text) => text.replaceAll("∼", "~"))).toEqual(
          [...written, ...written, ...written].map((text) => text.replaceAll("∼", "~")),
        );
      }),
      { numRuns: 80 },
    );
  });
});
