import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf } from "./address-policy";

const PUBLIC_ONLY = { allowPrivate: false };

describe("addresses that serve machine credentials", () => {
  test.each([
    "169.254.169.254",
    "169.254.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fe80::1",
    "fe80::1%eth0",
    "febf:ffff::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "FD00:C1::A9FE:A9FE",
  ])("%s is always refused", (address) => {
    expect(refusalOf(address)).toMatch(/^\S+ is .*, which is always refused$/);
    expect(refusalOf(address, { allowPrivate: true })).toBe(refusalOf(address, PUBLIC_ONLY));
  });

  test("in every spelling that holds an IPv4 address", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), (c, d) => {
        const dotted = `169.254.${c}.${d}`;
        const hex = `a9fe:${(c * 256 + d).toString(16)}`;
        const spellings = [
          dotted,
          `::ffff:${dotted}`,
          `::ffff:${hex}`,
          `0:0:0:0:0:ffff:${hex}`,
          `::${dotted}`,
          `64:ff9b::${dotted}`,
          `2002:${hex}::1`,
        ];
        for (const spelling of spellings) expect(refusalOf(spelling), spelling).toContain("always refused");
      }),
    );
  });
});

describe("private networks", () => {
  test.each([
    "127.0.0.1",
    "127.255.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "::",
    "::1",
    "fc00::1",
    "fdff::1",
    "fec0::1",
    "::ffff:10.0.0.1",
  ])("%s is allowed, and refused where the policy says so", (address) => {
    expect(refusalOf(address)).toBeUndefined();
    expect(refusalOf(address, PUBLIC_ONLY)).toMatch(/, which is refused by the address policy$/);
  });

  test.each(["172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "11.0.0.1", "2001:db8::1", "2606:4700::1111"])(
    "%s lies beside them",
    (address) => {
      expect(refusalOf(address, PUBLIC_ONLY)).toBeUndefined();
    },
  );
});

test.each(["", "shop.example", "1.2.3", "1.2.3.4.5", "12345::"])("%j is no address", (address) => {
  expect(refusalOf(address)).toBe(`${address} is not an IP address`);
});

test("any IPv6 address is judged the same in its short and its long form", () => {
  const word = fc.oneof(fc.constant(0), fc.constantFrom(0xfe80, 0xfd00, 0x64, 0xff9b, 0xffff, 0xa9fe), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.tuple(word, word, word, word, word, word, word, word), (words) => {
      const long = words.map((one) => one.toString(16)).join(":");
      const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
      const reason = (address: string) => refusalOf(address, PUBLIC_ONLY)?.slice(address.length);
      expect(reason(short)).toBe(reason(long));
    }),
  );
});
