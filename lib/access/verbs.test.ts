import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Actor, ANONYMOUS, ROLES, SCOPES, type Scope, may } from "@/lib/core/actor";
import { isProblem } from "@/lib/core/errors";
import { tokenActor, userActor } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";

/** Every verb with the scope that it asks for itself, whoever mounts it. A new one needs its line. */
const VERBS: Record<string, Scope> = {
  "access/change-own-password changeOwnPassword": "read",
  "access/create-token createToken": "admin",
  "access/create-user createUser": "admin",
  "access/delete-user deleteUser": "admin",
  "access/get-user getUser": "admin",
  "access/list-tokens listTokens": "admin",
  "access/audit-chain/verify-audit verifyAudit": "admin",
  "access/list-audit listAudit": "admin",
  "access/list-users listUsers": "admin",
  "access/revoke-token revokeToken": "admin",
  "access/update-user updateUser": "admin",
  "alerting/acknowledge-alert acknowledgeAlert": "alerts:write",
  "alerting/acknowledge-alert unacknowledgeAlert": "alerts:write",
  "alerting/channels/channel-verbs createChannel": "admin",
  "alerting/channels/channel-verbs deleteChannel": "admin",
  "alerting/channels/channel-verbs disableChannel": "admin",
  "alerting/channels/channel-verbs enableChannel": "admin",
  "alerting/channels/channel-verbs getChannel": "read",
  "alerting/channels/channel-verbs listChannels": "read",
  "alerting/channels/channel-verbs updateChannel": "admin",
  "alerting/channels/last-messages listLastMessages": "read",
  "alerting/delivery/send-again sendAgain": "alerts:write",
  "alerting/delivery/send-test sendTest": "admin",
  "alerting/get-alert getAlert": "read",
  "alerting/get-alert getAlertStory": "read",
  "alerting/list-alerts countAlerts": "read",
  "alerting/list-alerts listAlerts": "read",
  "alerting/maintenance/maintenance createMaintenance": "alerts:write",
  "alerting/maintenance/maintenance deleteMaintenance": "alerts:write",
  "alerting/maintenance/maintenance getMaintenance": "read",
  "alerting/maintenance/maintenance listMaintenance": "read",
  "alerting/maintenance/maintenance previewMaintenance": "read",
  "alerting/maintenance/maintenance updateMaintenance": "alerts:write",
  "alerting/read-attention readAttention": "read",
  "alerting/rules/list-rules getRule": "read",
  "alerting/rules/list-rules listRules": "read",
  "alerting/rules/preview-rule previewRule": "read",
  "alerting/rules/write-rule createRule": "alerts:write",
  "alerting/rules/write-rule deleteRule": "alerts:write",
  "alerting/rules/write-rule pauseRule": "alerts:write",
  "alerting/rules/write-rule resumeRule": "alerts:write",
  "alerting/rules/write-rule updateRule": "alerts:write",
  "alerting/silences/count-fitting countFitting": "read",
  "alerting/silences/silences createSilence": "alerts:write",
  "alerting/silences/silences endSilence": "alerts:write",
  "alerting/silences/silences listSilences": "read",
  "checks/count-check-states countCheckStates": "read",
  "checks/create-check createCheck": "checks:write",
  "checks/delete-check deleteCheck": "checks:write",
  "checks/get-check getCheck": "read",
  "checks/get-uptime getUptime": "read",
  "checks/list-check-durations listCheckDurations": "read",
  "checks/list-check-history listCheckHistory": "read",
  "checks/list-check-results listCheckResults": "read",
  "checks/list-check-states listCheckStates": "read",
  "checks/list-checks listChecks": "read",
  "checks/list-phase-series listPhaseSeries": "read",
  "checks/list-worst-checks listWorstChecks": "read",
  "checks/pause-check pauseCheck": "checks:write",
  "checks/pause-check resumeCheck": "checks:write",
  "checks/run-check-now runCheckNow": "checks:write",
  "checks/run-health-checks runHealthChecks": "read",
  "checks/update-check updateCheck": "checks:write",
  "errors/delete-user-data deleteUserData": "admin",
  "errors/events/get-event getEvent": "read",
  "errors/events/get-event getLatestEvent": "read",
  "errors/events/list-events listEvents": "read",
  "errors/groups/assign-group assignGroup": "errors:write",
  "errors/groups/assign-group linkGroupIncident": "errors:write",
  "errors/groups/comment-group commentGroup": "errors:write",
  "errors/groups/get-group getGroup": "read",
  "errors/groups/ignore-group ignoreGroup": "errors:write",
  "errors/groups/list-groups countGroups": "read",
  "errors/groups/list-groups listGroups": "read",
  "errors/groups/list-trends listTrends": "read",
  "errors/groups/merge-groups mergeGroups": "errors:write",
  "errors/groups/resolve-group reopenGroup": "errors:write",
  "errors/groups/resolve-group resolveGroup": "errors:write",
  "errors/projects/create-project createProject": "admin",
  "errors/projects/delete-project deleteProject": "admin",
  "errors/projects/list-projects getProject": "read",
  "errors/projects/list-projects listProjects": "read",
  "errors/projects/project-keys createKey": "admin",
  "errors/projects/project-keys revokeKey": "admin",
  "errors/projects/update-project updateProject": "admin",
  "incidents/acknowledge-incident acknowledgeIncident": "incidents:write",
  "incidents/actions/add-action addAction": "incidents:write",
  "incidents/actions/delete-action deleteAction": "incidents:write",
  "incidents/actions/list-actions countActions": "read",
  "incidents/actions/list-actions listActions": "read",
  "incidents/actions/list-actions listIncidentActions": "read",
  "incidents/actions/update-action updateAction": "incidents:write",
  "incidents/add-update addUpdate": "incidents:write",
  "incidents/change-entry changeEntry": "incidents:write",
  "incidents/declare-incident declareIncident": "incidents:write",
  "incidents/delete-incident deleteIncident": "admin",
  "incidents/deploys/list-deploys listDeploys": "read",
  "incidents/deploys/record-deploy recordDeploy": "incidents:write",
  "incidents/figures/get-figures getFigures": "read",
  "incidents/get-incident getIncident": "read",
  "incidents/get-incident getIncidentStory": "read",
  "incidents/link-alert linkAlert": "incidents:write",
  "incidents/link-alert unlinkAlert": "incidents:write",
  "incidents/list-affected listAffected": "read",
  "incidents/list-incidents countIncidents": "read",
  "incidents/list-incidents listIncidents": "read",
  "incidents/list-leads listLeads": "read",
  "incidents/list-recent-incidents listRecentIncidents": "read",
  "incidents/merge-incident mergeIncident": "incidents:write",
  "incidents/postmortem/get-postmortem getPostmortem": "read",
  "incidents/postmortem/get-postmortem listCauseCategories": "read",
  "incidents/postmortem/publish-postmortem publishPostmortem": "incidents:write",
  "incidents/postmortem/publish-postmortem unpublishPostmortem": "incidents:write",
  "incidents/postmortem/save-postmortem savePostmortem": "incidents:write",
  "incidents/set-affected setAffected": "incidents:write",
  "incidents/update-incident updateIncident": "incidents:write",
  "logs/list-logs listLogs": "read",
  "logs/list-logs-around listLogsAround": "read",
  "logs/receive-logs receiveLogs": "logs:write",
  "metrics/get-metrics getMetrics": "read",
  "metrics/get-metrics getMetricsMany": "read",
  "metrics/list-labels listLabels": "read",
  "metrics/list-labels listLabelValues": "read",
  "metrics/list-latest listLatest": "read",
  "metrics/list-metric-names listMetricNames": "read",
  "metrics/list-series listSeries": "read",
  "metrics/record-metric recordMetric": "metrics:write",
  "metrics/anomalies/detect-anomalies detectAnomalies": "read",
  "metrics/anomalies/list-anomalies listAnomalies": "read",
  "metrics/anomalies/judge-charts judgeCharts": "read",
  "metrics/anomalies/list-judged listJudged": "read",
  "metrics/anomalies/mark-anomaly markAnomaly": "metrics:write",
  "metrics/explorer/read-panels readPanels": "read",
  "metrics/views/create-view createView": "metrics:write",
  "metrics/views/delete-view deleteView": "metrics:write",
  "metrics/views/list-views listViews": "read",
  "metrics/views/update-view updateView": "metrics:write",
  "status-page/list-components getComponent": "read",
  "status-page/list-components listComponents": "read",
  "status-page/order-components moveComponent": "incidents:write",
  "status-page/order-components orderComponents": "incidents:write",
  "status-page/settings getStatusSettings": "read",
  "status-page/settings updateStatusSettings": "admin",
  "status-page/write-component createComponent": "incidents:write",
  "status-page/write-component deleteComponent": "incidents:write",
  "status-page/write-component updateComponent": "incidents:write",
};

/** Parts that ask nobody, because no caller reaches them: the worker, the launcher and the sign-in itself use them. */
const PARTS = new Set([
  "alerting/alert-loop createAlertLoop",
  "alerting/delivery/delivery-loop createDelivery",
  "alerting/delivery/deliver deliver",
  "alerting/delivery/form-messages formMessages",
  "alerting/delivery/settle settleFailed",
  "alerting/delivery/settle settleSent",
  "alerting/sync-file-alerting syncFileAlerting",
  "alerting/watchdog startWatchdog",
  "access/authenticate-token authenticateToken",
  "access/find-session-actor findSessionActor",
  "access/first-admin createFirstAdmin",
  "access/sign-in signIn",
  "checks/result-writer createResultWriter",
  "checks/run-and-store runAndStore",
  "checks/run-claimed runClaimed",
  "checks/scheduler createCheckScheduler",
  "checks/sync-file-checks syncFileChecks",
  "incidents/automatic/follow-alerts followAlerts",
  "incidents/automatic/incident-loop createIncidentLoop",
  "incidents/automatic/move-incidents moveIncidents",
  "incidents/automatic/read-facts readSurroundings",
  "incidents/causes/refresh-causes refreshCauses",
  "incidents/timeline/collect-timeline collectTimeline",
  "status-page/read-facts readStatusFacts",
  "status-page/status-keeper createStatusKeeper",
  "status-page/status-keeper statusKeeperOf",
  "metrics/anomalies/usual-ranges readUsualRanges",
  "errors/groups/change-group changeGroup",
  "errors/projects/find-destination ensureProject",
  "errors/projects/find-destination findDestination",
  "errors/projects/find-key findKey",
  "errors/receive/receive-events prepareEvents",
  "errors/receive/receive-events storePrepared",
  "errors/receive/sender findSender",
  "errors/store/store-events storeEvents",
  "metrics/record-cluster-metrics recordClusterBaseline",
  "metrics/record-cluster-metrics recordClusterMetrics",
  "metrics/sampler createSampler",
  "metrics/receive-json receiveJson",
  "metrics/write-samples assertRoomForSamples",
  "metrics/write-samples writeSamples",
]);

const FOLDERS = [
  "alerting",
  "alerting/channels",
  "alerting/delivery",
  "alerting/maintenance",
  "alerting/rules",
  "alerting/silences",
  "access",
  "access/audit-chain",
  "checks",
  "errors",
  "errors/events",
  "errors/groups",
  "errors/projects",
  "errors/receive",
  "errors/store",
  "incidents",
  "incidents/automatic",
  "incidents/causes",
  "incidents/deploys",
  "incidents/timeline",
  "incidents/actions",
  "incidents/figures",
  "incidents/postmortem",
  "logs",
  "metrics",
  "metrics/anomalies",
  "metrics/explorer",
  "metrics/views",
  "status-page",
];
const TAKES_CONTEXT = /export (?:async )?function (\w+)\(\s*context: Context\b/g;

const context = await createTestContext();

/** Every exported function that takes a whole context first, as `folder/file name`. */
async function findFunctions(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    const files = (await readdir(join("lib", folder))).filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
    );
    for (const file of files) {
      const source = await readFile(join("lib", folder, file), "utf8");
      for (const [, name] of source.matchAll(TAKES_CONTEXT))
        found.push(`${folder}/${file.replace(/\.ts$/, "")} ${name}`);
    }
  }
  return found.sort();
}

const callable = z.custom<(context: unknown, input: unknown) => Promise<unknown>>(
  (value) => typeof value === "function",
);
const exported = z.record(z.string(), z.unknown());

/** Calls a verb with an input that no verb likes much, and answers the kind of its refusal, if it refused. */
async function refusalOf(verb: string, actor: Actor): Promise<string | undefined> {
  const [file = "", name = ""] = verb.split(" ");
  const loaded = exported.parse({ ...(await import(pathToFileURL(join(process.cwd(), "lib", `${file}.ts`)).href)) });
  try {
    await callable.parse(loaded[name])(context.as(actor), { id: crypto.randomUUID() });
    return undefined;
  } catch (error) {
    return isProblem(error) ? error.kind : undefined;
  }
}

test("every exported function that takes a context is in one of the lists", async () => {
  const verbs = (await findFunctions()).filter((name) => !PARTS.has(name));
  expect(verbs).toEqual(Object.keys(VERBS).sort());
});

describe.each(Object.entries(VERBS))("%s asks for %s", (verb, scope) => {
  test("nobody is asked to sign in", async () => {
    expect(await refusalOf(verb, ANONYMOUS)).toBe("unauthenticated");
  });

  test.each(SCOPES)("a token with the scope %s", async (given) => {
    const actor = tokenActor(given);
    if (!may(actor, scope)) expect(await refusalOf(verb, actor)).toBe("forbidden");
    else expect(await refusalOf(verb, actor)).not.toBe("unauthenticated");
  });

  test.each(ROLES)("a user with the role %s", async (role) => {
    const actor = userActor(role);
    const refusal = await refusalOf(verb, actor);
    if (may(actor, scope)) expect(["forbidden", "unauthenticated"]).not.toContain(refusal);
    else expect(refusal).toBe("forbidden");
  });
});
