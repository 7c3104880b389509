// Beside the office's hour, the hour where the reader is. Its line is kept free in the page, so nothing moves;
// where both clocks show the same, it stays empty.

export function tellOwnTimes() {
  const language = document.documentElement.lang;
  for (const programme of document.querySelectorAll("[data-own-zone]")) {
    const office = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short", timeZone: programme.dataset.ownZone });
    const own = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });
    const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false });
    const dayAndHour = new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });
    const officeDay = new Intl.DateTimeFormat("en", { dateStyle: "short", timeZone: programme.dataset.ownZone });
    const ownDay = new Intl.DateTimeFormat("en", { dateStyle: "short" });
    for (const slot of programme.querySelectorAll("[data-own-time]")) {
      const moment = new Date(slot.dataset.ownTime);
      if (office.format(moment) === own.format(moment)) continue;
      const written = officeDay.format(moment) === ownDay.format(moment) ? hour.format(moment) : dayAndHour.format(moment);
      slot.textContent = programme.dataset.ownWords.replace("%(time)s", written);
    }
  }
}
