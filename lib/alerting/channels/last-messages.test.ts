import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { listLastMessages } from "./last-messages";

const context = await createTestContext();
const now = new Date("2026-11-25T03:00:00Z");

test("of each channel what became of its newest message: of several recipients the one that is worst off", async () => {
  const channel = async (key: string) =>
    (await context.db.alertChannel.create({ data: { key, label: key, type: "email", config: {} } })).id;
  const [mail, hook] = [await channel("mail"), await channel("hook")];
  await channel("unused");
  const message = (channelId: string, target: string, minute: number, more: object) =>
    context.db.notificationMessage.create({
      data: {
        channelId,
        target,
        content: {},
        nextAttemptAt: now,
        createdAt: new Date(now.getTime() + minute * 60_000),
        ...more,
      },
    });
  await message(mail, "ada", 0, { status: "failed", lastError: "older" });
  await message(mail, "ada", 1, { status: "sent", attempts: 1 });
  await message(mail, "bob", 1, { status: "queued", attempts: 3, lastError: "the mailbox is full" });
  await message(hook, "hook", 1, { status: "sent", attempts: 2 });
  await message(hook, "hook", 2, { action: "update", status: "failed", lastError: "no news for people" });

  const last = await listLastMessages(context);
  expect(last.get(mail)).toMatchObject({ status: "queued", attempts: 3, error: "the mailbox is full" });
  expect(last.get(hook)).toMatchObject({ status: "sent", error: null });
  expect(last.size).toBe(2);
});
