import { type DemoProject, library, own } from "./demo-error";

const EXPRESS = [
  library("node_modules/router/lib/layer.js", "Layer.handleRequest", 152),
  library("node:internal/process/task_queues", "process.processTicksAndRejections", 105),
];

/** The payment service: Node.js. */
export const payments: DemoProject = {
  key: "payments",
  name: "Payments API",
  platform: "node",
  program: "payments-api",
  server: "payments-1",
  errors: [
    {
      type: "CredentialError",
      value: "The card processor refused the credential of merchant shop-eu (401)",
      level: "fatal",
      transaction: "POST /payments",
      days: [1.13, 1],
      perDay: 0,
      outage: { number: 0, perMinute: 6 },
      triage: { daysAgo: 1.05, to: "resolved" },
      comment:
        "4.12.0 does not read PROCESSOR_KEY any more. Back to 4.11.3; a test of the credential comes before each deploy.",
      frames: [
        ...EXPRESS,
        own(
          "src/processor/authorise.ts",
          "authorise",
          31,
          `
  const answer = await processor.post("/v1/charges", charge, { headers: signed(charge) });
  if (answer.status === 401)
>   throw new CredentialError(\`The card processor refused the credential of merchant \${merchant} (401)\`);
  return readCharge(answer.body);`,
          { merchant: "shop-eu" },
        ),
      ],
    },
    {
      type: "CardDeclined",
      value: "Charge ch_# was declined: insufficient_funds",
      level: "warning",
      transaction: "POST /payments",
      days: [30, 0],
      perDay: 11,
      isHandled: true,
      triage: { daysAgo: 29, to: "ignored" },
      frames: [
        ...EXPRESS,
        own(
          "src/payments/capture.ts",
          "capture",
          58,
          `
  const charge = await authorise(order);
> if (charge.outcome !== "approved") throw new CardDeclined(charge.id, charge.reason);
  return store(charge);`,
        ),
      ],
    },
    {
      type: "Error",
      value: "connect ETIMEDOUT 192.0.2.44:443",
      transaction: "POST /webhooks/processor",
      days: [22.4, 0],
      perDay: 0.7,
      outage: { number: 3, perMinute: 3 },
      frames: [
        library("node:net", "TCPConnectWrap.afterConnect [as oncomplete]", 1_611),
        own(
          "src/webhooks/deliver.ts",
          "deliver",
          26,
          `
export async function deliver(hook: Webhook, event: PaymentEvent) {
> const response = await request(hook.url, { method: "POST", body: JSON.stringify(event), timeout: 5_000 });
  await note(hook, response.status);
}`,
        ),
      ],
    },
    {
      type: "TypeError",
      value: "Cannot convert undefined to a BigInt",
      transaction: "GET /payouts/:id",
      days: [8, 2],
      perDay: 3,
      triage: { daysAgo: 1.9, to: "resolved" },
      frames: [
        ...EXPRESS,
        own(
          "src/payouts/amount.ts",
          "minorUnits",
          12,
          `
export function minorUnits(amount: Amount): bigint {
> return BigInt(amount.minor) * factorOf(amount.currency);
}`,
          { currency: "HUF" },
        ),
      ],
    },
    {
      type: "SequelizeDeadlockError",
      value: "deadlock detected",
      transaction: "POST /refunds",
      days: [17, 0],
      perDay: 1.2,
      frames: [
        ...EXPRESS,
        own(
          "src/refunds/refund.ts",
          "refund",
          47,
          `
    await ledger.lock(order.account, { transaction });
>   await ledger.book(entry, { transaction });
    await order.update({ refundedAt: now }, { transaction });`,
        ),
        library("node_modules/sequelize/lib/dialects/postgres/query.js", "Query.formatError", 332),
      ],
    },
    {
      type: "AssertionError",
      value: "The day's ledger does not balance: 12.20 EUR are missing",
      level: "fatal",
      transaction: "job close-day",
      days: [20, 4],
      perDay: 0.25,
      frames: [
        own(
          "src/ledger/close-day.ts",
          "closeDay",
          33,
          `
  const [debit, credit] = await Promise.all([sumOf(day, "debit"), sumOf(day, "credit")]);
> assert.equal(debit, credit, \`The day's ledger does not balance: \${format(credit - debit)} are missing\`);
  await seal(day);`,
        ),
      ],
    },
  ],
};
