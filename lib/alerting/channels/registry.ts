import type { ChannelType } from "./define-channel";

export const CHANNEL_TYPES: ReadonlyMap<string, ChannelType> = new Map();

export function findChannelType(id: string): ChannelType | undefined {
  return CHANNEL_TYPES.get(id);
}

export function getChannelType(id: string): ChannelType {
  const type = CHANNEL_TYPES.get(id);
  if (!type) throw new Error(`There is no kind of channel "${id}".`);
  return type;
}
