import { readFileSync } from "node:fs";
import { z } from "zod";

// The same from src/ and from dist/.
const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");

/** The version of this Plankeeper, as package.json says. */
export const version = z.object({ version: z.string() }).parse(JSON.parse(text)).version;
