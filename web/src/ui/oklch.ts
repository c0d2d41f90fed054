/** A colour by lightness 0…1, chroma (0 is grey) and hue in degrees. https://bottosson.github.io/posts/oklab/ */
export type Oklch = { readonly lightness: number; readonly chroma: number; readonly hue: number };
export type Oklab = readonly [lightness: number, a: number, b: number];
/** sRGB as shown, each 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** sRGB before gamma, each 0…1; outside that range a screen cannot show it. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

export function oklchToOklab({ lightness, chroma, hue }: Oklch): Oklab {
  const radians = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(radians), chroma * Math.sin(radians)];
}

export function oklabToLinear([lightness, a, b]: Oklab): LinearRgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export function linearToOklab([red, green, blue]: LinearRgb): Oklab {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function oklabToRgb(lab: Oklab): Rgb {
  const [red, green, blue] = oklabToLinear(lab);
  return [shown(red), shown(green), shown(blue)];
}

export function rgbToOklab([red, green, blue]: Rgb): Oklab {
  return linearToOklab([before(red), before(green), before(blue)]);
}

/** Takes chroma away, and nothing else, until a screen can show the colour. */
export function withinSrgb(colour: Oklch): Oklch {
  if (isShown(colour)) return colour;
  let low = 0;
  let high = colour.chroma;
  for (let step = 0; step < 12; step++) {
    const chroma = (low + high) / 2;
    if (isShown({ ...colour, chroma })) low = chroma;
    else high = chroma;
  }
  return { ...colour, chroma: low };
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Relative luminance 0…1 (WCAG 2.2). */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * before(red) + 0.7152 * before(green) + 0.0722 * before(blue);
}

function isShown(colour: Oklch): boolean {
  return oklabToLinear(oklchToOklab(colour)).every((part) => part >= -0.0001 && part <= 1.0001);
}

function shown(linear: number): number {
  const light = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
}

function before(value: number): number {
  const light = value / 255;
  return light <= 0.04045 ? light / 12.92 : ((light + 0.055) / 1.055) ** 2.4;
}
