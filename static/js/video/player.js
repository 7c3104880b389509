// Our buttons for the browser's player: they know frames, and stand below the picture.
import { Timeline } from "./timeline.js";

const SPEEDS = [1, 1.5, 2, 0.5];

/** Give the player in `section` our buttons, and return what others may ask of it; `counted` says how it is counted. */
export function readyPlayer(section, counted) {
  const video = section.querySelector("video");
  const controls = section.querySelector(".player__controls");
  if (!video || !controls || !counted) return null;
  const timeline = new Timeline(counted.dataset);
  const button = (name) => controls.querySelector(`[data-do="${name}"]`);
  const now = controls.querySelector("[data-now]");
  const listeners = [];
  let shown = 0; // the frame on the screen
  let stopAt = null;

  const tell = () => {
    now.textContent = timeline.label(shown);
    listeners.forEach((listener) => listener(shown, !video.paused));
  };
  const look = (seconds = video.currentTime) => {
    shown = Math.min(timeline.frameAt(seconds), Math.max(0, timeline.frames - 1));
    if (stopAt !== null && !video.paused && shown >= stopAt - 1) {
      stopAt = null;
      video.pause();
    }
    tell();
  };
  const follow = () => {
    if (video.paused) return;
    look();
    requestAnimationFrame(follow);
  };

  const player = {
    video,
    section,
    timeline,
    /** The frame on the screen. */
    frame: () => shown,
    seek(frame) {
      shown = Math.min(timeline.within(frame), Math.max(0, timeline.frames - 1));
      video.currentTime = timeline.seconds(shown);
      tell();
    },
    step(frames) {
      video.pause();
      player.seek(shown + frames);
    },
    play(from, upTo = null) {
      if (from !== undefined) player.seek(from);
      stopAt = upTo;
      video.play().catch(() => {});
    },
    pause() {
      stopAt = null;
      video.pause();
    },
    toggle() {
      if (video.paused) player.play();
      else player.pause();
    },
    isPreviewing: () => stopAt !== null && !video.paused,
    captions: () => nextCaptions(),
    mute: () => mute(),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : section.requestFullscreen?.()),
    onFrame: (listener) => listeners.push(listener),
  };

  // --- what stands on the buttons ---

  const play = button("play");
  const showState = () => {
    section.classList.toggle("is-playing", !video.paused);
    play.querySelector("[data-label]").textContent = video.paused ? play.dataset.play : play.dataset.pause;
    tell();
  };
  video.addEventListener("play", () => {
    showState();
    requestAnimationFrame(follow);
  });
  video.addEventListener("pause", () => {
    stopAt = null;
    look();
    showState();
  });
  video.addEventListener("seeked", () => {
    if (video.paused) tell();
  });
  video.addEventListener("click", () => player.toggle());

  const tracks = [...video.textTracks];
  const captions = button("captions");
  const chosen = () => tracks.findIndex((track) => track.mode === "showing");
  function showCaptions(place) {
    tracks.forEach((track, each) => (track.mode = each === place ? "showing" : "disabled"));
    if (!captions) return;
    captions.setAttribute("aria-pressed", String(place >= 0));
    captions.querySelector("[data-label]").textContent = place >= 0 ? tracks[place].label : captions.dataset.off;
  }
  function nextCaptions() {
    const next = chosen() + 1;
    showCaptions(next < tracks.length ? next : -1);
  }
  function mute() {
    video.muted = !video.muted;
    button("mute").setAttribute("aria-pressed", String(video.muted));
    if (video.muted && chosen() < 0 && tracks.length) showCaptions(0);
  }
  const first = [...video.querySelectorAll("track")].findIndex((track) => track.default);
  showCaptions(first);

  const speed = button("speed");
  const nextSpeed = () => {
    const place = (SPEEDS.indexOf(video.playbackRate) + 1) % SPEEDS.length;
    video.playbackRate = SPEEDS[place];
    speed.querySelector("[data-label]").textContent = `${SPEEDS[place]}×`;
    speed.setAttribute("aria-label", `${speed.dataset.name}: ${SPEEDS[place]}×`);
  };

  const does = {
    play: player.toggle,
    back: () => player.step(-1),
    forward: () => player.step(1),
    captions: nextCaptions,
    speed: nextSpeed,
    mute,
    full: player.full,
  };
  for (const [name, act] of Object.entries(does)) button(name)?.addEventListener("click", act);
  if (!section.requestFullscreen) button("full").hidden = true;

  video.controls = false;
  controls.hidden = false;
  look(0);
  return player;
}

/** Whether keys of one letter are wanted; a person may turn them off (WCAG 2.1.4). */
export const keys = {
  NAME: "player-keys",
  areOn() {
    try {
      return localStorage.getItem(keys.NAME) !== "off";
    } catch {
      return true;
    }
  },
  turn(isOn) {
    try {
      if (isOn) localStorage.removeItem(keys.NAME);
      else localStorage.setItem(keys.NAME, "off");
    } catch {
      // A browser that keeps nothing has them on at the next page again.
    }
  },
};

/** Let keys work while one of `places` has focus: `acts` by key, with "Shift+" before it where that is held. */
export function hearKeys(places, acts) {
  const hear = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.matches("input:not([type=range], [type=checkbox]), textarea, select")) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const isRange = target.matches("input[type=range]");
    if (isRange && /^(Arrow|Home|End|Page)/.test(key)) return;
    if (key === " " && target.closest("button, a, summary, input")) return;
    const name = event.shiftKey && /^[A-Z]$/.test(key) ? `Shift+${key}` : key;
    const act = acts[name];
    if (!act || (key.length === 1 && key !== " " && !keys.areOn())) return;
    event.preventDefault();
    act();
  };
  places.forEach((place) => place.addEventListener("keydown", hear));
}
