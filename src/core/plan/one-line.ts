/** A text on one line: line breaks and runs of blanks become one space. */
export const oneLine = (written: string): string => written.trim().replace(/\s+/g, " ");
