import { expect, test } from "vitest";
import { memoryUsage } from "./memory";

const GB = 1024 ** 3;
const meminfo = "MemTotal:       8388608 kB\nMemFree:         100000 kB\nMemAvailable:    6291456 kB\nBuffers: 10 kB\n";
const fallback = { usedBytes: 1, limitBytes: 16 * GB };
const host = { usedBytes: 2 * GB, limitBytes: 8 * GB };
const group = (limit: string, current: string, stat = "") => ({ limit, current, stat });

test.each([
  ["no control group: the machine", meminfo, [], host],
  ["no /proc: what the operating system says", undefined, [], fallback],
  ["a cut-off /proc/meminfo: the same", "MemTotal: 1 kB", [], { usedBytes: 1024, limitBytes: 1024 }],
  ["no limit in version 2", meminfo, [group("max\n", "1000\n")], host],
  ["no limit in version 1", meminfo, [group("9223372036854771712\n", "1000\n")], host],
  ["a limit above the machine's memory", meminfo, [group(String(9 * GB), "1000")], host],
  [
    "a limit in version 2, file pages not counted",
    meminfo,
    [group(`${2 * GB}\n`, `${GB}\n`, `anon 5\ninactive_file ${GB / 4}\nactive_file 9\n`)],
    { usedBytes: 0.75 * GB, limitBytes: 2 * GB },
  ],
  [
    "a limit in version 1 counts the whole tree's file pages",
    meminfo,
    [group(`${2 * GB}\n`, `${GB}\n`, `inactive_file 7\ntotal_inactive_file ${GB / 2}\n`)],
    { usedBytes: 0.5 * GB, limitBytes: 2 * GB },
  ],
  [
    "several levels: the one nearest to its limit",
    meminfo,
    [group(String(GB), String(GB / 2)), group(String(4 * GB), String(3 * GB)), group("max", "1")],
    { usedBytes: 3 * GB, limitBytes: 4 * GB },
  ],
  [
    "more file pages than usage",
    meminfo,
    [group(String(GB), "5", "inactive_file 9")],
    { usedBytes: 0, limitBytes: GB },
  ],
  ["a limit without its usage", meminfo, [{ limit: String(GB), current: undefined }], host],
  ["a limit of nothing", meminfo, [group("0", "0")], host],
] as const)("%s", (_, text, groups, expected) => {
  expect(memoryUsage(text, [...groups], fallback)).toEqual(expected);
});
