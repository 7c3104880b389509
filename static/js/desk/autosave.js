// A draft saves itself ten seconds after a change and when a field is left, and says so quietly. What
// cannot be saved stays in this browser (shelter.js) and is offered when the text is opened again.
// Another's version is never written over: then the page says so, and the writer compares.
//
//     <form data-autosave="…/autosave.json" data-token-url data-account data-key data-text data-number
//           data-just-saved>        no address in data-autosave: the text only saves when somebody saves it
//     <span class="saving" hidden data-offline="…" …>   where it is said, with the words to say it

import { contents, entries } from "./leaving.js";
import { renew, renewToken } from "./presence.js";
import { Shelter } from "./shelter.js";

const PAUSE_MS = 10000;
const LEFT_MS = 200; // a field was left: let the next one have the focus first
const SHELTER_MS = 700;
const SLOWEST_MS = 60000;

const make = (tag, text, given = {}) => Object.assign(document.createElement(tag), { textContent: text }, given);

class Autosave {
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.done = place.querySelector(".saving__done");
    this.said = place.querySelector(".saving__said");
    this.address = form.dataset.autosave;
    this.saved = contents(form);
    this.wait = PAUSE_MS;
    this.isBusy = false;
    this.isStopped = !this.address;
  }

  async begin() {
    const { key, account, text, number, justSaved } = this.form.dataset;
    this.listen();
    this.shelter = await Shelter.open({ key, account, text, base: number });
    if (this.shelter && Number(justSaved)) this.shelter.dropSent();
    const kept = await this.shelter?.found();
    if (kept && JSON.stringify(kept.fields) !== contents(this.form)) this.offer(kept);
    else if (kept) this.shelter.drop(kept.name);
    if (this.form.dataset.guard === "unsaved") this.changed();
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("focusout", () => {
      if (this.isChanged()) this.later(LEFT_MS);
    });
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.timer = null;
      this.isLeaving = true;
      this.shelter?.markSent();
    });
    addEventListener("pageshow", () => {
      this.isLeaving = false;
    });
    addEventListener("online", () => {
      if (this.isChanged()) this.later(0);
    });
  }

  isChanged() {
    return this.form.dataset.guard === "unsaved" || contents(this.form) !== this.saved;
  }

  changed() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), SHELTER_MS);
    if (this.isStopped) this.tellWhy();
    else this.timer ??= setTimeout(() => this.save(), this.wait);
  }

  later(ms) {
    clearTimeout(this.timer);
    this.timer = null;
    if (!this.isStopped) this.timer = setTimeout(() => this.save(), ms);
  }

  async keep() {
    if (!this.isChanged() || this.isLeaving) return;
    await this.shelter?.keep(entries(this.form));
  }

  /** Why this text does not save itself, said once something was typed. */
  tellWhy() {
    if (this.address || !this.shelter) return;
    this.tell(this.form.dataset.tokenUrl ? this.place.dataset.state : this.place.dataset.new, { isQuiet: true });
  }

  async save(isAgain = false) {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.isBusy || this.isStopped || this.isLeaving || !this.isChanged()) return;
    this.isBusy = true;
    const sent = contents(this.form);
    const body = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    body.set("account", this.form.dataset.account);
    let next = null;
    try {
      const answer = await fetch(this.address, { method: "POST", body });
      next = await this.answered(answer, sent, isAgain);
    } catch {
      this.tell(this.place.dataset.offline);
      next = () => this.tryLater();
    } finally {
      this.isBusy = false;
    }
    next?.();
  }

  /** Do what an answer asks for; what is to be done next comes back. */
  async answered(answer, sent, isAgain) {
    if (answer.ok) {
      await this.kept(await answer.json(), sent);
      return contents(this.form) === sent ? null : () => this.later(PAUSE_MS);
    }
    if (answer.status === 400 && !isAgain && (await renewToken(this.form.dataset.tokenUrl))) return () => this.save(true);
    if (answer.status === 403) {
      const { heading, sentence } = await answer.json();
      const next = encodeURIComponent(location.pathname + location.search);
      this.tell(`${heading}. ${sentence}`, {
        more: make("a", this.place.dataset.signIn, { href: `/desk/sign-in?next=${next}` }),
      });
      return () => this.tryLater();
    }
    if (answer.status === 409 || answer.status === 422) return this.refused(await answer.json());
    throw new Error(String(answer.status));
  }

  refused({ said, why }) {
    this.isStopped = ["conflict", "state", "somebody"].includes(why);
    const compare = make("button", this.place.dataset.compare, { type: "button", className: "button button--quiet button--small" });
    compare.addEventListener("click", () => this.form.requestSubmit(this.form.querySelector("[data-save]")));
    this.tell(said, { more: why === "conflict" ? compare : null });
    return null;
  }

  async kept({ said, number, token }, sent) {
    this.wait = PAUSE_MS;
    this.saved = sent;
    this.form.dataset.guard = "";
    this.form.elements.base.value = number;
    renew(token);
    this.form.dispatchEvent(new CustomEvent("kept", { detail: sent }));
    this.shelter?.drop();
    if (this.shelter) this.shelter.base = String(number);
    if (contents(this.form) !== sent) await this.keep();
    this.tell("");
    this.done.textContent = said;
    this.place.hidden = false;
  }

  tryLater() {
    this.wait = Math.min(this.wait * 2, SLOWEST_MS);
    this.later(this.wait);
  }

  tell(words, { more = null, isQuiet = false } = {}) {
    this.place.classList.toggle("saving--wrong", Boolean(words) && !isQuiet);
    if (this.said.dataset.words === words) return; // a live region speaks whenever it is filled anew
    this.said.dataset.words = words;
    this.said.replaceChildren(words, ...(more ? [" ", more] : []));
    if (words) this.done.textContent = "";
    this.place.hidden = !words && !this.done.textContent;
  }

  /** Offer what was typed and never saved. Recovering sends it to the server, which shows the form with it. */
  offer(kept) {
    const { dataset } = this.place;
    const lang = document.documentElement.lang;
    const isToday = new Date(kept.at).toDateString() === new Date().toDateString();
    const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: dataset.zone };
    const format = isToday ? hour : { day: "numeric", month: "long", ...hour };
    const time = new Intl.DateTimeFormat(lang, format).format(kept.at);
    const box = make("div", "", { className: "recover" });
    box.setAttribute("role", "status");
    const recover = make("button", dataset.recoverDo, { type: "button", className: "button button--main button--small" });
    const drop = make("button", dataset.recoverDrop, { type: "button", className: "button button--quiet button--small" });
    recover.addEventListener("click", () => this.recover(kept));
    drop.addEventListener("click", () => {
      this.shelter.drop(kept.name);
      box.remove();
      document.querySelector("h1")?.focus();
    });
    this.form.parentElement.before(box);
    box.append(make("p", dataset.recover.replace("%(time)s", time)), recover, drop);
  }

  recover({ fields, base }) {
    const form = make("form", "", { method: "post", action: this.form.action, hidden: true });
    const ours = { base, csrf_token: this.form.elements.csrf_token.value, another: "recovered" };
    const given = [...fields, ...Object.entries(ours)];
    form.append(...given.map(([name, value]) => make("input", "", { type: "hidden", name, value })));
    document.body.append(form);
    this.isLeaving = true;
    form.submit();
  }
}

export function saveByItself() {
  const form = document.querySelector("form[data-key]");
  const place = form?.querySelector(".saving");
  if (form && place) new Autosave(form, place).begin();
}
