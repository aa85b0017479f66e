/** Text that may be put into a page as it is. */
export type Html = { readonly html: string };

/** A piece of a page. What is put in is escaped, unless it is Html itself; lists are joined. */
export function html(texts: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  const parts = values.map((value) => {
    if (typeof value === "string" || typeof value === "number") return escaped(String(value));
    return "html" in value ? value.html : value.map((one) => one.html).join("");
  });
  return { html: texts.map((text, index) => `${text}${parts[index] ?? ""}`).join("") };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
