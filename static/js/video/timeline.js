// Frames and the timecodes that name them (SMPTE ST 12-1), as app/library/rates.py counts them.

export class Timeline {
  /** Read how a film is counted from the data attributes of `element`. */
  constructor({ num, den, drop, nominal, start, frames }) {
    this.rate = Number(num) / Number(den);
    this.drop = Number(drop);
    this.nominal = Number(nominal);
    this.start = Number(start);
    this.frames = Number(frames);
    this.day = 24 * 60 * 60 * this.nominal - (this.drop * 24 * 60 * 9) / 10;
  }

  /** Seconds after the beginning at which `frame` is surely on the screen. */
  seconds(frame) {
    return (frame + 0.5) / this.rate;
  }

  /** The frame on the screen after so many seconds. */
  frameAt(seconds) {
    return this.within(Math.floor(seconds * this.rate + 0.01));
  }

  within(frame) {
    return Math.min(Math.max(frame, 0), this.frames);
  }

  label(frame, start = this.start) {
    let number = (frame + start) % this.day;
    if (this.drop) {
      const minute = 60 * this.nominal - this.drop;
      const rest = number % (10 * minute + this.drop);
      const tens = Math.floor(number / (10 * minute + this.drop));
      const later = rest < 60 * this.nominal ? 0 : 1 + Math.floor((rest - 60 * this.nominal) / minute);
      number += this.drop * (9 * tens + later);
    }
    const two = (value) => String(value).padStart(2, "0");
    const seconds = Math.floor(number / this.nominal);
    const width = Math.max(2, String(this.nominal - 1).length);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two);
    return `${parts.join(":")}${this.drop ? ";" : ":"}${String(number % this.nominal).padStart(width, "0")}`;
  }

  /** The frame that a label of ours means, or seconds, or minutes and seconds; null for what only the server can read. */
  read(typed) {
    const text = typed.trim();
    const code = text.match(/^(\d{1,2}):(\d{1,2}):(\d{1,2})[:;](\d{1,3})$/);
    if (code) {
      const [hours, minutes, seconds, frames] = code.slice(1).map(Number);
      const passed = 60 * hours + minutes;
      const dropped = this.drop * (passed - Math.floor(passed / 10));
      const frame = (passed * 60 + seconds) * this.nominal + frames - dropped - this.start;
      return frame >= 0 && frame <= this.frames && this.label(frame) === this.written(code) ? frame : null;
    }
    const plain = text.match(/^(?:(?:(\d{1,3}):)?(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/);
    if (!plain) return null;
    const whole = (Number(plain[1] ?? 0) * 60 + Number(plain[2] ?? 0)) * 60 + Number(plain[3]);
    const frame = Math.floor((whole + Number(`0.${plain[4] ?? 0}`) + 0.001) * this.rate);
    return frame <= this.frames ? frame : null;
  }

  written([, hours, minutes, seconds, frames]) {
    const two = (value) => value.padStart(2, "0");
    return `${two(hours)}:${two(minutes)}:${two(seconds)}${this.drop ? ";" : ":"}${two(frames)}`;
  }
}
