// What is typed and not saved yet, kept in this browser so that it survives a lost connection, a session
// that ended, or a window that was closed. It lies there encrypted: the key comes with the page and is
// the account's own, so that on a shared machine nobody reads it who cannot log in as its writer.
// Logging out clears it, and from then on no window of this browser writes any more. What belongs to
// another account, or is older than a week, goes when a text is opened.

const PREFIX = "communique:typed:";
const WEEK_MS = 7 * 24 * 3600 * 1000;

let isClosed = false;
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("communique:desk") : null;
channel?.addEventListener("message", ({ data }) => {
  if (data === "logged out") isClosed = true;
});

function names() {
  return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
}

/** Forget everything, and keep every window of this browser from writing again. */
function clear() {
  isClosed = true;
  channel?.postMessage("logged out");
  for (const name of names()) localStorage.removeItem(name);
}

/** Clear what is kept as soon as somebody logs out. */
export function clearOnLeaving() {
  for (const form of document.querySelectorAll('form[action="/desk/sign-out"]')) {
    form.addEventListener("submit", () => {
      try {
        clear();
      } catch {
        // A browser that has no storage has kept nothing.
      }
    });
  }
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));

/** Where the typed contents of one text are kept, for one account. `null` where the browser cannot. */
export class Shelter {
  /** `key`: 32 bytes in base 64; `text`: which text; `base`: the number of the version that was opened. */
  static async open({ key, account, text, base }) {
    if (!globalThis.crypto?.subtle) return null;
    try {
      const secret = await crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["encrypt", "decrypt"]);
      const shelter = new Shelter(secret, account, text, base);
      shelter.tidy();
      return shelter;
    } catch {
      return null; // storage that is turned off, or full: saving works without it
    }
  }

  constructor(secret, account, text, base) {
    Object.assign(this, { secret, account, text });
    this.of = `${PREFIX}${account}:${text}:`;
    this.base = base;
  }

  get name() {
    return `${this.of}${this.base}`;
  }

  /** Remove what belongs to others, and what is too old. */
  tidy() {
    for (const name of names()) {
      const { at } = JSON.parse(localStorage.getItem(name) ?? "{}");
      if (!name.startsWith(`${PREFIX}${this.account}:`) || !(Date.now() - at < WEEK_MS)) localStorage.removeItem(name);
    }
  }

  /** Keep `fields`, [[name, value], …]; whether that worked. */
  async keep(fields) {
    if (isClosed) return false;
    const name = this.name;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(fields));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.secret, plain);
    if (isClosed) return false;
    try {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), iv: textOf(iv), sealed: textOf(sealed) }));
    } catch {
      return false;
    }
    return true;
  }

  /** Note that what is kept is on its way to the server. */
  markSent() {
    const kept = localStorage.getItem(this.name);
    if (kept && !isClosed) localStorage.setItem(this.name, JSON.stringify({ ...JSON.parse(kept), isSent: true }));
  }

  drop(name = this.name) {
    localStorage.removeItem(name);
  }

  /** What was sent has arrived: forget it, whichever text it was of (a new one has another address now). */
  dropSent() {
    for (const name of names()) {
      if (JSON.parse(localStorage.getItem(name)).isSent) localStorage.removeItem(name);
    }
  }

  /** The newest that is kept of this text: {name, at, base, fields}, or null. */
  async found() {
    const kept = names()
      .filter((name) => name.startsWith(this.of))
      .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
      .sort((one, other) => other.at - one.at);
    for (const { name, at, iv, sealed } of kept) {
      try {
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv) }, this.secret, bytesOf(sealed));
        return { name, at, base: name.slice(this.of.length), fields: JSON.parse(new TextDecoder().decode(plain)) };
      } catch {
        localStorage.removeItem(name); // of another key: nobody can read it any more
      }
    }
    return null;
  }
}
