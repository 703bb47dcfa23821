/** 99.9873 → "99.98 %": cut, not rounded, so that 100 % means that nothing failed. Pure. */
export function formatUptime(percent: number): string {
  return `${Math.floor(percent * 100 + 1e-9) / 100} %`;
}
