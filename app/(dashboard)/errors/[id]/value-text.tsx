/** Longer than a line of a card: one field a line then. */
const LONG = 80;

/** A value as a program had it: a text as it is, everything else as JSON. Long words break where they must. */
export function ValueText({ value }: { value: unknown }) {
  if (typeof value === "string") return <span className="wrap-anywhere whitespace-pre-wrap">{value}</span>;
  const short = JSON.stringify(value) ?? "";
  return (
    <code className="font-mono wrap-anywhere whitespace-pre-wrap">
      {short.length > LONG ? JSON.stringify(value, null, 2) : short}
    </code>
  );
}
