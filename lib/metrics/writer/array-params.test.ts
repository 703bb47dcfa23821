import fc from "fast-check";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { byteaArray, float8Array, int4Array, timestamptzArray } from "./array-params";

const context = await createTestContext();

const row = fc.record({
  id: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  value: fc.double({ noNaN: true }),
  ms: fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2200, 0) }),
  bytes: fc.uint8Array({ maxLength: 20 }),
});

test("PostgreSQL reads back what was written, to the last bit", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const { rows: read } = await context.sql.query(
        "SELECT * FROM unnest($1::int[], $2::float8[], $3::timestamptz[], $4::bytea[]) AS r(id, value, at, bytes)",
        [
          int4Array(rows, ({ id }) => id),
          float8Array(rows, ({ value }) => value),
          timestamptzArray(rows, ({ ms }) => ms),
          byteaArray(rows, ({ bytes }) => bytes),
        ],
      );
      expect(read).toEqual(
        rows.map(({ id, value, ms, bytes }) => ({ id, value, at: new Date(ms), bytes: Buffer.from(bytes) })),
      );
    }),
    { numRuns: 50 },
  );
});
