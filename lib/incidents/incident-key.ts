import { parseId } from "@/lib/core/parse-id";

const NUMBER = /^(?:INC-)?([1-9]\d{0,8})$/i;

/** What an incident is looked up by: its id, or its number as people write it ("12", "inc-12"). Pure. @throws Problem not-found for anything else */
export function incidentKey(text: string): { id: string } | { number: number } {
  const number = NUMBER.exec(text)?.[1];
  return number === undefined ? { id: parseId(text, "incident") } : { number: Number(number) };
}
