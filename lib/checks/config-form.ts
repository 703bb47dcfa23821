import { type Configurable, configFields, type Field } from "./config-fields";

/**
 * Turns a form's texts into a config for the type's schema, which alone judges it: what can't be understood stays as it
 * was written, so that the schema's own message stands at its field. A field left empty is left out (its default holds).
 * @param form by field name; a ticked box is "on" or "true", an unticked one absent; lists and pairs have one item a line,
 *   pairs as `name: value`
 */
export function parseConfigForm(type: Configurable, form: Readonly<Record<string, string>>): Record<string, unknown> {
  const entries = configFields(type).map((field) => [field.name, parseField(field, form[field.name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function parseField(field: Field, text: string | undefined): unknown {
  if (field.kind === "boolean") return text === "on" || text === "true";
  if (text === undefined) return undefined;
  // A list that was emptied on purpose is an empty list, not its default.
  if (field.kind === "list") return linesOf(text).map((line) => (field.items === "number" ? parseNumber(line) : line));
  if (field.kind === "pairs") return Object.fromEntries(linesOf(text).map(parsePair));
  // The same of a text; where the type needs one, its schema says so at the field.
  if (field.kind === "text" && typeof field.default === "string") return text.trim();
  if (text.trim() === "") return undefined;
  if (field.kind === "number") return parseNumber(text);
  if (field.kind === "select") return field.options?.find((option) => String(option) === text) ?? text;
  return field.kind === "textarea" || field.secret ? text : text.trim();
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

function parseNumber(text: string): number | string {
  const number = Number(text.trim());
  return Number.isNaN(number) ? text : number;
}

/** A line without a colon is a name without a value, for the schema to refuse. */
function parsePair(line: string): [string, string | undefined] {
  const colon = line.indexOf(":");
  return colon === -1 ? [line, undefined] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** The texts that a form shows for a config: `parseConfigForm` gives the config back. Unset fields show their default. */
export function configFormValues(
  type: Configurable,
  config: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    configFields(type).map((field) => [field.name, toText(config[field.name] ?? field.default)]),
  );
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(String).join("\n");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, item]) => `${name}: ${String(item)}`)
      .join("\n");
  return String(value);
}
