// The size of the type, kept in this browser; copying the address of a page; and the arrow keys of photos. In the head and
// not deferred: the text is set in the chosen size from the first line on. Pages work without it, and then do not show its
// buttons.

(() => {
  const KEY = "type-size";
  const root = document.documentElement;

  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage can be forbidden; the size then lasts as long as the page.
    }
  };
  const store = (size) => {
    try {
      localStorage.setItem(KEY, size);
    } catch {}
  };

  const set = (size) => {
    root.dataset.type = size;
    for (const button of document.querySelectorAll("[data-sets-type]")) {
      button.setAttribute("aria-pressed", String(size === "large"));
    }
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copies);
    button.nextElementSibling.textContent = button.dataset.done;
  };

  const turn = (event) => {
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.matches("input")) return;
    document.querySelector(`.photo-page [rel=${way}]`)?.click();
  };

  set(stored() === "large" ? "large" : "normal");
  document.addEventListener("DOMContentLoaded", () => {
    set(root.dataset.type);
    document.addEventListener("keydown", turn);
    for (const button of document.querySelectorAll("[data-sets-type]")) {
      button.addEventListener("click", () => {
        const size = root.dataset.type === "large" ? "normal" : "large";
        set(size);
        store(size);
      });
    }
    for (const button of document.querySelectorAll("[data-copies]")) {
      // Only where the browser lets a page write to the clipboard: over HTTPS and on this machine.
      button.hidden = !navigator.clipboard;
      button.addEventListener("click", () => copy(button));
    }
  });
})();
