/** A value as a program had it: a text as it is, everything else as JSON. Long words break where they must. */
export function ValueText({ value }: { value: unknown }) {
  if (typeof value === "string") return <span className="wrap-anywhere whitespace-pre-wrap">{value}</span>;
  return <code className="font-mono wrap-anywhere">{JSON.stringify(value)}</code>;
}
