import { z } from "zod";
import { type Endpoint, defineEndpoint } from "../define-endpoint";
import { describeApi } from "../openapi";
import { alerts } from "./alerts";
import { anomalies } from "./anomalies";
import { audit } from "./audit";
import { channels } from "./channels";
import { checkResults } from "./check-results";
import { checkTypes } from "./check-types";
import { checks } from "./checks";
import { deploys } from "./deploys";
import { errors } from "./errors";
import { health } from "./health";
import { incidentActions } from "./incident-actions";
import { readIncidentFigures } from "./incident-figures";
import { incidents } from "./incidents";
import { live } from "./live";
import { logs } from "./logs";
import { maintenance } from "./maintenance";
import { metrics } from "./metrics";
import { postmortems } from "./postmortems";
import { prometheusMetrics } from "./prometheus";
import { otlpMetrics } from "./otlp-metrics";
import { publicStatusJson } from "./public-status";
import { ready } from "./ready";
import { slackInteractions } from "./slack-interactions";
import { rules } from "./rules";
import { silences } from "./silences";
import { statusPage } from "./status-page";
import { projects } from "./projects";
import { sentry } from "./sentry";
import { streamChanges } from "./stream";
import { tokens } from "./tokens";
import { users } from "./users";

let description: ReturnType<typeof describeApi> | undefined;

const openapi = defineEndpoint({
  method: "GET",
  path: "/api/openapi.json",
  scope: "public",
  tag: "About",
  summary: "This description",
  response: z.looseObject({ openapi: z.string() }),
  handle: async () => (description ??= describeApi(ENDPOINTS)),
});

/** Every endpoint of the HTTP API. Each has a line in lib/api/authorization.test.ts. */
export const ENDPOINTS: readonly Endpoint[] = [
  live,
  ready,
  health,
  openapi,
  ...checks,
  checkResults,
  checkTypes,
  ...metrics,
  ...anomalies,
  prometheusMetrics,
  otlpMetrics,
  ...alerts,
  ...rules,
  ...channels,
  ...silences,
  ...maintenance,
  ...incidents,
  ...deploys,
  ...postmortems,
  ...incidentActions,
  readIncidentFigures,
  ...statusPage,
  ...publicStatusJson,
  ...projects,
  ...errors,
  ...logs,
  ...sentry,
  ...users,
  ...tokens,
  ...audit,
  slackInteractions,
  streamChanges,
];
