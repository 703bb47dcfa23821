import { isIPv4, isIPv6 } from "node:net";

/** Which addresses the product may connect to. Some never, whatever the policy says (see `refusalOf`). */
export interface AddressPolicy {
  /** Loopback and private networks: what people monitor is mostly there. */
  allowPrivate: boolean;
}

export const DEFAULT_POLICY: AddressPolicy = { allowPrivate: true };

/** An address as eight words of 16 bits; IPv4 in its IPv6-mapped form, so that one table covers both. */
type Words = readonly number[];
type Range = readonly [prefix: string, bits: number, name: string];

const METADATA = "a cloud metadata address";

const ALWAYS_REFUSED: readonly Range[] = [
  ["::ffff:169.254.0.0", 112, "a link-local address (clouds serve machine credentials there)"],
  ["fe80::", 10, "a link-local address"],
  ["fd00:ec2::254", 128, METADATA],
  ["fd20:ce::254", 128, METADATA],
  ["fd00:c1::a9fe:a9fe", 128, METADATA],
  ["::ffff:100.100.100.200", 128, METADATA],
  ["::ffff:192.0.0.192", 128, METADATA],
  ["::ffff:168.63.129.16", 128, METADATA],
];

const PRIVATE: readonly Range[] = [
  ["::", 128, "the unspecified address (this machine)"],
  ["::1", 128, "a loopback address"],
  ["::ffff:0.0.0.0", 104, "an address of this machine"],
  ["::ffff:127.0.0.0", 104, "a loopback address"],
  ["::ffff:10.0.0.0", 104, "a private address"],
  ["::ffff:172.16.0.0", 108, "a private address"],
  ["::ffff:192.168.0.0", 112, "a private address"],
  ["::ffff:100.64.0.0", 106, "a carrier's private address"],
  ["fc00::", 7, "a private address"],
  ["fec0::", 10, "a private address"],
];

const compile = (ranges: readonly Range[]) =>
  ranges.map(([prefix, bits, name]) => ({ words: wordsOf(prefix), bits, name }));
const always = compile(ALWAYS_REFUSED);
const privately = compile(PRIVATE);

/** Checks connect to the same addresses again and again. */
const MAX_KNOWN = 1_000;
const known = new Map<string, string | undefined>();

/**
 * May we connect to this address? Pure. IPv4 addresses inside IPv6 ones (mapped, compatible, NAT64, 6to4) count as what they hold.
 * @param address an IP address, in any spelling that Node takes; a zone (`%eth0`) is ignored
 * @returns undefined when allowed, else the reason as "169.254.169.254 is a link-local address (…), which is always refused"
 */
export function refusalOf(address: string, policy: AddressPolicy = DEFAULT_POLICY): string | undefined {
  const key = `${policy.allowPrivate ? "private" : "public"} ${address}`;
  const answer = known.get(key);
  if (answer !== undefined || known.has(key)) return answer;
  if (known.size >= MAX_KNOWN) known.clear();
  const judged = judge(address, policy);
  known.set(key, judged);
  return judged;
}

function judge(address: string, policy: AddressPolicy): string | undefined {
  const bare = address.replace(/%.*$/, "");
  if (!isIPv4(bare) && !isIPv6(bare)) return `${address} is not an IP address`;
  const words = unwrap(wordsOf(bare));
  const never = always.find((range) => isWithin(words, range));
  if (never) return `${address} is ${never.name}, which is always refused`;
  if (policy.allowPrivate) return undefined;
  const inside = privately.find((range) => isWithin(words, range));
  return inside && `${address} is ${inside.name}, which is refused by the address policy`;
}

function isWithin(address: Words, range: { words: Words; bits: number }): boolean {
  return range.words.every((word, index) => {
    const bits = Math.min(16, Math.max(0, range.bits - index * 16));
    const shift = 16 - bits;
    return (address[index] ?? 0) >> shift === word >> shift;
  });
}

/** The IPv4 address that an IPv6 one carries, in its mapped form. */
function unwrap(words: Words): Words {
  const [a, b, c, d, e, f, g, h] = words;
  const leadingZeros = [a, b, c, d, e].every((word) => word === 0);
  // ::a.b.c.d, the deprecated "compatible" form; :: and ::1 are addresses of their own.
  if (leadingZeros && f === 0 && g !== 0) return mapped(g, h);
  if (a === 0x64 && b === 0xff9b && [c, d, e, f].every((word) => word === 0)) return mapped(g, h);
  if (a === 0x2002) return mapped(b, c);
  return words;
}

const mapped = (high = 0, low = 0): Words => [0, 0, 0, 0, 0, 0xffff, high, low];

/** @param address a valid IPv4 or IPv6 address without a zone */
function wordsOf(address: string): Words {
  if (!address.includes(":")) return mapped(...pairs(address));
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const hex = dotted
    ? `${dotted[1]}${pairs(dotted[2] ?? "")
        .map((word) => word.toString(16))
        .join(":")}`
    : address;
  const [head = "", tail] = hex.split("::");
  const parse = (part: string) => (part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16)));
  const before = parse(head);
  if (tail === undefined) return before;
  const after = parse(tail);
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function pairs(ipv4: string): [number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}
