import type { Plan } from "../words.ts";

/** What an edit makes of one plan file: how it reads now (null: there is none), and then (null: the edit takes it away). */
export type EditedPlan = { readonly path: string; readonly before: Plan | null; readonly after: Plan | null };
