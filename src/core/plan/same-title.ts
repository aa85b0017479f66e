/** Whether two titles are the same but for letter case and punctuation: two plans that give an id the same title mean the same task. */
export const sameTitle = (a: string, b: string): boolean => bareTitle(a) === bareTitle(b);

export const bareTitle = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
