import { Window } from "happy-dom";
import { z } from "zod";

/** A diagram as Mermaid reads it, its texts as a person sees them. */
export type Drawn =
  | { readonly kind: "flowchart"; readonly nodes: readonly Node[]; readonly arrows: readonly (readonly [string, string])[] }
  | { readonly kind: "gantt"; readonly sections: readonly string[]; readonly lines: readonly Line[] };

type Node = { readonly id: string; readonly text: string; readonly shape: string | undefined; readonly classes: readonly string[] };
type Line = {
  readonly section: string;
  readonly text: string;
  readonly start: string;
  readonly end: string;
  readonly flags: readonly string[];
};

/**
 * Reads a diagram with Mermaid itself, as GitHub does but without drawing. Throws where Mermaid would show an error in its place.
 * It keeps the diagram it reads last in one place, so ask for one after the other.
 */
export async function drawn(text: string): Promise<Drawn> {
  const mermaid = await loaded();
  const parsed = await mermaid.parse(text);
  if (parsed.diagramType !== "gantt" && parsed.diagramType !== "flowchart-v2") throw new Error(`this is a ${parsed.diagramType}`);
  if (Object.keys(parsed.config).length > 0) throw new Error("the text changes how Mermaid is set up");
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  return parsed.diagramType === "gantt" ? gantt(db) : flowchart(db);
}

/** The text of the only Mermaid block of a page. */
export function diagramIn(page: string): string {
  const blocks = [...page.matchAll(/^```mermaid\n(.*?)\n```$/gms)].map(([, text = ""]) => text);
  if (blocks.length !== 1) throw new Error(`the page has ${blocks.length} diagrams`);
  return blocks[0] ?? "";
}

const page = new Window();

// Half a second, and Mermaid looks for a browser when it is loaded.
let mermaid: Promise<typeof import("mermaid").default> | null = null;
function loaded(): Promise<typeof import("mermaid").default> {
  Object.assign(globalThis, { window: page, document: page.document });
  mermaid ??= import("mermaid").then((found) => {
    found.default.initialize({ startOnLoad: false, securityLevel: "strict" });
    return found.default;
  });
  return mermaid;
}

const nodeShape = z.object({ id: z.string(), text: z.string(), type: z.string().optional(), classes: z.array(z.string()) });
const arrowShape = z.object({ start: z.string(), end: z.string() });

function flowchart(db: object): Drawn {
  const nodes = z.map(z.string(), nodeShape).parse(asked(db, "getVertices"));
  return {
    kind: "flowchart",
    nodes: [...nodes.values()].map(({ id, text, type, classes }) => ({ id, text: shown(text), shape: type, classes })),
    arrows: z
      .array(arrowShape)
      .parse(asked(db, "getEdges"))
      .map(({ start, end }) => [start, end] as const),
  };
}

const flags = ["active", "done", "crit", "milestone"] as const;
const lineShape = z.object({
  section: z.string(),
  task: z.string(),
  startTime: z.date(),
  endTime: z.date(),
  active: z.boolean().optional(),
  done: z.boolean().optional(),
  crit: z.boolean().optional(),
  milestone: z.boolean().optional(),
});

function gantt(db: object): Drawn {
  const lines = z.array(lineShape).parse(asked(db, "getTasks"));
  return {
    kind: "gantt",
    sections: z.array(z.string()).parse(asked(db, "getSections")).map(shown),
    lines: lines.map((line) => ({
      section: shown(line.section),
      text: shown(line.task),
      start: localDay(line.startTime),
      end: localDay(line.endTime),
      flags: flags.filter((flag) => line[flag]),
    })),
  };
}

/** What the diagram answers to one of its questions; its type leaves open which it has. */
function asked(db: object, question: string): unknown {
  const answer: unknown = Reflect.get(db, question);
  if (typeof answer !== "function") throw new Error(`Mermaid's diagrams have no ${question} any more`);
  return answer.call(db);
}

// Mermaid keeps entities in a form of its own until it has drawn, and then leaves them to the browser.
function shown(text: string): string {
  const place = page.document.createElement("div");
  place.innerHTML = text.replaceAll("ﬂ°°", "&#").replaceAll("ﬂ°", "&").replaceAll("¶ß", ";");
  return (place.textContent ?? "").trim();
}

// Mermaid reads days in the local time zone.
const localDay = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
