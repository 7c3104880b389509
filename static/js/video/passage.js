// The choice of a passage, live: handles, fields, shots, keys and the address say the same at every moment.
import { hearKeys, keys } from "./player.js";
import { Timeline } from "./timeline.js";

export function readyPassage(form, player) {
  const timeline = new Timeline(form.dataset);
  const shots = JSON.parse(form.dataset.shots);
  const words = JSON.parse(form.dataset.words);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const find = (selector) => form.querySelector(selector);
  const ranges = { in: find('[data-range="in"]'), out: find('[data-range="out"]') };
  const fields = { in: find("#in"), out: find("#out") };
  const rows = [...document.querySelectorAll("[data-shotlist] > li")];
  const least = Math.min(timeline.nominal, timeline.frames);
  const said = find("[data-said]");
  let chosen = Number(ranges.in.value) > 0 || Number(ranges.out.value) < timeline.frames;
  let [begins, ends] = [Number(ranges.in.value), Number(ranges.out.value)];

  const fill = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const counted = (forms, count) => fill(forms[plural.select(count)] ?? forms.other, { num: count });
  const say = (sentence) => (said.textContent = sentence);

  function spoken(frame, isEnd) {
    const whole = Math.floor(frame / timeline.rate + 1e-6);
    const minutes = Math.floor(whole / 60);
    const parts = [...(minutes ? [counted(words.minutes, minutes)] : []), counted(words.seconds, whole % 60)];
    const time = parts.join(" ");
    const ended = isEnd ? shots.findIndex(([, last]) => last === frame) : -1;
    if (ended >= 0) return fill(words.ended, { time, number: ended + 1 });
    const inside = shots.findIndex(([first, last]) => first <= frame && frame < last);
    return inside >= 0 ? fill(words.inside, { time, number: inside + 1 }) : time;
  }

  const query = (first, last) => `?in=${timeline.label(first)}&out=${timeline.label(last)}`;

  // --- drawing what is chosen ---

  let later;
  function remember() {
    clearTimeout(later);
    later = setTimeout(() => {
      const rest = new URLSearchParams(location.search);
      for (const name of ["in", "out", "from", "to", "shown"]) rest.delete(name);
      const own = chosen ? query(begins, ends) : "";
      const more = rest.toString() && `${own ? "&" : "?"}${rest}`;
      history.replaceState(null, "", `${location.pathname}${own}${more}${location.hash}`);
      renewPanel();
    }, 150);
  }

  // What can be taken of the passage is the same for everybody: it is read out of the page that this address shows.
  let asked = 0;
  async function renewPanel() {
    const panel = document.getElementById("download");
    const form = panel?.querySelector("[data-panel]");
    if (!form) return;
    const mine = ++asked;
    const answer = await fetch(`${location.pathname}${location.search}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const other = fresh.querySelector("#download [data-panel]");
    if (!other || mine !== asked) return;
    const format = form.querySelector('input[name="format"]:checked')?.id;
    const focused = form.contains(document.activeElement) ? document.activeElement.id : "";
    form.replaceChildren(...other.childNodes);
    const kept = format && document.getElementById(format);
    if (kept) kept.checked = true;
    if (focused) document.getElementById(focused)?.focus();
  }

  function draw() {
    const share = (frame) => (1000 * frame) / timeline.frames;
    ranges.in.value = begins;
    ranges.out.value = ends;
    ranges.in.setAttribute("aria-valuetext", spoken(begins, false));
    ranges.out.setAttribute("aria-valuetext", spoken(ends, true));
    fields.in.value = chosen ? timeline.label(begins) : "";
    fields.out.value = chosen ? timeline.label(ends) : "";
    const box = find("[data-chosen]");
    box.setAttribute("x", share(begins));
    box.setAttribute("width", share(ends - begins));
    const within = shots.filter(([first, last]) => first < ends && begins < last);
    const sum = find("[data-sum]");
    const length = timeline.label(ends - begins, 0);
    sum.replaceChildren();
    if (chosen) {
      const bold = document.createElement("b");
      bold.className = "passage__length";
      bold.textContent = length;
      sum.append(bold, within.length ? ` ${counted(words.shots, within.length)}` : "");
    } else {
      sum.textContent = fill(words.whole, { length });
    }
    const blocks = form.querySelectorAll("rect.passage__shot");
    rows.forEach((row, place) => {
      const [first, last] = shots[place];
      const isIn = chosen && begins <= first && last <= ends;
      row.classList.toggle("is-chosen", isIn);
      blocks[place]?.classList.toggle("is-chosen", isIn);
      const use = row.querySelector("[data-use]");
      use.querySelector("[data-word]").textContent = isIn ? words.selected : words.use;
      if (isIn) use.setAttribute("aria-current", "true");
      else use.removeAttribute("aria-current");
      const extend = row.querySelector("[data-extend]");
      extend.hidden = !chosen || isIn;
      extend.href = `${query(Math.min(first, begins), Math.max(last, ends))}#selection`;
    });
    for (const note of form.querySelectorAll("[data-restricted]")) {
      const { first, last } = note.dataset;
      note.hidden = !chosen || !(Number(first) < ends && begins < Number(last));
    }
    forgetErrors();
    remember();
  }

  function forgetErrors() {
    for (const [name, field] of Object.entries(fields)) {
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", "passage-hint");
      document.getElementById(`${name}-error`)?.remove();
      field.closest(".passage__field").classList.remove("passage__field--wrong");
    }
  }

  function choose(first, last) {
    [begins, ends, chosen] = [timeline.within(first), timeline.within(last), true];
    draw();
  }

  function setIn(frame) {
    const first = Math.min(timeline.within(frame), timeline.frames - least);
    choose(first, Math.max(ends, first + least));
  }

  function setOut(frame) {
    const last = Math.max(timeline.within(frame), least);
    choose(Math.min(begins, last - least), last);
  }

  function clear() {
    [begins, ends, chosen] = [0, timeline.frames, false];
    draw();
    say(words.cleared);
  }

  // --- handles, fields, links ---

  for (const [name, range] of Object.entries(ranges)) {
    range.removeAttribute("name"); // the fields say it; without script the handles do
    range.addEventListener("input", () => {
      if (name === "in") choose(Math.min(Number(range.value), ends - least), ends);
      else choose(begins, Math.max(Number(range.value), begins + least));
      if (player?.video.paused) player.seek(name === "in" ? begins : Math.max(begins, ends - 1));
    });
    range.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -1, PageUp: 1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const far = event.shiftKey || event.key.startsWith("Page") ? timeline.nominal : 1;
      const frame = Number(range.value) + step * far;
      if (name === "in") choose(Math.min(frame, ends - least), ends);
      else choose(begins, Math.max(frame, begins + least));
      if (player?.video.paused) player.seek(name === "in" ? begins : Math.max(begins, ends - 1));
    });
  }
  find('input[name="shown"]').disabled = true;

  form.addEventListener("submit", (event) => {
    const first = fields.in.value.trim() ? timeline.read(fields.in.value) : 0;
    const last = fields.out.value.trim() ? timeline.read(fields.out.value) : timeline.frames;
    if (first === null || last === null || last - first < least) return; // the server says what is wrong
    event.preventDefault();
    if (first === 0 && last === timeline.frames) clear();
    else choose(first, last);
  });
  find('[data-do="clear"]').addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
  rows.forEach((row, place) => {
    const [first, last] = shots[place];
    row.querySelector("[data-use]").addEventListener("click", (event) => {
      event.preventDefault();
      choose(first, Math.min(last, timeline.frames));
      player?.seek(first);
    });
    row.querySelector("[data-extend]").addEventListener("click", (event) => {
      event.preventDefault();
      choose(Math.min(first, begins), Math.max(Math.min(last, timeline.frames), ends));
    });
    row.querySelector("[data-play-from]")?.addEventListener("click", (event) => {
      if (!player) return;
      event.preventDefault();
      player.play(first);
    });
  });

  draw();
  clearTimeout(later);
  if (!player) return;

  // --- what follows the player ---

  const show = (name) => {
    const button = find(`[data-do="${name}"]`);
    button.hidden = false;
    return button;
  };
  show("now-in").addEventListener("click", () => setIn(player.frame()));
  show("now-out").addEventListener("click", () => setOut(player.frame()));
  const preview = show("preview");
  const label = preview.querySelector("[data-label]");
  const name = label.textContent;
  preview.addEventListener("click", () => {
    if (player.isPreviewing()) player.pause();
    else player.play(begins, ends);
  });
  const head = find("[data-head]");
  player.onFrame((frame) => {
    head.setAttribute("d", `M${((1000 * frame) / timeline.frames).toFixed(1)} 4v66`);
    label.textContent = player.isPreviewing() ? preview.dataset.stop : name;
  });
  if (chosen) player.seek(begins);

  const second = Math.round(timeline.rate);
  const list = document.querySelector("[data-keylist]");
  const showKeys = () => list?.showModal();
  hearKeys([player.section, form], {
    " ": player.toggle,
    K: player.toggle,
    J: () => player.seek(player.frame() - 10 * second),
    L: () => player.seek(player.frame() + 10 * second),
    ArrowLeft: () => player.seek(player.frame() - second),
    ArrowRight: () => player.seek(player.frame() + second),
    ",": () => player.step(-1),
    ".": () => player.step(1),
    I: () => {
      setIn(player.frame());
      say(fill(words.in_set, { time: timeline.label(begins) }));
    },
    O: () => {
      setOut(player.frame());
      say(fill(words.out_set, { time: timeline.label(ends) }));
    },
    "Shift+I": () => player.seek(begins),
    "Shift+O": () => player.seek(Math.max(begins, ends - 1)),
    X: clear,
    C: player.captions,
    M: player.mute,
    F: player.full,
    "?": showKeys,
  });
  find("[data-keys]").hidden = false;
  find('[data-do="keys"]').addEventListener("click", showKeys);
  const isOn = list?.querySelector("[data-keys-on]");
  if (isOn) {
    isOn.checked = keys.areOn();
    isOn.addEventListener("change", () => keys.turn(isOn.checked));
  }

  // --- the strip: what is to be seen where the pointer is ---

  const track = find("[data-track]");
  const hover = find("[data-hover]");
  const canvas = hover.querySelector("canvas");
  let sheet;
  const frameUnder = (event) => {
    const box = find("svg.passage__drawn").getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.min(timeline.frames - 1, Math.floor(share * timeline.frames));
  };
  track.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const frame = frameUnder(event);
    hover.hidden = false;
    hover.querySelector("[data-hover-time]").textContent = timeline.label(frame);
    const box = track.getBoundingClientRect();
    const half = hover.offsetWidth / 2;
    const place = Math.min(box.width - half, Math.max(half, event.clientX - box.left));
    hover.style.insetInlineStart = `${place - half}px`;
    if (canvas) drawStill(frame);
  });
  track.addEventListener("pointerleave", () => (hover.hidden = true));
  track.addEventListener("click", (event) => {
    if (!event.target.matches("input")) player.seek(frameUnder(event));
  });

  function drawStill(frame) {
    const { strip, columns, pictures, seconds, width, height } = canvas.dataset;
    if (!sheet) {
      sheet = new Image();
      sheet.src = strip;
    }
    if (!sheet.complete || !sheet.naturalWidth) return;
    const number = Math.min(Number(pictures) - 1, Math.floor(frame / timeline.rate / Number(seconds)));
    const [x, y] = [number % Number(columns), Math.floor(number / Number(columns))];
    const [wide, high] = [Number(width), Number(height)];
    canvas.getContext("2d").drawImage(sheet, x * wide, y * high, wide, high, 0, 0, canvas.width, canvas.height);
  }
}
