// Files sent piece by piece (tus), which go on after a broken connection, and after a closed browser when the same
// file is chosen again. One file at a time: on a poor line two would only wait for each other. Without script the
// form sends them in one piece.
//
//     <form data-upload="/desk/media/uploads/" data-page="…" data-piece="8388608" data-say-…="…">   (see upload.html)
//     <ul data-uploads><li data-key data-state data-fingerprint data-received data-size>…</li></ul>
//
// What becomes of a file after that is drawn by the server; the list is fetched again while something goes on.

import { Upload } from "tus-js-client";

const LOOK_AGAIN_MS = 3000;
const TOKEN_LIVES_MS = 30 * 60 * 1000;
const PATIENCE_MS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000, 60000, 60000, 120000, 120000, 300000];
const GOING_ON = ["checking", "working"];

class Files {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.list = document.querySelector("[data-uploads]");
    this.said = document.querySelector("[data-upload-said]");
    this.input = form.querySelector('input[type="file"]');
    this.queue = [];
    this.current = null;
    this.sendings = new Map(); // by key, those that the server knows
    this.untold = new Set(); // forms whose words the server does not have yet
    this.tokenAt = Date.now();
    this.size = sizes(form.dataset.language);
  }

  start() {
    for (const element of this.form.querySelectorAll("[data-plain]")) element.hidden = true;
    this.input.addEventListener("change", () => {
      for (const file of this.input.files) this.add(file);
      this.input.value = "";
    });
    this.form.addEventListener("dragover", (event) => {
      event.preventDefault(); // or the browser would open the file
      this.form.classList.add("drop--over");
    });
    for (const name of ["dragleave", "drop"]) this.form.addEventListener(name, () => this.form.classList.remove("drop--over"));
    this.form.addEventListener("drop", (event) => {
      event.preventDefault();
      for (const file of event.dataTransfer.files) this.add(file);
    });
    addEventListener("beforeunload", (event) => {
      if (this.current || this.queue.length || this.untold.size) event.preventDefault();
    });
    addEventListener("online", () => {
      this.next();
      this.tellAgain();
    });
    this.list.addEventListener("change", (event) => this.tell(event.target.closest("[data-tell] form")));
    this.list.addEventListener("submit", (event) => {
      const form = event.target.closest("[data-tell] form");
      if (form) event.preventDefault(); // leaving the page would stop what is being sent
      this.tell(form);
    });
    this.lookAgain();
  }

  async add(file) {
    const fingerprint = await digest([file.name, file.size, file.lastModified].join("/"));
    if (this.row(fingerprint)) return;
    const known = [...this.list.children].find((row) => row.dataset.fingerprint === fingerprint && row.dataset.state === "receiving");
    const sending = new Sending(this, file, fingerprint, known);
    this.queue.push(sending);
    this.next();
  }

  row(fingerprint) {
    return [this.current, ...this.queue].find((each) => each?.fingerprint === fingerprint && !each.isOver);
  }

  next() {
    if (this.current && !this.current.isResting) return;
    const ready = this.queue.find((each) => !each.isResting);
    if (!ready) return;
    if (this.current) this.queue.push(this.current);
    this.queue = this.queue.filter((each) => each !== ready && !each.isOver);
    this.current = ready;
    ready.send();
  }

  ended(sending) {
    if (this.current === sending) this.current = null;
    this.queue = this.queue.filter((each) => each !== sending);
    this.next();
    this.refresh();
  }

  say(words) {
    this.said.textContent = words;
  }

  get token() {
    return this.form.querySelector('input[name="csrf_token"]').value;
  }

  /** Fetch the page as it is now: a token that lives longer, and what became of the files. */
  async fetchPage() {
    const answer = await fetch(this.words.page, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector('[data-upload] input[name="csrf_token"]')?.value;
    if (!fresh) return null;
    for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh;
    this.tokenAt = Date.now();
    return page;
  }

  async freshToken() {
    if (Date.now() - this.tokenAt > TOKEN_LIVES_MS) await this.fetchPage();
    return this.token;
  }

  async refresh() {
    const began = performance.now();
    const page = await this.fetchPage().catch(() => null);
    if (!page) return;
    const mine = new Set([this.current, ...this.queue].filter((each) => each && !each.isOver).map((each) => each.key));
    const fresh = [...page.querySelectorAll("[data-uploads] > li")];
    const names = new Set(fresh.map((row) => row.dataset.key));
    for (const row of [...this.list.children]) {
      if (row.dataset.key && !names.has(row.dataset.key) && !mine.has(row.dataset.key)) {
        if (row.contains(document.activeElement)) this.input.focus({ preventScroll: true });
        row.remove();
      }
    }
    let after = null;
    for (const row of fresh) {
      const shown = document.getElementById(row.id);
      if (this.sendings.get(row.dataset.key)?.toldAt > began) continue; // drawn before what is said of all was there
      if (mine.has(row.dataset.key)) {
        const words = row.querySelector("[data-tell]");
        if (shown && words && !shown.querySelector("[data-tell]")) shown.append(document.importNode(words, true));
        continue;
      }
      const drawn = document.importNode(row, true);
      if (!shown) after ? after.after(drawn) : this.list.prepend(drawn);
      else if (shown.dataset.state !== row.dataset.state || shown.querySelector(".upload__words")?.textContent !== row.querySelector(".upload__words")?.textContent) {
        const isNews = shown.dataset.state !== row.dataset.state; // a row that keeps its form is changed in place
        this.replace(shown, drawn);
        if (isNews) this.say(`${row.querySelector("bdi").textContent}: ${row.querySelector(".upload__words").textContent}`);
      }
      after = document.getElementById(row.id);
    }
    this.shown();
  }

  /**
   * Put a row in the place of another. The form in which somebody types stays where it is, with its focus. Who stood
   * at something else stays there: at the same control, or at the row itself.
   */
  replace(shown, drawn) {
    const typed = shown.querySelector(":scope > [data-tell]");
    const place = drawn.querySelector(":scope > [data-tell]");
    const at = shown.contains(document.activeElement) ? document.activeElement : null;
    if (at && !place && typed?.contains(at)) return; // what is being typed has no place in the new row
    const row = typed && place ? shown : drawn;
    if (row === drawn) shown.replaceWith(drawn);
    else {
      for (const child of [...shown.children]) if (child !== typed) child.remove();
      const children = [...drawn.children];
      typed.before(...children.slice(0, children.indexOf(place)));
      typed.after(...children.slice(children.indexOf(place) + 1));
      for (const name of drawn.getAttributeNames()) shown.setAttribute(name, drawn.getAttribute(name));
    }
    if (!at || row.contains(at)) return;
    const same = [...row.querySelectorAll("a, button")].find((each) => spoken(each) === spoken(at));
    if (!same) row.tabIndex = -1; // not the first that comes: what was "Pause" must not be "Discard" under a finger
    (same ?? row).focus({ preventScroll: true });
  }

  /** Send what is said of a file; what could not be sent stays, and is sent again. */
  async tell(form) {
    if (!form) return;
    this.untold.add(form);
    if (form.dataset.isTelling) return;
    form.dataset.isTelling = "1";
    const said = form.querySelector("[data-tell-said]");
    try {
      while (this.untold.delete(form)) {
        const token = await this.freshToken();
        const answer = await fetch(form.action, {
          method: "POST", body: new FormData(form), keepalive: true, headers: { Accept: "text/plain", "X-CSRFToken": token },
        });
        if (answer.status === 400) this.tokenAt = 0; // the form's token may have become too old
        if (answer.redirected || (!answer.ok && answer.status !== 422)) throw new Error(answer.status);
        said.textContent = await answer.text();
      }
    } catch {
      this.untold.add(form);
      said.textContent = this.words.sayUntold;
    }
    delete form.dataset.isTelling;
  }

  /** Say of a new file what is said of all that are added. */
  async tellOfAll(key) {
    const words = new FormData();
    for (const [name, value] of new FormData(this.form)) {
      if (name.startsWith("all-") && value) words.append(name.replace("all", key), value);
    }
    const said = this.form.querySelector("[data-all-said]");
    said.textContent = "";
    if (![...words].length) return;
    try {
      const answer = await fetch(`${this.words.upload}${key}/words`, {
        method: "POST", body: words, headers: { Accept: "text/plain", "X-CSRFToken": await this.freshToken() },
      });
      if (!answer.ok || answer.redirected) said.textContent = answer.status === 422 ? await answer.text() : this.words.sayUntold;
    } catch {
      said.textContent = this.words.sayUntold;
    }
  }

  tellAgain() {
    for (const form of this.untold) this.tell(form);
  }

  shown() {
    this.list.hidden = !this.list.children.length;
    document.querySelector("[data-uploads-none]").hidden = !this.list.hidden;
  }

  lookAgain() {
    setTimeout(async () => {
      this.tellAgain();
      const mine = new Set([this.current, ...this.queue].map((each) => each?.element));
      const goesOn = [...this.list.children].some((row) => GOING_ON.includes(row.dataset.state) || (row.dataset.state === "sending" && !mine.has(row)));
      if (goesOn && document.visibilityState === "visible") await this.refresh();
      this.lookAgain();
    }, LOOK_AGAIN_MS);
  }
}

class Sending {
  constructor(files, file, fingerprint, known) {
    this.files = files;
    this.file = file;
    this.fingerprint = fingerprint;
    this.isOver = false;
    this.isResting = false;
    this.toldAt = Infinity; // when the server had what is said of all files
    this.key = known?.dataset.key;
    this.draw(known);
    this.upload = new Upload(file, {
      endpoint: files.words.upload,
      uploadUrl: this.key ? new URL(files.words.upload + this.key, location.href).href : null,
      chunkSize: Number(files.words.piece),
      retryDelays: PATIENCE_MS,
      storeFingerprintForResuming: false, // the server's list tells what can be gone on with, on any computer
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, fingerprint: `${file.name}/${file.size}/${file.lastModified}` },
      onBeforeRequest: async (request) => request.setHeader("X-CSRFToken", await files.freshToken()),
      onUploadUrlAvailable: async () => {
        this.key = this.upload.url.split("/").pop();
        this.element.dataset.key = this.key;
        this.element.id = `upload-${this.key}`;
        files.sendings.set(this.key, this);
        if (!known) await files.tellOfAll(this.key);
        this.toldAt = performance.now();
        files.refresh(); // brings the form for its words
      },
      onProgress: (got, size) => this.progress(got, size),
      onShouldRetry: (error) => this.retries(error),
      onError: (error) => this.failed(error),
      onSuccess: () => this.sent(),
    });
  }

  draw(known) {
    const element = document.createElement("li");
    element.className = "upload upload--receiving";
    element.dataset.state = "sending";
    const name = document.createElement("p");
    name.className = "upload__name";
    const bdi = document.createElement("bdi");
    bdi.textContent = this.file.name;
    const size = document.createElement("span");
    size.className = "upload__size";
    size.textContent = this.files.size(this.file.size);
    name.append(bdi, " ", size);
    this.bar = document.createElement("progress");
    this.bar.className = "upload__bar";
    this.bar.max = 100;
    this.bar.value = known ? (100 * known.dataset.received) / known.dataset.size : 0;
    this.bar.setAttribute("aria-label", this.file.name);
    this.text = document.createElement("p");
    this.text.className = "upload__words";
    this.text.textContent = this.files.words.sayWaiting;
    const ways = document.createElement("div");
    ways.className = "upload__ways";
    this.pauseButton = this.button(this.files.words.pause, () => (this.isResting ? this.goOn() : this.pause()));
    ways.append(this.pauseButton, this.button(this.files.words.cancel, () => this.cancel()));
    element.append(name, this.bar, this.text, ways);
    this.element = element;
    if (known) {
      element.id = known.id;
      element.dataset.key = this.key;
      const words = known.querySelector("[data-tell]");
      if (words) element.append(words);
      known.replaceWith(element);
    } else this.files.list.prepend(element);
    this.files.shown();
  }

  button(words, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small";
    this.name(button, words);
    button.addEventListener("click", press);
    return button;
  }

  /** What a button does, with the name of its file for those who do not see the row. */
  name(button, words) {
    const hidden = document.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = ` ${this.file.name}`;
    button.replaceChildren(words, hidden);
  }

  send() {
    this.began = null;
    this.upload.start();
  }

  progress(got, size) {
    const now = performance.now();
    this.began ??= { now, got };
    const seconds = (now - this.began.now) / 1000;
    const speed = seconds > 1 ? (got - this.began.got) / seconds : 0;
    this.bar.value = (100 * got) / size;
    this.text.textContent = fill(this.files.words.saySending, {
      got: this.files.size(got), size: this.files.size(size), speed: this.files.size(speed),
    });
    this.element.classList.remove("upload--failed");
  }

  pause() {
    this.isResting = true;
    this.upload.abort();
    this.text.textContent = this.files.words.sayPaused;
    this.name(this.pauseButton, this.files.words.resume);
    this.files.say(`${this.file.name}: ${this.files.words.sayPaused}`);
    this.files.next();
  }

  goOn() {
    this.isResting = false;
    this.name(this.pauseButton, this.files.words.pause);
    this.text.textContent = this.files.words.sayWaiting;
    if (this.files.current === this) this.send();
    else {
      if (!this.files.queue.includes(this)) this.files.queue.push(this);
      this.files.next();
    }
  }

  async cancel() {
    this.isOver = true;
    this.toldAt = Infinity; // a list that is on its way shows it no more
    this.element.remove();
    this.files.shown();
    this.files.input.focus();
    try {
      await this.upload.abort(true); // tried again for a while: a piece may be on its way still
    } catch {
      // It is given up by the server after some days.
    }
    this.files.ended(this);
  }

  retries(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (status === 400) this.files.tokenAt = 0; // the form's token may have become too old
    const again = status === 0 || status === 400 || status === 409 || status === 423 || status === 460 || status === 503 || status === 500 || status === 502 || status === 504;
    if (again) this.text.textContent = this.files.words.sayTrying;
    return again;
  }

  failed(error) {
    const answer = error.originalResponse;
    const isWords = answer?.getHeader("Content-Type")?.startsWith("text/plain");
    const words = isWords && answer.getBody() ? answer.getBody() : answer?.getStatus() === 403 ? this.files.words.sayEnded : this.files.words.sayFailed;
    this.isResting = true;
    this.text.textContent = words;
    this.element.classList.add("upload--failed");
    this.name(this.pauseButton, this.files.words.resume);
    this.pauseButton.hidden = [404, 410, 413, 415, 422].includes(answer?.getStatus());
    this.files.say(`${this.file.name}: ${words}`);
    if (this.pauseButton.hidden) {
      this.isOver = true;
      this.files.ended(this);
    } else this.files.next();
  }

  sent() {
    this.isOver = true;
    this.files.say(`${this.file.name}: ${this.files.words.saySent}`);
    this.files.ended(this);
  }
}

/** What a control is called. */
function spoken(control) {
  return control.textContent.replace(/\s+/g, " ").trim();
}

/** The digest by which the server knows this file again. */
async function digest(text) {
  if (!crypto.subtle) return text; // on plain http beyond this machine there is none: then nothing is known again
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_hole, name) => values[name]);
}

/** A function that writes a number of bytes as the newsroom does. */
function sizes(language) {
  const units = { fr: ["ko", "Mo", "Go"], uk: ["кБ", "МБ", "ГБ"] }[language] ?? ["kB", "MB", "GB"];
  return (bytes) => {
    let [value, unit] = [bytes / 1000, 0];
    while (value >= 1000 && unit < 2) [value, unit] = [value / 1000, unit + 1];
    const digits = unit && value < 100 ? 1 : 0;
    const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return `${number.format(digits ? value : Math.max(1, value))}\u00a0${units[unit]}`;
  };
}

export function sendFiles() {
  const form = document.querySelector("form[data-upload]");
  if (form) new Files(form).start();
}
