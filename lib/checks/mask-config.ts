import type { FieldIssue } from "@/lib/core/errors";
import { configFields } from "./config-fields";
import { findCheckType } from "./registry";

/** What stands for a secret that is not shown. */
export const MASK = "•••••";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A config with its secrets hidden: fields marked `secret` (in lists and pairs each value), and the password in any URL.
 * Of an unknown type everything is hidden: nobody knows what is secret there.
 */
export function maskConfig(typeId: string, config: unknown): Record<string, unknown> {
  return maskSecrets(secretsOf(typeId), config);
}

/** The same of any config. @param secret is a field never shown? */
export function maskSecrets(secret: (field: string) => boolean, config: unknown): Record<string, unknown> {
  if (!isRecord(config)) return {};
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, mask(value, secret(name))]));
}

/**
 * Puts stored secrets back where a masked config came in unchanged. A mask in anything that was changed can't be filled in:
 * a stored password must not go to another host because somebody edited the URL around it.
 * @returns the config, and an issue for each field whose secret must be typed again
 */
export function unmaskConfig(
  typeId: string,
  incoming: Readonly<Record<string, unknown>>,
  stored: unknown,
): { config: Record<string, unknown>; issues: FieldIssue[] } {
  return unmaskSecrets(secretsOf(typeId), incoming, stored);
}

/** The same of any config. @param secret is a field never shown? */
export function unmaskSecrets(
  secret: (field: string) => boolean,
  incoming: Readonly<Record<string, unknown>>,
  stored: unknown,
): { config: Record<string, unknown>; issues: FieldIssue[] } {
  const issues: FieldIssue[] = [];
  const entries = Object.entries(incoming).map(([name, value]): [string, unknown] => {
    const filled = unmask(value, isRecord(stored) ? stored[name] : undefined, secret(name));
    if (hasMask(filled))
      issues.push({ path: `config.${name}`, message: "type the secret again: what surrounds it was changed" });
    return [name, filled];
  });
  return { config: Object.fromEntries(entries), issues };
}

function secretsOf(typeId: string): (field: string) => boolean {
  const type = findCheckType(typeId);
  if (!type) return () => true;
  const names = new Set(
    configFields(type)
      .filter((field) => field.secret)
      .map((field) => field.name),
  );
  return (field) => names.has(field);
}

function mask(value: unknown, secret: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => mask(item, secret));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mask(item, secret)]));
  if (typeof value !== "string") return secret && value !== null && value !== undefined ? MASK : value;
  return maskUrl(value) ?? (secret && value !== "" ? MASK : value);
}

/** scheme://user: and the password, up to the @ */
const PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^/?#:@]*:)[^/?#]+(?=@)/i;
/** &token= and its value, and the like */
const SECRET_PARAMETER = /([?&][^=&#]*(?:pass|pwd|token|secret|key|auth|sig)[^=&#]*=)[^&#]+/gi;

/** A URL without its password and what its query calls a secret; undefined for what is no URL. */
function maskUrl(text: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  const masked = text.replace(PASSWORD, `$1${MASK}`).replaceAll(SECRET_PARAMETER, `$1${MASK}`);
  // A password that is not well formed (a slash in it) is not found: then all of it goes.
  return masked === text && /:[^@]*@/.test(text.slice(text.indexOf("://") + 3)) ? MASK : masked;
}

function unmask(incoming: unknown, stored: unknown, secret: boolean): unknown {
  if (Array.isArray(incoming)) {
    const kept = Array.isArray(stored) ? stored : [];
    return incoming.map((item, index) => unmask(item, kept[index], secret));
  }
  if (isRecord(incoming)) {
    const kept = isRecord(stored) ? stored : {};
    return Object.fromEntries(Object.entries(incoming).map(([name, item]) => [name, unmask(item, kept[name], secret)]));
  }
  return hasMask(incoming) && incoming === mask(stored, secret) ? stored : incoming;
}

function hasMask(value: unknown): boolean {
  if (typeof value === "string") return value.includes(MASK) || value.includes(encodeURIComponent(MASK));
  if (Array.isArray(value)) return value.some(hasMask);
  return isRecord(value) && Object.values(value).some(hasMask);
}
