// What script adds to the desk's pages, next to what site.js adds to every page; each works without
// it. The rich editor is editor.js. One part that fails leaves the others working.

import { saveByItself } from "./desk/autosave.js";
import { askBeforeLeaving } from "./desk/leaving.js";
import { chooseAll } from "./desk/choosing.js";
import { countCharacters } from "./desk/counting.js";
import { followJobs } from "./desk/progress.js";
import { followSendings } from "./desk/sendings.js";
import { showOthers } from "./desk/presence.js";
import { offerTexts } from "./desk/picking.js";
import { showPasswords } from "./site/passwords.js";
import { saveByKey } from "./desk/saving.js";
import { sendOnce } from "./site/sending.js";
import { clearOnLeaving } from "./desk/shelter.js";

const parts = [
  countCharacters,
  askBeforeLeaving,
  sendOnce,
  saveByKey,
  followJobs,
  followSendings,
  offerTexts,
  showPasswords,
  showOthers,
  saveByItself,
  clearOnLeaving,
  chooseAll,
];
for (const part of parts) {
  try {
    part();
  } catch (error) {
    console.error(error);
  }
}
