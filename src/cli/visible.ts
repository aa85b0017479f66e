/** Text from files on one line of a terminal: control signs in it would be obeyed. */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");

/** The same for a text of several lines, whose line ends and tabs stay; what is taken out shows as a box. */
export const visibleLines = (text: string): string => text.replace(/(?![\n\t]|\r\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "□");
