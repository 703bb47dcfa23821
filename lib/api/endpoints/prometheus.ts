import { exposeChecks } from "@/lib/metrics/prometheus/expose-checks";
import { exposeInternals } from "@/lib/metrics/prometheus/expose-internals";
import { exposeSeries } from "@/lib/metrics/prometheus/expose-series";
import { CONTENT_TYPES, formatFor, writeExposition } from "@/lib/metrics/prometheus/write-text";
import { defineEndpoint } from "../define-endpoint";

export const prometheusMetrics = defineEndpoint({
  method: "GET",
  path: "/metrics",
  scope: "read",
  tag: "Metrics",
  summary: "The newest samples, check states and own internals as Prometheus text",
  description:
    "Prometheus text 0.0.4, or OpenMetrics 1.0 where `Accept` names it. Milliseconds are given in seconds, distributions as their p50, p95 and p99. Series without a sample in the last 5 minutes are left out, and those past 50,000: then `watchkeeper_exposition_cut` is 1.",
  handle: async (context, { request }) => {
    const families = await Promise.all([exposeInternals(context), exposeChecks(context), exposeSeries(context)]);
    const format = formatFor(request.headers.get("accept"));
    return new Response(writeExposition(families.flat(), format), {
      headers: { "Content-Type": CONTENT_TYPES[format] },
    });
  },
});
