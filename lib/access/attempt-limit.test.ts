import { expect, test } from "vitest";
import { createAttemptLimit } from "./attempt-limit";

function make() {
  let time = 0;
  return {
    limit: createAttemptLimit({ now: () => new Date(time) }),
    advance: (minutes: number) => void (time += minutes * 60_000),
  };
}

test("ten failures are allowed, the eleventh says when to try again", () => {
  const { limit, advance } = make();
  for (let i = 0; i < 10; i++) {
    limit.begin("a");
    advance(1);
  }
  expect(() => limit.begin("a")).toThrowError("Too many failed attempts; try again in 5 min.");
  expect(() => limit.begin("b")).not.toThrow();
  advance(5);
  expect(() => limit.begin("a")).not.toThrow();
  expect(() => limit.begin("a")).toThrowError("try again in 1 min");
});

test("a success forgives the failures before it", () => {
  const { limit } = make();
  for (let i = 0; i < 10; i++) limit.begin("a");
  limit.succeed("a");
  expect(() => limit.begin("a")).not.toThrow();
});
