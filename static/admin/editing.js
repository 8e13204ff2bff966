/* Says that this form is open, and shows who else has it open. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const notice = document.querySelector("[data-editing-url]");
  if (!notice) return;
  const token = notice.closest("form").elements.csrfmiddlewaretoken.value;

  const ask = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(notice.dataset.editingUrl, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!response.ok || response.redirected) return;
      const { others } = await response.json();
      notice.hidden = !others;
      notice.querySelector("b").textContent = others;
    } catch {
      // No network: the next half minute asks again.
    }
  };

  setInterval(ask, 30000);
  document.addEventListener("visibilitychange", ask);
});
