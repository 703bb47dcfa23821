import type { Resolver } from "node:dns/promises";

export const RECORD_TYPES = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** Each type's records as a zone file writes them: "10 mail.example.com", `0 issue "ca.example"`. */
export const READERS: Readonly<Record<RecordType, (resolver: Resolver, name: string) => Promise<string[]>>> = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  CAA: async (resolver, name) => (await resolver.resolveCaa(name)).map(caaText),
  CNAME: (resolver, name) => resolver.resolveCname(name),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`),
  NS: (resolver, name) => resolver.resolveNs(name),
  PTR: (resolver, name) => resolver.resolvePtr(name),
  SOA: async (resolver, name) => {
    const { nsname, hostmaster, serial } = await resolver.resolveSoa(name);
    return [`${nsname} ${hostmaster} ${serial}`];
  },
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map(
      (record) => `${record.priority} ${record.weight} ${record.port} ${record.name}`,
    ),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((chunks) => chunks.join("")),
};

function caaText({ critical, ...properties }: { critical: number }): string {
  const [tag, value] = Object.entries(properties)[0] ?? ["", ""];
  return `${critical} ${tag} "${String(value)}"`;
}

/** Are two values the same record? Names regardless of case and of a last dot, addresses in any spelling, texts exactly. Pure. */
export function sameValue(type: RecordType, found: string, expected: string): boolean {
  if (type === "TXT") return found === expected;
  return normal(type, found) === normal(type, expected);
}

function normal(type: RecordType, value: string): string {
  const text = value.toLowerCase().replace(/\.$/, "");
  if (type !== "AAAA" || !URL.canParse(`http://[${text}]`)) return text;
  return new URL(`http://[${text}]`).hostname;
}
