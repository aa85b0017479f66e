import { type Configuration, type Status, statuses } from "../words.ts";

/** The label that blocks, if one of these does. */
export function blockingLabel(labels: readonly string[], configuration: Configuration): string | null {
  const blocking = configuration.labels.blocked ?? [];
  return labels.find((label) => blocking.includes(label.toLowerCase())) ?? null;
}

/** The status that labels state; blocking labels hold instead. The first in the order of statuses wins where several stand. */
export function labelledStatus(labels: readonly string[], configuration: Configuration): Status | null {
  const written = labels.map((label) => label.toLowerCase());
  return (
    statuses.find((status) => status !== "blocked" && (configuration.labels[status] ?? []).some((label) => written.includes(label))) ?? null
  );
}
