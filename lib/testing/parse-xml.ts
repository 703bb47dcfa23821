export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Its own text, entities resolved. */
  text: string;
}

const NAME = "[A-Za-z_:][\\w:.-]*";
const TOKEN = new RegExp(
  `<\\?xml[^?]*\\?>|<(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>|</(${NAME})\\s*>|([^<]+)`,
  "y",
);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, "g");
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** With the flag u a lone half of a pair of surrogates is a character of its own. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u;

/** Reads XML without comments, CDATA and DOCTYPE, strictly. @throws Error where it is not well-formed */
export function parseXml(xml: string): XmlElement {
  if (FORBIDDEN.test(xml)) throw new Error("a character that no XML document may hold");
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  let at = 0;
  while (at < xml.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(xml);
    if (!found) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    at = TOKEN.lastIndex;
    const [, opened, attributes = "", empty, closed, text] = found;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += resolve(text);
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes what is not open`);
    if (opened === undefined) continue;
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(
      ([, name = "", value = ""]) => [name, resolve(value)] as const,
    );
    const element = { name: opened, attributes: Object.fromEntries(pairs), children: [], text: "" };
    parent.children.push(element);
    if (empty === "") open.push(element);
  }
  const [only, ...more] = root.children;
  if (open.length !== 1 || !only || more.length > 0 || root.text.trim() !== "")
    throw new Error("not one whole element");
  return only;
}

function resolve(text: string): string {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+;?|)(;?)/gi, (whole, body: string) => {
    const name = body.replace(/;$/, "");
    const number = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const character = name.startsWith("#") ? String.fromCodePoint(number) : NAMED[name];
    if (character === undefined || !whole.endsWith(";")) throw new Error(`no such entity: ${whole}`);
    return character;
  });
}
