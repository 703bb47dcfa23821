import { expect, test } from "vitest";
import { describeFacts } from "./facts";

test("names become titles and numbers get the unit of their name", () => {
  expect(
    describeFacts({
      usedPercent: 61.25,
      sizeBytes: 3.4e9,
      roundTripMs: 1.5,
      oldestSeconds: 90,
      maxConnections: 1204,
      certificateValid: true,
    }),
  ).toEqual([
    { name: "Used", text: "61.3 %" },
    { name: "Size", text: "3.4 GB" },
    { name: "Round trip", text: "1.5 ms" },
    { name: "Oldest", text: "90 s" },
    { name: "Max connections", text: "1,204" },
    { name: "Certificate valid", text: "yes" },
  ]);
});

test("phases are times, what is nested carries its parent's name, what is empty is left out", () => {
  expect(
    describeFacts({
      phases: { dns: 1.2, firstByte: 80 },
      path: "",
      missing: null,
      addresses: ["::1", "127.0.0.1"],
      none: [],
    }),
  ).toEqual([
    { name: "Phases, dns", text: "1.2 ms" },
    { name: "Phases, first byte", text: "80 ms" },
    { name: "Addresses", text: "::1, 127.0.0.1" },
    { name: "None", text: "none" },
  ]);
});
