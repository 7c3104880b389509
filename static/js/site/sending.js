// A form is sent once: a second press while the answer is on its way would save, submit or publish
// a second time. The server copes with doubles too; this spares people the second answer.
//
//     <form data-repeat>   may be sent again and again (it starts a download and the page stays)

function guard(form) {
  let isSent = false;
  let held = [];

  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // Only after everybody has seen the event, and after the pressed button's name went with the form.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      isSent = true;
      held = [...form.elements].filter((control) => control.type === "submit" && !control.disabled);
      for (const button of held) button.disabled = true;
    });
  });
  // Coming back to the page, also out of the browser's memory, finds the form ready again.
  addEventListener("pageshow", () => {
    isSent = false;
    for (const button of held) button.disabled = false;
    held = [];
  });
}

export function sendOnce() {
  for (const form of document.querySelectorAll('form[method="post" i]:not([data-repeat])')) guard(form);
}
