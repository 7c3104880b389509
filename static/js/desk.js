// What script adds to the desk's pages, next to what site.js adds to every page; each works without
// it. The rich editor is editor.js. One part that fails leaves the others working.

import { askBeforeLeaving } from "./desk/leaving.js";
import { countCharacters } from "./desk/counting.js";
import { followJobs } from "./desk/progress.js";
import { offerTexts } from "./desk/picking.js";
import { showPasswords } from "./desk/password.js";
import { saveByKey } from "./desk/saving.js";
import { sendOnce } from "./desk/sending.js";

for (const part of [countCharacters, askBeforeLeaving, sendOnce, saveByKey, followJobs, offerTexts, showPasswords]) {
  try {
    part();
  } catch (error) {
    console.error(error);
  }
}
