import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** SHA-256 of a text, for secrets that are long and random (tokens); passwords go through scrypt (lib/access/password.ts). */
export function sha256(text: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(text, "utf8").digest();
}

/** Are two secrets the same? Takes the same time wherever they differ, and whatever their lengths are. */
export function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

/** A random text of letters, digits, `-` and `_`; 32 bytes cannot be guessed. */
export function randomSecret(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}
