import type { PlaywrightWorkerArgs } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ROLES, type Role } from "./product";
import { callServerAction, listServerActions } from "./server-actions";
import { type SharedProduct, statePath } from "./shared";
import { makeTarget, readStoredRows, removeTargets, type Target } from "./stored-rows";

const CALLERS = ["nobody", ...ROLES] as const;
type Caller = (typeof CALLERS)[number];

interface Line {
  /** The least caller that may. */
  needs: Caller;
  values: (target: Target, product: SharedProduct) => Record<string, string>;
  /**
   * What whoever may gets; "invalid" where the values are wrong on purpose, so that nothing of the caller's is changed.
   * "read": done, and nothing is changed. "sent": handed to a service outside, which may not be there.
   */
  gets: "done" | "redirect" | "invalid" | "read" | "sent";
}

const CHECK = { type: "http", label: "target-made", "config.url": "http://127.0.0.1:9/" };
const RULE = { source: "check-state", label: "target-made", severity: "warning", "config.checks": "target" };
const CHANNEL = { type: "webhook", label: "target-made", "config.url": "http://127.0.0.1:9/" };
const WINDOW = {
  matchers: "check=target",
  recurrence: "cron",
  cron: "0 3 * * 0",
  durationMinutes: "60",
  timezone: "UTC",
};
const PASSWORD = "correct horse battery";

/** Who may call which server action. Every exported one has its line. */
const TABLE: Record<string, Line> = {
  "app/_actions/session.ts signInAction": { needs: "nobody", values: (_, { users }) => users.viewer, gets: "redirect" },
  "app/_actions/session.ts signOutAction": { needs: "nobody", values: () => ({}), gets: "redirect" },
  "app/_actions/account.ts changePasswordAction": {
    needs: "viewer",
    values: () => ({ currentPassword: "not the password", newPassword: PASSWORD }),
    gets: "invalid",
  },
  "app/_actions/checks.ts createCheckAction": { needs: "editor", values: () => CHECK, gets: "redirect" },
  "app/_actions/checks.ts updateCheckAction": {
    needs: "editor",
    values: ({ checkId }) => ({ ...CHECK, id: checkId, label: "target-changed" }),
    gets: "redirect",
  },
  "app/_actions/checks.ts deleteCheckAction": {
    needs: "editor",
    values: ({ checkId, name }) => ({ id: checkId, confirm: name }),
    gets: "redirect",
  },
  "app/_actions/checks.ts pauseCheckAction": {
    needs: "editor",
    values: ({ checkId }) => ({ id: checkId }),
    gets: "done",
  },
  "app/_actions/checks.ts resumeCheckAction": {
    needs: "editor",
    values: ({ checkId }) => ({ id: checkId }),
    gets: "done",
  },
  "app/_actions/checks.ts runCheckAction": {
    needs: "editor",
    values: ({ checkId }) => ({ id: checkId }),
    gets: "done",
  },
  "app/_actions/views.ts createViewAction": {
    needs: "editor",
    values: ({ name }) => ({ name: `${name}-made`, query: "q=avg:cpu_usage" }),
    gets: "done",
  },
  "app/_actions/views.ts updateViewAction": {
    needs: "editor",
    values: ({ viewId, name }) => ({ id: viewId, name: `${name}-changed` }),
    gets: "done",
  },
  "app/_actions/views.ts deleteViewAction": {
    needs: "editor",
    values: ({ viewId }) => ({ id: viewId }),
    gets: "done",
  },
  "app/_actions/anomalies.ts markAnomalyAction": {
    needs: "editor",
    values: ({ anomalyId }) => ({ id: anomalyId, expected: "yes" }),
    gets: "done",
  },
  "app/_actions/alerts.ts acknowledgeAlertAction": {
    needs: "editor",
    values: ({ alertId }) => ({ id: alertId, note: "Looking" }),
    gets: "done",
  },
  "app/_actions/alerts.ts unacknowledgeAlertAction": {
    needs: "editor",
    values: ({ alertId }) => ({ id: alertId }),
    gets: "done",
  },
  "app/_actions/alerts.ts sendAgainAction": {
    needs: "editor",
    values: ({ messageId }) => ({ id: messageId }),
    gets: "done",
  },
  "app/_actions/alert-rules.ts createRuleAction": {
    needs: "editor",
    values: ({ name }) => ({ ...RULE, label: name }),
    gets: "redirect",
  },
  "app/_actions/alert-rules.ts updateRuleAction": {
    needs: "editor",
    values: ({ ruleId, name }) => ({ ...RULE, id: ruleId, label: `${name}-changed` }),
    gets: "redirect",
  },
  "app/_actions/alert-rules.ts deleteRuleAction": {
    needs: "editor",
    values: ({ ruleId, name }) => ({ id: ruleId, confirm: name }),
    gets: "redirect",
  },
  "app/_actions/alert-rules.ts pauseRuleAction": {
    needs: "editor",
    values: ({ ruleId }) => ({ id: ruleId }),
    gets: "done",
  },
  "app/_actions/alert-rules.ts resumeRuleAction": {
    needs: "editor",
    values: ({ ruleId }) => ({ id: ruleId }),
    gets: "done",
  },
  "app/_actions/alert-rules.ts previewRuleAction": {
    needs: "viewer",
    values: () => RULE,
    gets: "read",
  },
  "app/_actions/channels.ts createChannelAction": {
    needs: "admin",
    values: ({ name }) => ({ ...CHANNEL, label: name }),
    gets: "redirect",
  },
  "app/_actions/channels.ts updateChannelAction": {
    needs: "admin",
    values: ({ channelId, name }) => ({ ...CHANNEL, id: channelId, label: `${name}-changed` }),
    gets: "redirect",
  },
  "app/_actions/channels.ts deleteChannelAction": {
    needs: "admin",
    values: ({ channelId, name }) => ({ id: channelId, confirm: name }),
    gets: "redirect",
  },
  "app/_actions/channels.ts enableChannelAction": {
    needs: "admin",
    values: ({ channelId }) => ({ id: channelId }),
    gets: "done",
  },
  "app/_actions/channels.ts disableChannelAction": {
    needs: "admin",
    values: ({ channelId }) => ({ id: channelId }),
    gets: "done",
  },
  "app/_actions/channels.ts sendTestAction": {
    needs: "admin",
    values: ({ channelId }) => ({ id: channelId }),
    gets: "done",
  },
  "app/_actions/silences.ts createSilenceAction": {
    needs: "editor",
    values: ({ name }) => ({ matchers: "check=target", comment: name, end: "1h" }),
    gets: "redirect",
  },
  "app/_actions/silences.ts endSilenceAction": {
    needs: "editor",
    values: ({ silenceId }) => ({ id: silenceId }),
    gets: "done",
  },
  "app/_actions/maintenance.ts createMaintenanceAction": {
    needs: "editor",
    values: ({ name }) => ({ ...WINDOW, label: name }),
    gets: "redirect",
  },
  "app/_actions/maintenance.ts updateMaintenanceAction": {
    needs: "editor",
    values: ({ windowId, name }) => ({ ...WINDOW, id: windowId, label: `${name}-changed` }),
    gets: "redirect",
  },
  "app/_actions/maintenance.ts deleteMaintenanceAction": {
    needs: "editor",
    values: ({ windowId, name }) => ({ id: windowId, confirm: name }),
    gets: "redirect",
  },
  "app/_actions/postmortems.ts savePostmortemAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId, rootCause: "A deploy", base: "1" }),
    gets: "redirect",
  },
  "app/_actions/postmortems.ts publishPostmortemAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId, visibility: "public" }),
    gets: "done",
  },
  "app/_actions/postmortems.ts unpublishPostmortemAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId }),
    gets: "done",
  },
  "app/_actions/action-items.ts addActionItemAction": {
    needs: "editor",
    values: ({ incidentId, name }) => ({ incidentId, title: name, ownerId: "", dueOn: "2026-01-02" }),
    gets: "done",
  },
  "app/_actions/action-items.ts updateActionItemAction": {
    needs: "editor",
    values: ({ actionItemId, name }) => ({ id: actionItemId, title: `${name}-changed`, ownerId: "", dueOn: "" }),
    gets: "done",
  },
  "app/_actions/action-items.ts markActionItemAction": {
    needs: "editor",
    values: ({ actionItemId }) => ({ id: actionItemId, isDone: "yes" }),
    gets: "done",
  },
  "app/_actions/action-items.ts deleteActionItemAction": {
    needs: "editor",
    values: ({ actionItemId }) => ({ id: actionItemId }),
    gets: "done",
  },
  "app/_actions/status-page.ts updateStatusPageAction": {
    needs: "admin",
    values: ({ name }) => ({ title: name, description: "", accent: "#2563eb", enabled: "on" }),
    gets: "done",
  },
  "app/_actions/status-page.ts createComponentAction": {
    needs: "editor",
    values: ({ checkId, name }) => ({ label: name, checkIds: checkId }),
    gets: "redirect",
  },
  "app/_actions/status-page.ts updateComponentAction": {
    needs: "editor",
    values: ({ componentId, checkId, name }) => ({ id: componentId, label: `${name}-changed`, checkIds: checkId }),
    gets: "redirect",
  },
  "app/_actions/status-page.ts moveComponentAction": {
    needs: "editor",
    values: ({ componentId }) => ({ id: componentId, direction: "up" }),
    gets: "done",
  },
  "app/_actions/status-page.ts deleteComponentAction": {
    needs: "editor",
    values: ({ componentId, name }) => ({ id: componentId, confirm: name }),
    gets: "redirect",
  },
  "app/_actions/incidents.ts declareIncidentAction": {
    needs: "editor",
    values: ({ name, checkId }) => ({
      title: name,
      severity: "low",
      visibility: "internal",
      checks: `${checkId} major`,
    }),
    gets: "redirect",
  },
  "app/_actions/incidents.ts updateIncidentAction": {
    needs: "editor",
    values: ({ incidentId, name }) => ({ id: incidentId, title: `${name}-changed` }),
    gets: "redirect",
  },
  "app/_actions/incidents.ts postUpdateAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId, message: "We look at it.", status: "identified" }),
    gets: "done",
  },
  "app/_actions/incidents.ts resolveIncidentAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId }),
    gets: "done",
  },
  "app/_actions/incidents.ts reopenIncidentAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId }),
    gets: "done",
  },
  "app/_actions/incidents.ts acknowledgeIncidentAction": {
    needs: "editor",
    values: ({ incidentId }) => ({ id: incidentId }),
    gets: "done",
  },
  "app/_actions/incidents.ts setAffectedAction": {
    needs: "editor",
    values: ({ incidentId, checkId }) => ({ id: incidentId, checks: `${checkId} major` }),
    gets: "done",
  },
  "app/_actions/incidents.ts linkAlertAction": {
    needs: "editor",
    values: ({ incidentId, alertId }) => ({ incidentId, alertId }),
    gets: "done",
  },
  "app/_actions/incidents.ts unlinkAlertAction": {
    needs: "editor",
    values: ({ alertId }) => ({ id: alertId }),
    gets: "done",
  },
  "app/_actions/incidents.ts mergeIncidentAction": {
    needs: "editor",
    values: ({ incidentId, otherIncidentId }) => ({ id: otherIncidentId, intoId: incidentId }),
    gets: "redirect",
  },
  "app/_actions/incidents.ts changeEntryAction": {
    needs: "editor",
    values: ({ entryId }) => ({ id: entryId, isPinned: "yes", annotation: "The first sign" }),
    gets: "done",
  },
  "app/_actions/incidents.ts deleteIncidentAction": {
    needs: "admin",
    values: ({ incidentId, incidentNumber }) => ({ id: incidentId, confirm: `INC-${incidentNumber}` }),
    gets: "redirect",
  },
  "app/_actions/markdown.ts previewMarkdownAction": {
    needs: "editor",
    values: () => ({ text: "**Down**" }),
    gets: "read",
  },
  "app/_actions/errors.ts resolveErrorAction": {
    needs: "editor",
    values: ({ errorId }) => ({ id: errorId, when: "now" }),
    gets: "done",
  },
  "app/_actions/errors.ts reopenErrorAction": {
    needs: "editor",
    values: ({ errorId }) => ({ id: errorId }),
    gets: "done",
  },
  "app/_actions/errors.ts ignoreErrorAction": {
    needs: "editor",
    values: ({ errorId }) => ({ id: errorId, until: "week" }),
    gets: "done",
  },
  "app/_actions/errors.ts assignErrorAction": {
    needs: "editor",
    values: ({ errorId, userId }) => ({ id: errorId, assigneeId: userId }),
    gets: "done",
  },
  "app/_actions/errors.ts commentErrorAction": {
    needs: "editor",
    values: ({ errorId }) => ({ id: errorId, message: "Known" }),
    gets: "done",
  },
  "app/_actions/errors.ts linkErrorIncidentAction": {
    needs: "editor",
    values: ({ errorId, incidentId }) => ({ id: errorId, incidentId }),
    gets: "done",
  },
  "app/_actions/errors.ts unlinkErrorIncidentAction": {
    needs: "editor",
    values: ({ errorId }) => ({ id: errorId }),
    gets: "done",
  },
  "app/_actions/errors.ts mergeErrorAction": {
    needs: "editor",
    values: ({ errorId, otherErrorId }) => ({ id: errorId, ids: otherErrorId }),
    gets: "done",
  },
  "app/_actions/projects.ts createProjectAction": {
    needs: "admin",
    values: ({ name }) => ({ name: `${name}-made`, platform: "node" }),
    gets: "redirect",
  },
  "app/_actions/projects.ts updateProjectAction": {
    needs: "admin",
    values: ({ projectId, name }) => ({ id: projectId, name: `${name}-changed`, "scrub.enabled": "on" }),
    gets: "done",
  },
  "app/_actions/projects.ts deleteUserDataAction": {
    needs: "admin",
    values: ({ name }) => ({ user: name }),
    gets: "done",
  },
  "app/_actions/projects.ts createProjectKeyAction": {
    needs: "admin",
    values: ({ projectId }) => ({ id: projectId, label: "Another" }),
    gets: "done",
  },
  "app/_actions/projects.ts revokeProjectKeyAction": {
    needs: "admin",
    values: ({ projectKeyId }) => ({ id: projectKeyId }),
    gets: "done",
  },
  "app/_actions/projects.ts deleteProjectAction": {
    needs: "admin",
    values: ({ projectId, name }) => ({ id: projectId, confirm: name }),
    gets: "redirect",
  },
  "app/_actions/users.ts createUserAction": {
    needs: "admin",
    values: ({ name }) => ({ email: `${name}-made@example.org`, role: "admin", password: PASSWORD }),
    gets: "redirect",
  },
  "app/_actions/users.ts updateUserAction": {
    needs: "admin",
    values: ({ userId, name }) => ({ id: userId, name, role: "admin", password: PASSWORD }),
    gets: "done",
  },
  "app/_actions/users.ts deleteUserAction": {
    needs: "admin",
    values: ({ userId, name }) => ({ id: userId, confirm: `${name}@example.org` }),
    gets: "redirect",
  },
  "app/_actions/audit.ts verifyAuditAction": { needs: "admin", values: () => ({}), gets: "read" },
  "app/_actions/tokens.ts createTokenAction": {
    needs: "admin",
    values: ({ name }) => ({ name, scopes: "admin" }),
    gets: "done",
  },
  "app/_actions/tokens.ts revokeTokenAction": {
    needs: "admin",
    values: ({ tokenId }) => ({ id: tokenId }),
    gets: "done",
  },
};

/** The statuses that an answer may have. */
const WANTED: Record<Line["gets"], string[]> = {
  done: ["done"],
  redirect: ["redirect"],
  invalid: ["invalid"],
  read: ["done"],
  sent: ["done", "unavailable"],
};

const requestOf = (playwright: PlaywrightWorkerArgs["playwright"], baseURL: string, caller: Caller | Role) =>
  playwright.request.newContext({ baseURL, ...(caller === "nobody" ? {} : { storageState: statePath(caller) }) });

test("every server action has its line, and every line its action", () => {
  expect(Object.keys(TABLE).sort()).toEqual(
    listServerActions()
      .map(({ name }) => name)
      .sort(),
  );
});

// After each: a status page takes only so many components.
test.afterEach(({ sql }) => removeTargets(sql));

for (const [name, { needs, values, gets }] of Object.entries(TABLE)) {
  test(`${name} needs ${needs}, also without its page`, async ({ playwright, product, sql }) => {
    const action = listServerActions().find((one) => one.name === name);
    if (!action) throw new Error(`${name} is not in the build`);
    for (const caller of CALLERS) {
      const target = await makeTarget(sql, {
        paused: /resume|enable/.test(name),
        acknowledged: name.includes("unacknowledge"),
        resolved: name.includes("reopen"),
        linked: name.includes("unlinkAlert"),
      });
      const before = await readStoredRows(sql, target);
      const request = await requestOf(playwright, product.url, caller);
      const status = await callServerAction(request, {
        action,
        id: name.includes("users.ts") ? target.userId : target.checkId,
        values: values(target, product),
        origin: product.url,
      });
      await request.dispose();
      const mayCall = CALLERS.indexOf(caller) >= CALLERS.indexOf(needs);
      const refusal = caller === "nobody" ? "unauthenticated" : "forbidden";
      expect(mayCall ? WANTED[gets] : [refusal], `called by ${caller}`).toContain(status);
      const after = await readStoredRows(sql, target);
      if (!mayCall) expect(after, `after ${caller}`).toEqual(before);
      else if (needs !== "nobody" && WANTED[gets].length === 1 && !["invalid", "read"].includes(gets))
        expect(after, `after ${caller}`).not.toEqual(before);
    }
  });
}

test("another site's page cannot call an action on behalf of who is signed in here", async ({
  playwright,
  product,
  sql,
}) => {
  const target = await makeTarget(sql);
  const before = await readStoredRows(sql, target);
  const request = await requestOf(playwright, product.url, "admin");
  for (const action of listServerActions()) {
    const values = TABLE[action.name]?.values(target, product) ?? {};
    const call = callServerAction(request, { action, id: target.checkId, values, origin: "https://elsewhere.example" });
    await expect(call, action.name).rejects.toThrow(/answered 500/);
  }
  expect(await readStoredRows(sql, target)).toEqual(before);
  await request.dispose();
});
