import type { Configurable } from "@/lib/checks/config-fields";
import { parseConfigForm } from "@/lib/checks/config-form";
import { findCheckType } from "@/lib/checks/registry";
import type { FormValues } from "./form-state";

const CONFIG = "config.";

/**
 * What a check's form holds, as the verbs take it. Judges nothing: what can't be understood stays as it was typed, so that
 * the verb's own message comes to its field. Pure.
 */
export function readCheckForm(typeId: string, values: FormValues) {
  return {
    label: values["label"] ?? "",
    key: values["key"]?.trim() || undefined,
    config: readConfig(findCheckType(typeId), values),
    intervalSeconds: numberOf(values["intervalSeconds"]),
    timeoutSeconds: numberOf(values["timeoutSeconds"]),
    failureThreshold: numberOf(values["failureThreshold"]),
    dependsOn: (values["dependsOn"] ?? "").split(/[\s,]+/).filter((key) => key !== ""),
  };
}

/** The config of a kind, from the inputs `config.<field>`; nothing where the kind is not known. Pure. */
export function readConfig(kind: Configurable | undefined, values: FormValues): Record<string, unknown> {
  if (!kind) return {};
  const config = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(CONFIG) ? [[name.slice(CONFIG.length), value] as const] : [],
  );
  return parseConfigForm(kind, Object.fromEntries(config));
}

/** An empty input leaves the number to its default. */
function numberOf(text: string | undefined): number | string | undefined {
  if (!text?.trim()) return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
