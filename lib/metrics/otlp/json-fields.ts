import { DecodeFault } from "./protobuf";

/**
 * Fields of a JSON object by the rules of proto3 (https://protobuf.dev/programming-guides/json): what is missing or null has
 * its default; numbers may be texts; what is not known is passed over. All throw a DecodeFault that names the field.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param what the name of it, for the message */
export function readObject(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new DecodeFault(`${what} must be an object`);
  return value;
}

const NONE: readonly unknown[] = [];

export function readList(json: JsonObject, name: string): readonly unknown[] {
  const value = json[name] ?? NONE;
  if (!Array.isArray(value)) throw new DecodeFault(`${name} must be a list`);
  return value;
}

export function readString(json: JsonObject, name: string): string {
  const value = json[name] ?? "";
  if (typeof value !== "string") throw new DecodeFault(`${name} must be a text`);
  return value;
}

export function readFlag(json: JsonObject, name: string): boolean {
  const value = json[name] ?? false;
  if (typeof value !== "boolean") throw new DecodeFault(`${name} must be true or false`);
  return value;
}

/** A double: a number, or a text that is one, "NaN", "Infinity" or "-Infinity". */
export const readNumber = (json: JsonObject, name: string): number => optionalNumber(json, name) ?? 0;

export function optionalNumber(json: JsonObject, name: string): number | undefined {
  const value = json[name];
  return value == null ? undefined : toNumber(value, name);
}

/** An integer of any width or an enum, to the nearest number. */
export function readInteger(json: JsonObject, name: string): number {
  const value = readNumber(json, name);
  if (!Number.isInteger(value)) throw new DecodeFault(`${name} must be a whole number`);
  return value;
}

export function readNumbers(json: JsonObject, name: string, most: number): number[] {
  const list = readList(json, name);
  if (list.length > most) throw new DecodeFault(`${name} has more than ${most} entries`);
  return list.map((value) => toNumber(value, name));
}

const NUMBER = /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|NaN|-?Infinity)$/;

function toNumber(value: unknown, name: string): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && NUMBER.test(value)) return Number(value);
  throw new DecodeFault(`${name} must be a number`);
}
