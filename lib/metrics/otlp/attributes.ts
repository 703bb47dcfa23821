import type { Labels } from "../sample";

/** An attribute's value as read. null: it has none. */
export type Attribute = string | number | boolean | null | Attribute[] | { [key: string]: Attribute };

/**
 * The resource attributes that become labels: what tells one instance of a service from another. What is not listed (process
 * and SDK details, versions, ids that change with each start) would only make new series of the same thing.
 */
const RESOURCE_LABELS: ReadonlySet<string> = new Set([
  "service.name",
  "service.namespace",
  "service.instance.id",
  "host.name",
  "deployment.environment",
  "deployment.environment.name",
  "container.name",
  "k8s.cluster.name",
  "k8s.namespace.name",
  "k8s.node.name",
  "k8s.pod.name",
  "k8s.container.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.job.name",
  "k8s.cronjob.name",
]);

export const isResourceLabel = (key: string): boolean => RESOURCE_LABELS.has(key);

/** The label of the instrumentation scope's name: two libraries may use one metric name. Of the scope nothing else is kept. */
export const SCOPE_LABEL = "otel.scope.name";

/** Attributes as labels: what has no value is left out, lists and maps become their JSON. Of a key given twice the last counts. */
export function toLabels(attributes: readonly (readonly [key: string, value: Attribute])[]): Labels {
  if (attributes.length === 0) return {};
  // fromEntries makes own properties of all keys, of __proto__ too.
  return Object.fromEntries(
    attributes.flatMap(([key, value]) => (value === null ? [] : [[key, toLabel(value)] as const])),
  );
}

function toLabel(value: Exclude<Attribute, null>): string | number | boolean {
  if (typeof value === "object") return JSON.stringify(value);
  // JSON, in which labels are stored, has neither NaN nor infinity.
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
