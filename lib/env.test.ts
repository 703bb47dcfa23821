import { expect, test } from "vitest";
import { InvalidEnvironment, readEnv } from "./env";

test("nothing set is all that a start needs", () => {
  expect(readEnv({})).toEqual({
    DATA_DIR: "data",
    HOST: "127.0.0.1",
    PORT: 3000,
    LOG_LEVEL: "info",
    NODE_ENV: "production",
  });
});

test("a variable that is set to nothing counts as unset", () => {
  const blank = { DATABASE_URL: "", PORT: "", DATA_DIR: "", ADMIN_EMAIL: "", LOG_LEVEL: "" };
  expect(readEnv(blank)).toEqual(readEnv({}));
});

test("what is set is taken", () => {
  const set = {
    DATABASE_URL: "postgresql://me:pw@db.example/shop",
    REDIS_URL: "rediss://cache.example:6380",
    APP_URL: "https://status.example",
    ADMIN_EMAIL: "me@shop.example",
  };
  expect(readEnv({ ...set, PORT: "8080" })).toMatchObject({ ...set, PORT: 8080 });
});

test.each([
  ["DATABASE_URL", "mysql://me:s3cret@db.example/shop", "must be a PostgreSQL connection string"],
  ["PORT", "http", "must be a whole number from 1 to 65535"],
  ["PORT", "70000", "must be a whole number from 1 to 65535"],
  ["APP_URL", "status.example", "must be an http:// or https:// address"],
  ["NEXTAUTH_SECRET", "s3cret", "must have at least 32 characters"],
  ["ADMIN_EMAIL", "me", "must be an email address"],
  ["ADMIN_PASSWORD", "s3cret", "must have at least 12 characters"],
  ["HEALTH_SECRET", "s3cret", "must have at least 16 characters"],
  ["REDIS_URL", "http://cache.example", "must be a Redis connection string"],
  ["LOG_LEVEL", "loud", "must be debug, info, warn, error or silent"],
])("%s=%s: it %s", (name, value, sentence) => {
  const read = () => readEnv({ [name]: value });
  expect(read).toThrow(InvalidEnvironment);
  expect(read).toThrow(`The environment is not right: ${name} ${sentence}`);
  expect(read).not.toThrow("s3cret");
});

test("every wrong variable is named at once", () => {
  expect(() => readEnv({ PORT: "0", LOG_LEVEL: "loud" })).toThrow(/PORT must .* LOG_LEVEL must /);
});
