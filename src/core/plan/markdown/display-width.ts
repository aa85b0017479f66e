/** How many columns of a terminal a text takes, as the tools that pad tables count: wide signs two, what only changes the sign before it none. */
export const displayWidth = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (none.test(sign) ? 0 : wide.test(sign) ? 2 : 1), 0);

const none = /[\p{Mn}\p{Me}\p{Cf}]/u;
const wide = /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/u;
