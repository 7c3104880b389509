// What script adds to every page. Each part finds its own elements, and one that fails leaves the others working.
import { closeMenus } from "./site/menus.js";
import { openAnswers } from "./site/faq.js";
import { offerCopying } from "./site/copying.js";
import { offerPrinting } from "./site/printing.js";
import { keepSelections } from "./site/selection.js";
import { followArrows } from "./site/photo_keys.js";
import { offerThemes } from "./site/theme_choice.js";
import { scrollTables } from "./site/wide_tables.js";
import { tellOwnTimes } from "./site/own_times.js";

for (const part of [offerThemes, closeMenus, offerCopying, offerPrinting, scrollTables, tellOwnTimes, openAnswers, keepSelections, followArrows]) {
  try {
    part();
  } catch (error) {
    console.error(error);
  }
}
