/** Finds a value in parsed JSON: "status", "$.checks[0].name", "items.0.id". Pure. @returns undefined where there is none */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const part of partsOf(path)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Object.entries(value).find(([name]) => name === part)?.[1];
  }
  return value;
}

const partsOf = (path: string): string[] =>
  path
    .replace(/^\$\.?/, "")
    .replaceAll(/\[["']?([^\]"']*)["']?\]/g, ".$1")
    .split(".")
    .filter((part) => part !== "");

/** Is it what a person wrote in a form? Text as it is, anything else by its JSON: `true`, `3`, `null`. Pure. */
export function equalsText(value: unknown, expected: string): boolean {
  if (typeof value === "string" && value === expected) return true;
  return value !== undefined && JSON.stringify(value) === compact(expected);
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
