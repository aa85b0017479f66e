/**
 * A hidden first line by which we know a comment or issue of ours again, when its number was lost. Two keys never share a marker,
 * and no key can end the comment early. Says nothing of who wrote it: look at the app too.
 */
export const marker = (kind: string, key: string): string => `<!-- plankeeper:${spelt(kind)}:${spelt(key)} -->`;

/** Whether a body begins with this marker. */
export const hasMarker = (body: string, mark: string): boolean =>
  body === mark || body.startsWith(`${mark}\n`) || body.startsWith(`${mark}\r\n`);

// `--` would end an HTML comment in some readers, so a second hyphen is spelt out.
const spelt = (text: string): string =>
  text.replace(/[^\w./-]|-(?=-|$)/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
