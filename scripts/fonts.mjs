// The two families of the newsroom as @font-face rules, and which files a page should fetch first.
//
// Latin titles use the optical sizes of Source Serif 4; every other subset is the smaller file with
// weights only. That is 170 kB for a French or English page, and 55 kB more for a Ukrainian one.
// Italics and the extended alphabets are fetched by the browser only when a page shows such a letter.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

const FAMILIES = [
  {
    family: "Source Serif 4",
    package: "@fontsource-variable/source-serif-4",
    weight: "200 900",
    subsets: ["cyrillic-ext", "cyrillic", "latin-ext", "latin"],
    axes: (subset, style) => (subset === "latin" && style === "normal" ? "opsz" : "wght"),
    styles: ["normal", "italic"],
    // Widths are the mean advance of a letter in running text, in font units: [regular, semibold].
    // Latin letters grow narrower with their optical size: regular as in an article, semibold as in a title.
    metrics: { unitsPerEm: 1000, ascent: 1036, descent: 335, widths: [479, 486], latinWidths: [463, 443] },
    fallbacks: [
      { names: ["Times New Roman", "Liberation Serif"], unitsPerEm: 2048, widths: [832, 886], bold: "Bold" },
      { names: ["Noto Serif"], unitsPerEm: 1000, widths: [481, 500], bold: "SemiBold" },
      { names: ["Georgia"], unitsPerEm: 2048, widths: [913, 1062], bold: "Bold" },
    ],
  },
  {
    family: "Inter",
    package: "@fontsource-variable/inter",
    weight: "100 900",
    subsets: ["cyrillic-ext", "cyrillic", "latin-ext", "latin"],
    axes: () => "wght",
    styles: ["normal"],
    metrics: { unitsPerEm: 2048, ascent: 1984, descent: 494, widths: [978, 998] },
    fallbacks: [
      { names: ["Arial", "Liberation Sans"], unitsPerEm: 2048, widths: [913, 983], bold: "Bold" },
      { names: ["Noto Sans"], unitsPerEm: 1000, widths: [474, 492], bold: "SemiBold" },
      { names: ["Roboto"], unitsPerEm: 2048, widths: [911, 923], bold: "SemiBold" },
      { names: ["Segoe UI"], unitsPerEm: 2048, widths: [908, 937], bold: "Semibold" },
    ],
  },
];

// Which subset a page in these alphabets needs before its first line can be drawn.
const PRELOADED = ["latin", "cyrillic"];

/** Read every font file that the newsroom uses: [{ family, subset, style, name, content, ... }]. */
export async function readFonts() {
  const fonts = [];
  for (const family of FAMILIES) {
    const folder = path.dirname(require.resolve(`${family.package}/package.json`));
    const ranges = JSON.parse(await readFile(path.join(folder, "unicode.json"), "utf8"));
    const prefix = family.package.split("/")[1];
    for (const style of family.styles) {
      for (const subset of family.subsets) {
        const name = `${prefix}-${subset}-${family.axes(subset, style)}-${style}.woff2`;
        const content = await readFile(path.join(folder, "files", name));
        fonts.push({ ...family, style, subset, name, content, range: ranges[subset] });
      }
    }
  }
  return fonts;
}

/** Return the @font-face rules; `addressOf(font)` says where a file will be found from the stylesheet. */
export function fontFaces(fonts, addressOf) {
  const rules = fonts.map(
    (font) =>
      `@font-face{font-family:"${font.family}";font-style:${font.style};font-weight:${font.weight};` +
      `font-display:swap;src:url("${addressOf(font)}") format("woff2");unicode-range:${font.range}}`,
  );
  return [...fallbackFaces(fonts), ...rules].join("\n");
}

/** Return { latin: [names], cyrillic: [names] }: the upright file of each family, in that alphabet. */
export function preloadedFonts(fonts) {
  return Object.fromEntries(
    PRELOADED.map((subset) => [
      subset,
      fonts.filter((font) => font.subset === subset && font.style === "normal").map((font) => font.name),
    ]),
  );
}

// "Inter fallback" is whichever of its fonts the reader's machine has, drawn as wide and as tall as
// Inter, so that no line moves when Inter arrives. Of two faces that both exist, the later one wins.
function fallbackFaces(fonts) {
  return FAMILIES.flatMap((family) => {
    const { widths, latinWidths } = family.metrics;
    const latin = fonts.find((font) => font.family === family.family && font.subset === "latin").range;
    return family.fallbacks.flatMap((fallback) => [
      ...adjusted(family, fallback, widths),
      ...(latinWidths ? adjusted(family, fallback, latinWidths, `;unicode-range:${latin}`) : []),
    ]);
  });
}

function adjusted({ family, metrics }, { names, unitsPerEm, widths, bold }, wanted, range = "") {
  const percent = (value) => `${(100 * value).toFixed(2)}%`;
  return ["100 500", "600 900"].map((weight, index) => {
    const sources = names.map((name) => `local("${name}${index ? ` ${bold}` : ""}")`).join(",");
    const size = wanted[index] / metrics.unitsPerEm / (widths[index] / unitsPerEm);
    return (
      `@font-face{font-family:"${family} fallback";font-weight:${weight};src:${sources};` +
      `size-adjust:${percent(size)};ascent-override:${percent(metrics.ascent / metrics.unitsPerEm / size)};` +
      `descent-override:${percent(metrics.descent / metrics.unitsPerEm / size)};line-gap-override:0%${range}}`
    );
  });
}
