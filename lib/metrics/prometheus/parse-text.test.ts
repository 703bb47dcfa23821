import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSampleLine } from "./parse-line";
import { parseExposition } from "./parse-text";
import { type ExposedFamily, writeExposition } from "./write-text";

describe("a line", () => {
  test.each([
    ["up 1", { name: "up", labels: {}, value: 1 }],
    ["spaced\t 1.5e3  ", { name: "spaced", labels: {}, value: 1_500 }],
    [
      'a{__proto__="b",constructor="c"} 1',
      { name: "a", labels: JSON.parse('{"__proto__":"b","constructor":"c"}'), value: 1 },
    ],
    ['a{b="c",} 2 1700000000123', { name: "a", labels: { b: "c" }, value: 2, timestampMs: 1_700_000_000_123 }],
    ['a{ b = "c" , d="" } -3', { name: "a", labels: { b: "c", d: "" }, value: -3 }],
    ['a{b="q\\"uo\\\\te\\nd"} 4', { name: "a", labels: { b: 'q"uo\\te\nd' }, value: 4 }],
    ['a{b="}, {"} 5', { name: "a", labels: { b: "}, {" }, value: 5 }],
    ['{"dotted.name",b="c"} 6', { name: "dotted.name", labels: { b: "c" }, value: 6 }],
    ["a +Inf", { name: "a", labels: {}, value: Number.POSITIVE_INFINITY }],
    ["a -inf", { name: "a", labels: {}, value: Number.NEGATIVE_INFINITY }],
    ["a NaN", { name: "a", labels: {}, value: Number.NaN }],
    ['a_bucket{le="1"} 7 # {trace_id="x"} 0.6', { name: "a_bucket", labels: { le: "1" }, value: 7 }],
  ])("%s", (line, sample) => {
    expect(parseSampleLine(line, false)).toEqual(sample);
  });

  test.each([
    ["", "a metric name is missing (at character 1)"],
    ["9a 1", "a metric name is missing (at character 1)"],
    ["a", "the value is missing (at character 2)"],
    ["a one", '"one" is not a number (at character 6)'],
    ["a 1 soon", '"soon" is not a time (at character 9)'],
    ["a 1 2 3", "more than a value and a time (at character 7)"],
    ['a{b="c} 1', "a quoted text does not end (at character 5)"],
    ["a{b=c} 1", "a quoted text is missing (at character 5)"],
    ['a{b"c"} 1', '"=" is missing after the label b (at character 4)'],
    ['a{="c"} 1', "a label name is missing (at character 3)"],
    ['a{b="c" d="e"} 1', '"," or "}" is missing after a label (at character 9)'],
    ['a{b="c",b="d"} 1', "the label b stands there twice (at character 11)"],
    [`${"a".repeat(2_000)} 1`, "a metric name has more than 1000 characters"],
    ["a 1 1e300", '"1e300" is not a time'],
    ['a{"b"} 1', "a second metric name (at character 7)"],
  ])("%s is refused", (line, message) => {
    expect(() => parseSampleLine(line, false)).toThrow(message);
  });
});

test("what is wrong is told by its line; what is right beside it is kept", () => {
  const text = '# TYPE a counter\na_total 1\nb b\n\n# a remark\nc{x="1"} 2\r\n';
  const { families, problems, samples } = parseExposition(text);
  expect(samples).toBe(2);
  expect(families.map(({ name, type }) => `${name}: ${type}`)).toEqual(["a: counter", "c: unknown"]);
  expect(problems).toEqual([{ line: 3, message: '"b" is not a number (at character 4)' }]);
});

test("OpenMetrics: times are seconds, units are told, nothing is read after its end", () => {
  const text = "# TYPE t_seconds gauge\n# UNIT t_seconds seconds\nt_seconds 2 1700000000.5\n# EOF\nt_seconds 3\n";
  expect(parseExposition(text, { isOpenMetrics: true })).toMatchObject({
    samples: 1,
    families: [{ unit: "seconds", samples: [{ value: 2, timestampMs: 1_700_000_000_500 }] }],
  });
});

test("past the limit nothing more is read", () => {
  const text = Array.from({ length: 1_000 }, (_, i) => `m{i="${i}"} ${i}`).join("\n");
  expect(parseExposition(text, { limit: 10 }).samples).toBe(11);
});

test("after a hundred wrong lines nothing more is read: a target can't keep the worker busy", () => {
  const { problems, samples } = parseExposition(`${"x\n".repeat(1_000_000)}fine 1\n`);
  expect(problems).toHaveLength(100);
  expect(samples).toBe(0);
  const types = Array.from({ length: 5_000 }, (_, i) => `# TYPE m${i} gauge`).join("\n");
  expect(parseExposition(types, { limit: 100 }).families.length).toBeLessThanOrEqual(101);
});

test("whatever comes, it is read or told, and never thrown", () => {
  const piece = fc.constantFrom(
    "a",
    "{",
    "}",
    '"',
    "\\",
    ",",
    "=",
    " ",
    "\n",
    "# TYPE a ",
    "histogram",
    "1",
    "NaN",
    "é",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        fc.array(piece).map((all) => all.join("")),
      ),
      (text) => {
        const { families, samples } = parseExposition(text);
        expect(families.flatMap((family) => family.samples)).toHaveLength(samples);
      },
    ),
  );
});

const family: fc.Arbitrary<ExposedFamily> = fc.record({
  name: fc.stringMatching(/^[a-z_:][a-z0-9_:]{0,12}$/),
  type: fc.constant("gauge" as const),
  help: fc.string(),
  samples: fc.uniqueArray(
    fc.record({
      labels: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), fc.string({ unit: "binary" }), { maxKeys: 4 }),
      // Text has one zero.
      value: fc.double().map((value) => value + 0),
    }),
    { selector: ({ labels }) => JSON.stringify(Object.entries(labels).sort()), minLength: 1, maxLength: 5 },
  ),
});

test("what is written is read as it was, whatever stands in labels and help", () => {
  fc.assert(
    fc.property(fc.uniqueArray(family, { selector: ({ name }) => name }), (families) => {
      // Line ends other than \n are the text's own and not ours to keep apart.
      const plain = JSON.stringify(families).includes("\\r") ? [] : families;
      for (const format of ["text", "openmetrics"] as const) {
        const read = parseExposition(writeExposition(plain, format), { isOpenMetrics: format === "openmetrics" });
        expect(read.problems).toEqual([]);
        expect(read.families.map(({ name, samples }) => ({ name, samples }))).toEqual(
          plain.map(({ name, samples }) => ({
            name,
            samples: samples.map((s) => ({ ...s, name, labels: { ...s.labels } })),
          })),
        );
      }
    }),
  );
});
