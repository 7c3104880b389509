// Leaving a page with unsaved words asks first. Only then: a page that asks without a reason
// teaches people to click it away.
//
//     <form data-guard>            asks once what it holds differs from what it opened with
//     <form data-guard="unsaved">  opened with words that are not saved yet: another version came
//                                  first, or they were kept while somebody signed in again

// They change without anybody typing: a token grows old, a draft that saved itself has another number.
const NOBODYS = ["csrf_token", "base", "before", "source"];

/** What a form would send of what people typed: [[name, value], …]. Files count by name and size. */
export function entries(form) {
  return [...new FormData(form)]
    .filter(([name]) => !NOBODYS.includes(name))
    .map(([name, value]) => (value instanceof File ? [name, value.name, value.size] : [name, value.replace(/\r\n?/g, "\n")]));
}

/** The same as one text to compare. */
export function contents(form) {
  return JSON.stringify(entries(form));
}

function watch(form) {
  let saved = contents(form);
  // A form that was refused comes back with what was typed, and its faults marked.
  let startsUnsaved = form.dataset.guard === "unsaved" || form.querySelector('[aria-invalid="true"]') !== null;
  let isLeaving = false;
  let wasTouched = startsUnsaved;

  form.addEventListener("input", () => {
    wasTouched = true;
  });
  form.addEventListener("change", () => {
    wasTouched = true;
  });
  form.addEventListener("submit", (event) => {
    // A script that stops the submit may do so after us: ask again when the event has gone round.
    queueMicrotask(() => {
      isLeaving = !event.defaultPrevented;
    });
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  // A draft that saved itself (desk/autosave.js): what it held then is no reason to ask.
  form.addEventListener("kept", ({ detail }) => {
    saved = detail;
    startsUnsaved = false;
  });
  // Browsers put back what was typed when somebody comes back to a page; that is not saved either.
  addEventListener("load", () => {
    if (!startsUnsaved && !wasTouched) saved = contents(form);
  });
  addEventListener("beforeunload", (event) => {
    if (isLeaving || !wasTouched) return;
    if (startsUnsaved || contents(form) !== saved) event.preventDefault();
  });
}

export function askBeforeLeaving() {
  document.querySelectorAll("form[data-guard]").forEach(watch);
}
