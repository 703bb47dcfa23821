import fc from "fast-check";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { byteaArray, float8Array, int4Array, jsonbArray, timestamptzArray } from "./array-params";

const context = await createTestContext();

const row = fc.record({
  id: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  value: fc.double({ noNaN: true }),
  ms: fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2200, 0) }),
  bytes: fc.uint8Array({ maxLength: 20 }),
  json: fc.dictionary(
    fc.stringMatching(/^[a-zé"\\\\{},]*$/),
    fc.oneof(fc.stringMatching(/^[a-zé🦔"\\\\{}, \n]*$/u), fc.integer(), fc.constant(null)),
  ),
});

test("PostgreSQL reads back what was written, to the last bit", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const { rows: read } = await context.sql.query(
        "SELECT * FROM unnest($1::int[], $2::float8[], $3::timestamptz[], $4::bytea[], $5::jsonb[]) AS r(id, value, at, bytes, json)",
        [
          int4Array(rows, ({ id }) => id),
          float8Array(rows, ({ value }) => value),
          timestamptzArray(rows, ({ ms }) => ms),
          byteaArray(rows, ({ bytes }) => bytes),
          jsonbArray(rows, ({ json }) => JSON.stringify(json)),
        ],
      );
      expect(read).toEqual(
        rows.map(({ id, value, ms, bytes, json }) => ({
          id,
          value,
          at: new Date(ms),
          bytes: Buffer.from(bytes),
          json,
        })),
      );
    }),
    { numRuns: 50 },
  );
});
