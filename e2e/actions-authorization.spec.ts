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
  /** What whoever may gets; "invalid" where the values are wrong on purpose, so that nothing of the caller's is changed. */
  gets: "done" | "redirect" | "invalid";
}

const CHECK = { type: "http", label: "target-made", "config.url": "http://127.0.0.1:9/" };
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

const requestOf = (playwright: PlaywrightWorkerArgs["playwright"], baseURL: string, caller: Caller | Role) =>
  playwright.request.newContext({ baseURL, ...(caller === "nobody" ? {} : { storageState: statePath(caller) }) });

test("every server action has its line, and every line its action", () => {
  expect(Object.keys(TABLE).sort()).toEqual(
    listServerActions()
      .map(({ name }) => name)
      .sort(),
  );
});

test.afterAll(({ sql }) => removeTargets(sql));

for (const [name, { needs, values, gets }] of Object.entries(TABLE)) {
  test(`${name} needs ${needs}, also without its page`, async ({ playwright, product, sql }) => {
    const action = listServerActions().find((one) => one.name === name);
    if (!action) throw new Error(`${name} is not in the build`);
    for (const caller of CALLERS) {
      const target = await makeTarget(sql, { paused: name.endsWith("resumeCheckAction") });
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
      expect(status, `called by ${caller}`).toBe(mayCall ? gets : refusal);
      const after = await readStoredRows(sql, target);
      if (!mayCall) expect(after, `after ${caller}`).toEqual(before);
      else if (needs !== "nobody" && gets !== "invalid") expect(after, `after ${caller}`).not.toEqual(before);
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
