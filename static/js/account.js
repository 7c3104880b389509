// What script adds to the pages of an account, next to what site.js adds to every page; each works without it.
// One part that fails leaves the others working.
import { fillInCodes, followMail } from "./account/mailed_code.js";
import { askAboutAddresses } from "./account/meant_address.js";
import { followPasswords } from "./account/password_rules.js";
import { showPasswords } from "./site/passwords.js";
import { followParts } from "./site/parts.js";
import { sendOnce } from "./site/sending.js";

for (const part of [showPasswords, followPasswords, askAboutAddresses, sendOnce, fillInCodes, followMail, followParts]) {
  try {
    part();
  } catch (error) {
    console.error(error);
  }
}
