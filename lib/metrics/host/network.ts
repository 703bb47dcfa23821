/** Bytes that came in and went out through each interface since it was made. */
export type InterfaceBytes = ReadonlyMap<string, { in: number; out: number }>;

/** Not to the outside: loopback, and the inner ends of bridges, tunnels and containers, whose bytes the real card counts too. */
const INNER = /^(lo|veth|docker|br-|virbr|cni|flannel|cali|lxc|ifb|dummy|tun|tap|tailscale|wg)/;

/** Reads the text of /proc/net/dev. Pure. */
export function parseNetDev(text: string): InterfaceBytes {
  const bytes = new Map<string, { in: number; out: number }>();
  for (const line of text.split("\n")) {
    const [, name, rest] = /^\s*([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined || INNER.test(name)) continue;
    const numbers = rest.trim().split(/\s+/).map(Number);
    bytes.set(name, { in: numbers[0] ?? 0, out: numbers[8] ?? 0 });
  }
  return bytes;
}

/**
 * Bytes a second between two readings, over the interfaces that both have. Pure.
 * @returns undefined when no time passed, or a counter went back (an interface was made anew)
 */
export function networkRate(
  before: InterfaceBytes,
  after: InterfaceBytes,
  elapsedMs: number,
): { in: number; out: number } | undefined {
  if (elapsedMs <= 0) return undefined;
  const sum = { in: 0, out: 0 };
  for (const [name, now] of after) {
    const then = before.get(name);
    if (!then) continue;
    if (now.in < then.in || now.out < then.out) return undefined;
    sum.in += now.in - then.in;
    sum.out += now.out - then.out;
  }
  return { in: (sum.in * 1000) / elapsedMs, out: (sum.out * 1000) / elapsedMs };
}
