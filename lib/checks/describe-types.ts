import { checkInput } from "./check-input";
import { type Field, configFields, fieldsOf } from "./config-fields";
import type { CheckType } from "./define-check";

/**
 * The page docs/checks.md, made from the kinds themselves: what each is for, its fields and an example. Pure.
 * `npm run docs:checks` writes it, a test holds the file to it.
 */
export function describeTypes(types: ReadonlyMap<string, CheckType>): string {
  const timing = checkInput.pick({ intervalSeconds: true, timeoutSeconds: true, failureThreshold: true });
  return [
    "# Kinds of checks",
    "<!-- Made by `npm run docs:checks` from lib/checks/types: edit there. -->",
    table(
      ["Kind", "", "What it looks at"],
      [...types].map(([id, { label, description }]) => [`[\`${id}\`](#${id})`, label, description]),
    ),
    "Checks are made in the dashboard, by `POST /api/v1/checks`, or in `monitoring.config.ts`. Besides the `config` of its kind, each has",
    fieldTable(fieldsOf(timing)),
    "A field marked *secret* is stored and never shown again; of a URL only the password is hidden.",
    ...[...types].map(([id, type]) => describeType(id, type)),
  ]
    .join("\n\n")
    .concat("\n");
}

function describeType(id: string, type: CheckType): string {
  const example = JSON.stringify({ type: id, label: type.label, config: type.example }, null, 2);
  return [`## ${id}`, `**${type.label}.** ${type.description}`, fieldTable(configFields(type)), fenced(example)].join(
    "\n\n",
  );
}

const fenced = (json: string) => `\`\`\`json\n${json}\n\`\`\``;

function fieldTable(fields: readonly Field[]): string {
  return table(
    ["Field", "Value", "Default", "Meaning"],
    fields.map((field) => [`\`${field.name}\``, valueOf(field), defaultOf(field), meaningOf(field)]),
  );
}

/** "number, 0 to 100", "`GET`, `HEAD` or `POST`", "text, *secret*" */
function valueOf(field: Field): string {
  return `${kindOf(field)}${boundsOf(field)}${field.secret ? ", *secret*" : ""}`;
}

function kindOf({ kind, options = [], items }: Field): string {
  switch (kind) {
    case "select":
      return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(options.map(code));
    case "boolean":
      return "`true` or `false`";
    case "list":
      return items === "number" ? "list of numbers" : "list of texts";
    case "pairs":
      return "names and texts";
    case "textarea":
      return "text of several lines";
    case "text":
    case "number":
      return kind;
  }
}

function boundsOf({ min, max }: Field): string {
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? "" : `, at most ${max}`;
}

function defaultOf(field: Field): string {
  if (field.required) return "required";
  return field.default === undefined ? "" : code(field.default);
}

const meaningOf = ({ name, title, description }: Field) =>
  [title === name ? "" : `${title}.`, description].filter((text) => text !== "").join(" ");

const code = (value: unknown) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
