// Leaving a page with unsaved words asks first. Only then: a page that asks without a reason
// teaches people to click it away. Nothing is kept in the browser, a draft least of all.
//
//     <form data-guard>            asks once what it holds differs from what it opened with
//     <form data-guard="unsaved">  opened with words that are not saved yet: another version came
//                                  first, or they were kept while somebody signed in again

/** What a form would send, as one text to compare. Files count by name and size. */
function contents(form) {
  const entries = [...new FormData(form)].map(([name, value]) =>
    value instanceof File ? [name, value.name, value.size] : [name, value.replace(/\r\n?/g, "\n")],
  );
  return JSON.stringify(entries);
}

function watch(form) {
  let saved = contents(form);
  // A form that was refused comes back with what was typed, and its faults marked.
  const startsUnsaved = form.dataset.guard === "unsaved" || form.querySelector('[aria-invalid="true"]') !== null;
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
