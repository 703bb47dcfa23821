import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** OWASP's scrypt profile: 32 MB and about 80 ms of one core a hash. The parameters are stored with each hash. */
const COST = { ln: 15, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const MAX_LENGTH = 256;

export const MIN_PASSWORD_LENGTH = 12;

/** A new password's own rules; that it is not the email is `passwordIssue`'s. */
export const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_LENGTH, `must have at most ${MAX_LENGTH} characters`);

/** What is wrong with a new password of a user, as a sentence's end, or undefined. Pure. */
export function passwordIssue(password: string, user: { email: string }): string | undefined {
  const same = password.trim().toLowerCase();
  const email = user.email.toLowerCase();
  return same === email || same === email.split("@")[0] ? "must not be the email address" : undefined;
}

function derive(password: string, salt: Buffer, { ln, r, p }: typeof COST, keyBytes: number): Promise<Buffer> {
  const N = 2 ** ln;
  return new Promise((resolve, reject) => {
    // Normalised: the same password typed on another system may come composed differently.
    scrypt(password.normalize("NFKC"), salt, keyBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `$scrypt$ln=15,r=8,p=1$salt$key`: salted, slow, with its parameters (PHC string format). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST, KEY_BYTES);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${salt.toString("base64")}$${key.toString("base64")}`;
}

const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/**
 * Does the password belong to the hash? Without a hash (an unknown user) it works just as long, then says no:
 * the time of an answer must not tell which addresses have an account.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = hash === null ? null : FORMAT.exec(hash);
  if (!parts || password.length > MAX_LENGTH) {
    await derive("", Buffer.alloc(SALT_BYTES), COST, KEY_BYTES);
    return false;
  }
  const [, ln, r, p, salt = "", stored = ""] = parts;
  const expected = Buffer.from(stored, "base64");
  const key = await derive(
    password,
    Buffer.from(salt, "base64"),
    { ln: Number(ln), r: Number(r), p: Number(p) },
    expected.length,
  );
  return timingSafeEqual(key, expected);
}
