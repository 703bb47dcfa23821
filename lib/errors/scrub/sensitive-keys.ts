import { createGenerationCache } from "@/lib/metrics/writer/generation-cache";
import type { ScrubSettings } from "./scrub-settings";

/** `apiKey`, `API_KEY`, `x-api-key` and `api key` are one name. Pure. */
const plain = (key: string): string => key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** A key that has one of these in it holds a secret. */
const PARTS =
  /passw|pwd|passphrase|secret|apikey|accesskey|privatekey|signingkey|encryptionkey|masterkey|accountkey|sharedkey|authorization|authtoken|credential|cookie|sessionid|sessid|csrf|xsrf|cardnumber|creditcard|ccnumber|securitycode|socialsecurity|bearer|signature|webhookurl|connectionstring|databaseurl|redisurl|dburl|mysqlpwd|otpcode|onetimecode|recoverycode|mnemonic|seedphrase|licensekey|sentrykey|iban/;
/** A key that is one of these. */
const WHOLE = /^(auth|cvv|cvc|cvv2|cvc2|ssn|pin|otp|totp|pass|pw|jwt|sid|session|dsn|pan|mfacode|xauth|privkey|pkey)$/;
/** `token`, `accessToken`, `csrf_tokens`; not how many there are, nor what splits a text. */
const TOKEN =
  /token(s|value|secret|id)?$|^token(?!s?(count|used|usage|limit|total|remaining|izer|ize|type|length|max|min))/;

/** Names that look like a secret's and hold none. */
const SAFE = new Set([
  "maxtokens",
  "tokenid",
  "prompttokens",
  "completiontokens",
  "inputtokens",
  "outputtokens",
  "totaltokens",
]);

/** Says whether the field of a key holds a secret. Pure. */
export function createKeyTest({ keys, safeKeys }: ScrubSettings): (key: string) => boolean {
  const more = new Set(keys.map(plain));
  const safe = new Set([...SAFE, ...safeKeys.map(plain)]);
  // The same few names come again and again; made-up ones must not fill the memory.
  const known = createGenerationCache<boolean>(2_000);
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const name = plain(key);
    const isSensitive =
      more.has(name) ||
      (!safe.has(name) && name.length <= 200 && (PARTS.test(name) || WHOLE.test(name) || TOKEN.test(name)));
    if (key.length <= 200) known.set(key, isSensitive);
    return isSensitive;
  };
}
