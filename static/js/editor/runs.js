// The text of one block as the server keeps it (app/text/runs.py): characters that mean something,
// white space as readers see it, and a break only between two lines.

const MEANINGLESS =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e]|\p{Cs}/gu;
const LINE_SPACE = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const SHOWN = /[^\s\u00ad\u034f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]/;

/** Whether a text shows nothing. */
export function isBlank(text) {
  return !SHOWN.test(text);
}

const linkOf = (run) => run.marks.find((mark) => mark.type.name === "link");
const sameMarks = (one, other) => one.marks.length === other.marks.length && one.marks.every((mark, at) => mark.eq(other.marks[at]));

/** A link without a word to press is no link. */
function withoutEmptyLinks(runs) {
  return runs.map((run, at) => {
    const link = linkOf(run);
    if (!link) return run;
    const isSame = (other) => other && linkOf(other)?.eq(link);
    let [from, to] = [at, at];
    while (isSame(runs[from - 1])) from -= 1;
    while (isSame(runs[to + 1])) to += 1;
    const words = runs.slice(from, to + 1).map(({ text }) => text ?? "");
    return isBlank(words.join("")) ? { ...run, marks: run.marks.filter((mark) => mark !== link) } : run;
  });
}

function joined(runs) {
  const found = [];
  for (const run of runs) {
    const last = found.at(-1);
    if (last && last.text !== null && run.text !== null && sameMarks(last, run)) {
      found[found.length - 1] = { text: last.text + run.text, marks: run.marks };
    } else if (run.text !== "") {
      found.push(run);
    }
  }
  return found;
}

function trimEnd(runs) {
  while (runs.length && runs.at(-1).text !== null) {
    const { text, marks } = runs.pop();
    if (text.trimEnd()) {
      runs.push({ text: text.trimEnd(), marks });
      return;
    }
  }
}

/** Runs of white space become one space; none stands at an end or beside a break. */
function folded(runs) {
  const found = [];
  for (const run of runs) {
    if (run.text === null) {
      trimEnd(found);
      if (found.length) found.push(run);
      continue;
    }
    let text = run.text.replace(/\s{2,}/g, " ");
    const last = found.at(-1);
    if (!last || last.text === null || /\s$/.test(last.text)) text = text.trimStart();
    if (text) found.push({ text, marks: run.marks });
  }
  trimEnd(found);
  while (found.length && found.at(-1).text === null) {
    found.pop();
    trimEnd(found);
  }
  return joined(found);
}

const meant = (text) => text.replace(MEANINGLESS, "").replace(LINE_SPACE, " ").normalize("NFC");

/** One line of plain text in the same form. */
export function settledText(text) {
  const line = meant(text).replace(/\s{2,}/g, " ").trim();
  return isBlank(line) ? "" : line;
}

/** The runs {text, marks} of a textblock, a break's text being null; none when it shows nothing. */
export function runsOf(textblock) {
  const runs = textblock.content.content.map((node) =>
    node.isText ? { text: meant(node.text), marks: node.marks } : { text: null, marks: [] },
  );
  const found = folded(joined(withoutEmptyLinks(joined(runs))));
  return found.every(({ text }) => text === null || isBlank(text)) ? [] : found;
}
