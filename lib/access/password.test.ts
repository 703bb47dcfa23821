import { expect, test } from "vitest";
import { hashPassword, newPassword, passwordIssue, verifyPassword } from "./password";

test("a password belongs to its hash, another does not, and equal passwords hash differently", async () => {
  const [one, two] = await Promise.all([hashPassword("correct horse battery"), hashPassword("correct horse battery")]);
  expect(one).not.toBe(two);
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$/);
  expect(await verifyPassword("correct horse battery", one)).toBe(true);
  expect(await verifyPassword("correct horse batterz", one)).toBe(false);
});

test("a hash with other parameters is verified by its own", async () => {
  // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1)
  const key =
    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887";
  const hash = `$scrypt$ln=14,r=8,p=1$${Buffer.from("SodiumChloride").toString("base64")}$${Buffer.from(key, "hex").toString("base64")}`;
  expect(await verifyPassword("pleaseletmein", hash)).toBe(true);
  expect(await verifyPassword("pleaseletmeout", hash)).toBe(false);
});

test("the same password typed on a system that composes letters differently is the same", async () => {
  expect(await verifyPassword("café-au-lait-12", await hashPassword("cafe\u0301-au-lait-12"))).toBe(true);
});

test.each([null, "", "$none$", "$scrypt$ln=15,r=8,p=1$$"])("the hash %j belongs to no password", async (hash) => {
  expect(await verifyPassword("", hash)).toBe(false);
});

test.each([
  ["short", false],
  ["eleven char", false],
  ["twelve chars", true],
  ["x".repeat(257), false],
])("%j is a good new password: %s", (password, good) => {
  expect(newPassword.safeParse(password).success).toBe(good);
});

test.each([
  ["Alexandra.Miller@Example.com", "must not be the email address"],
  ["alexandra.miller", "must not be the email address"],
  ["correct horse battery", undefined],
])("%j for alexandra.miller@example.com: %s", (password, issue) => {
  expect(passwordIssue(password, { email: "alexandra.miller@example.com" })).toBe(issue);
});
