import "server-only";
import { listChecks } from "@/lib/checks/list-checks";
import { may } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { StatusComponent } from "@/lib/status-page/component";
import { getComponent, listComponents } from "@/lib/status-page/list-components";
import { getStatusSettings, type StatusSettings } from "@/lib/status-page/settings";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

/** How the public page is set up, and what of it the viewer may change. */
export async function readStatusPage(): Promise<{
  settings: StatusSettings;
  components: StatusComponent[];
  mayEdit: boolean;
  isAdmin: boolean;
}> {
  const context = await pageContext();
  const [settings, components] = await Promise.all([getStatusSettings(context), listComponents(context)]);
  return {
    settings,
    components,
    mayEdit: may(context.actor, "incidents:write"),
    isAdmin: may(context.actor, "admin"),
  };
}

/** A check that a component may be measured by. */
export interface CheckChoice {
  value: string;
  label: string;
  help: string;
}

const PAGE = 200;
const MAX_CHOICES = 1_000;

async function readChoices(context: Context): Promise<CheckChoice[]> {
  const choices: CheckChoice[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await listChecks(context, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    choices.push(...items.map(({ id, label, key }) => ({ value: id, label, help: key })));
    cursor = next ?? undefined;
  } while (cursor !== undefined && choices.length < MAX_CHOICES);
  return choices;
}

/** What a new component's form needs. */
export async function readComponentChoices(): Promise<{ choices: CheckChoice[]; mayEdit: boolean }> {
  const context = await pageContext();
  return { choices: await readChoices(context), mayEdit: may(context.actor, "incidents:write") };
}

/** A component with what its form needs; an unknown id is a page that does not exist. */
export async function readComponent(
  id: string,
): Promise<{ component: StatusComponent; choices: CheckChoice[]; mayEdit: boolean }> {
  const context = await pageContext();
  const component = await getComponent(context, { id }).catch(orNotFound);
  return { component, choices: await readChoices(context), mayEdit: may(context.actor, "incidents:write") };
}
