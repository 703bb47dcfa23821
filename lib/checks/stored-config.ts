import { createGenerationCache } from "@/lib/metrics/writer/generation-cache";

/** About 300 bytes each. */
const MAX_KEPT = 10_000;

const kept = createGenerationCache<unknown>(MAX_KEPT);

/**
 * The config of a check from its JSON text, one and the same object each time: what is worked out from it (its type's own
 * form, see define-check.ts) is worked out once and not at every run. Never changed by anybody.
 */
export function storedConfig(json: string): unknown {
  const known = kept.get(json);
  if (known !== undefined) return known;
  const config: unknown = JSON.parse(json);
  kept.set(json, config);
  return config;
}
