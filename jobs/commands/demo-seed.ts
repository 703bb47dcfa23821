import { formatCount } from "@/lib/core/format";
import { seedDemo } from "@/lib/demo/seed-demo";
import { defineCommand } from "./define-command";
import { findProduct } from "./find-product";

export const demoSeed = defineCommand({
  summary:
    "Fills in a made-up history for a try-out; run again, it replaces what it made before and touches nothing else.",
  usage: "[--days DAYS]",
  options: { days: { type: "string", default: "30" } },
  run: async ({ context, print, note }, { days }) => {
    const productUrl = await findProduct(context.env);
    const made = await seedDemo(context, { days: Number(days), productUrl }, note);
    print(
      `Made up ${days} days: ${formatCount(made.samples)} samples of ${made.series} series, ` +
        `${formatCount(made.results)} results, ${made.checks} checks, ${made.incidents} incidents, ${made.alerts} alerts, ` +
        `${formatCount(made.events)} events of ${made.errors} errors, ${formatCount(made.logLines)} lines of logs.`,
    );
    return 0;
  },
});
