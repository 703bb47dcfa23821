/**
 * Is a release the other one, or an older one of the same program? `shop@1.10.0` is newer than `shop@1.9.2`; releases that
 * are no versions (commits) are only the same or not. Pure.
 */
export function isUpTo(release: string, last: string): boolean {
  if (release === last) return true;
  const [mine, theirs] = [parse(release), parse(last)];
  if (!mine || !theirs || mine.name !== theirs.name) return false;
  for (let i = 0; i < Math.max(mine.numbers.length, theirs.numbers.length); i += 1) {
    const difference = (mine.numbers[i] ?? 0) - (theirs.numbers[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  // 1.2.0-rc.1 comes before 1.2.0.
  return mine.suffix === theirs.suffix || (mine.suffix !== "" && theirs.suffix === "");
}

function parse(release: string): { name: string; numbers: number[]; suffix: string } | undefined {
  const [, name = "", numbers, suffix = ""] =
    /^(?:(.*)@)?v?(\d{1,9}(?:\.\d{1,9}){1,4})(?:-([\w.-]+))?(?:\+.*)?$/.exec(release) ?? [];
  return numbers === undefined ? undefined : { name, numbers: numbers.split(".").map(Number), suffix };
}
