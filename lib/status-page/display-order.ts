import { groupBy } from "@/lib/core/group-by";

interface Placed {
  id: string;
  groupName: string;
}

/** Components in groups as they are shown: a group stands where its first component does. Pure. */
export function blocksOf<Component extends Placed>(components: readonly Component[]): Component[][] {
  return [
    ...groupBy(components, ({ id, groupName }) =>
      groupName === "" ? `component ${id}` : `group ${groupName}`,
    ).values(),
  ];
}

/**
 * The order after one component went up or down by one place: within its group, and at the group's end the whole group goes
 * past its neighbour. Pure. @returns ids; the same order where it can't go further
 */
export function moved(components: readonly Placed[], id: string, direction: "up" | "down"): string[] {
  const blocks = blocksOf(components).map((block) => block.map((component) => component.id));
  const step = direction === "up" ? -1 : 1;
  const block = blocks.find((ids) => ids.includes(id));
  if (block && !swap(block, block.indexOf(id), step)) swap(blocks, blocks.indexOf(block), step);
  return blocks.flat();
}

function swap<Item>(items: Item[], index: number, step: 1 | -1): boolean {
  const [item, neighbour] = [items[index], items[index + step]];
  if (item === undefined || neighbour === undefined) return false;
  items[index] = neighbour;
  items[index + step] = item;
  return true;
}
