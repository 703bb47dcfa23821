/** Colours of the page that come from outside, made readable. Pure. */

type Rgb = readonly [number, number, number];

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

const parse = (hex: string): Rgb => {
  const [, red = "0", green = "0", blue = "0"] = HEX.exec(hex) ?? [];
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
};
const format = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** WCAG's relative luminance, 0 to 1. */
function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of two colours like "#0f766e": 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const STEPS = 20;

/**
 * The colour nearest to the given one that can be read on a ground: darkened on a light one, lightened on a dark one.
 * @param ratio the least contrast; 4.5 for text
 */
export function readableOn(hex: string, ground: string, ratio = 4.5): string {
  const colour = parse(hex);
  const end: Rgb = luminance(parse(ground)) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step < STEPS; step += 1) {
    const share = step / STEPS;
    const mixed = format([
      colour[0] + (end[0] - colour[0]) * share,
      colour[1] + (end[1] - colour[1]) * share,
      colour[2] + (end[2] - colour[2]) * share,
    ]);
    if (contrast(mixed, ground) >= ratio) return mixed;
  }
  return format(end);
}
