import { Problem } from "@/lib/core/errors";
import type { ChannelType } from "./define-channel";
import { webhook } from "./webhook";

export const CHANNEL_TYPES: ReadonlyMap<string, ChannelType> = new Map([["webhook", webhook]]);

export function findChannelType(id: string): ChannelType | undefined {
  return CHANNEL_TYPES.get(id);
}

/** @throws Problem invalid naming the kinds there are */
export function getChannelType(id: string): ChannelType {
  const type = CHANNEL_TYPES.get(id);
  if (type) return type;
  const message = `There is no kind of channel "${id}". There are: ${[...CHANNEL_TYPES.keys()].join(", ")}.`;
  throw new Problem("invalid", message, [{ path: "type", message }]);
}
