import fc from "fast-check";
import { expect, test } from "vitest";
import { findMojibake } from "./mojibake.ts";

test.each([
  ["Mac Roman", "Plan ‚Äî next ‚Üí step ‚úÖ", "Plan — next → step ✅"],
  ["Windows-1252", "Plan â€” cafÃ© â†’", "Plan — café →"],
  ["Latin-1", "Plan â\u0080\u0094 cafÃ©", "Plan — café"],
])("UTF-8 read as %s is recognised and put right", (encoding, damaged, line) => {
  expect(findMojibake(`# fine\n${damaged}\nmore\n`)).toMatchObject({ encoding, line });
});

test.each([
  "Plan — next → step ✅",
  "naïve café, Ünïcödé",
  "œuvre « très »",
  "日本語の計画",
  "Ελληνικά",
  "🚀🚀",
  "“quoted” – dash…",
  "ÀÉÎ",
  "ascii",
])("%s is left alone", (text) => {
  expect(findMojibake(text)).toBeNull();
});

test("any sign beyond ASCII that went through Latin-1 comes back", () => {
  const beyond = fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }).filter((text) => /^[^\x00-\x7f]+$/.test(text));
  fc.assert(
    fc.property(beyond, (text) => {
      const damaged = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
      const found = findMojibake(damaged);

      expect(found?.encoding === "Latin-1" ? found.line : text).toBe(text);
      expect(found).not.toBeNull();
    }),
  );
});
