import { expect, test } from "vitest";
import { readAttention } from "@/lib/alerting/read-attention";
import { makePartitions } from "@/lib/db/partitions";
import { makeUser } from "@/lib/testing/actors";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { assignGroup } from "./assign-group";
import { ignoreGroup } from "./ignore-group";
import { resolveGroup } from "./resolve-group";

const context = await createTestContext();
context.setNow("2026-11-25T03:00:00Z");
await makePartitions(context.sql, new Date("2026-11-24T00:00:00Z"), new Date("2026-11-28T00:00:00Z"));

test("the overview shows the unresolved errors that were seen last, and counts what is news and nobody's", async () => {
  const read = async () => (await readAttention(context)).errors;
  expect(await read()).toEqual({ needing: 0, hasAny: false, recent: [] });
  const project = await makeProject(context, { name: "shop" });
  const ids: Record<string, string> = {};
  for (const name of ["a", "b", "c", "d", "e", "f", "g"]) {
    ids[name] = await sendOne(context, project, thrown(name));
    context.advance(60);
  }
  const id = (name: string) => ids[name] ?? "";
  await sendOne(context, project, thrown("careful", { level: "warning" }));
  context.advance(60);
  await sendOne(context, project, thrown("a"));
  await ignoreGroup(context, { id: id("f") });
  await resolveGroup(context, { id: id("e") });
  await assignGroup(context, { id: id("d"), assigneeId: (await makeUser(context, { role: "editor" })).id });
  const { needing, hasAny, recent } = await read();
  // Of a, b, c, d and g; the warning is shown and needs nobody.
  expect({ needing, hasAny }).toEqual({ needing: 4, hasAny: true });
  expect(recent.map(({ value, level }) => `${level} ${value}`)).toEqual([
    "error broke in a",
    "warning broke in careful",
    "error broke in g",
    "error broke in d",
    "error broke in c",
  ]);
  expect(recent[0]).toMatchObject({
    id: id("a"),
    project: "shop",
    events: 2,
    lastSeenAt: context.now(),
    isNew: true,
    isBack: false,
  });

  context.advance(86_400);
  await sendOne(context, project, thrown("e"));
  const later = await read();
  expect(later.needing).toBe(1);
  expect(later.recent[0]).toMatchObject({ id: id("e"), isNew: false, isBack: true });
});
