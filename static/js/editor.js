// The rich editor of the edit page, and of no other page: it is by far the largest script here.
// Each textarea[data-editor] is complete without it; see editor/mount.js for what it adds.

import { mount } from "./editor/mount.js";

for (const textarea of document.querySelectorAll("textarea[data-editor]")) {
  try {
    mount(textarea);
  } catch (error) {
    // The textarea still stands there and works: an editor that fails must not take the text with it.
    console.error(error);
  }
}
