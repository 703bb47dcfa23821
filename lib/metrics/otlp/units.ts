/** UCUM's codes that the product has a word of its own for; the values are the same. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ["1", ""],
  ["%", "percent"],
  ["ms", "ms"],
  ["s", "seconds"],
  ["By", "bytes"],
  ["By/s", "bytes_per_second"],
  ["1/s", "per_second"],
]);

/** `{requests}`: a count of something. */
const ANNOTATION = /^\{[^{}]*\}$/;
/** `{requests}/s` */
const ANNOTATION_PER_SECOND = /^\{[^{}]*\}\/s$/;

/** A unit of OpenTelemetry (UCUM, https://ucum.org) as the product names it; one that it has no name for stays as it is. Pure. */
export function toUnit(ucum: string): string {
  const known = UNITS.get(ucum);
  if (known !== undefined) return known;
  if (ANNOTATION.test(ucum)) return "count";
  return ANNOTATION_PER_SECOND.test(ucum) ? "per_second" : ucum;
}
