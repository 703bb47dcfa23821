/** Items whose place is all that tells them apart, each with that as its key: of something that never changes order. Pure. */
export const numbered = <T>(items: readonly T[]): { item: T; key: number }[] =>
  items.map((item, key) => ({ item, key }));
