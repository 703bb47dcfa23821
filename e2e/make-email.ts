import { renderEmail } from "@/lib/alerting/email/render-email";
import type { MessageAlert } from "@/lib/alerting/message";

/** Prints the HTML of an email with everything that one can have: for email.spec.ts, whose own compiler takes JSX for something else. */
const alert = (more: Partial<MessageAlert>): MessageAlert => ({
  id: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0001",
  fingerprint: "f1",
  kind: "firing",
  state: "firing",
  severity: "critical",
  ruleKey: "check-failing",
  ruleLabel: "Health check failing",
  subject: "Payments API",
  summary: "Payments API answered 503 (expected 200-299).",
  value: 97,
  threshold: 90,
  unit: "percent",
  labels: { check: "payments" },
  checkId: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0002",
  runbookUrl: "https://wiki.example.com/payments",
  firingSince: "2026-11-25T03:00:00.000Z",
  resolvedAt: null,
  acknowledgedBy: "Ada",
  incident: { id: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0004", number: 12, title: "Payments fail with 503" },
  effects: [{ subject: "Checkout", summary: "Checkout timed out after 4 s." }],
  note: "Slack could not be told: invalid_auth",
  ...more,
});
const longName = `host web-1.${"a-long-name.".repeat(12)}example.com`;
const alerts = [
  alert({}),
  alert({ severity: "warning", subject: longName, kind: "reminder" }),
  alert({ severity: "info", kind: "escalated" }),
  alert({ state: "resolved", kind: "resolved", resolvedAt: "2026-11-25T03:12:00.000Z" }),
  alert({ kind: "test" }),
  ...Array.from({ length: 30 }, (_, index) => alert({ subject: `Service ${index}` })),
];
const content = { alerts, appUrl: "https://watch.example.com", installation: "watch.example.com" };
process.stdout.write((await renderEmail(content, new Date("2026-11-25T03:12:00Z"))).html);
