// What script adds to the page of a video, and to the page on which its shots are written. Without it the browser's own
// player, links and fields do everything but what follows the picture.
import { followParts } from "./site/parts.js";
import { readyPassage } from "./video/passage.js";
import { readyPlayer } from "./video/player.js";
import { readyShots } from "./video/shots.js";

for (const section of document.querySelectorAll("[data-player]")) {
  const form = document.querySelector("[data-passage], [data-shot-form]");
  try {
    const player = readyPlayer(section, form);
    if (form?.matches("[data-passage]")) readyPassage(form, player);
    if (form?.matches("[data-shot-form]")) readyShots(form, player);
  } catch (error) {
    console.error(error);
  }
}

followParts();
