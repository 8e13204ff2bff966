// Offers organizations, tags and headlines under a search box while somebody types: a combobox with a list box (WAI-ARIA).
// The form works without it.

const WAIT = 150; // ms without a key, before the site is asked

function withSuggestions(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }

  let timer, asked, chosen = -1;

  const show = (suggestions) => {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...suggestions.map(({ kind, label, url }, number) => {
      const one = document.createElement("a");
      one.className = "suggestions__one";
      one.id = `${list.id}-${number}`;
      one.href = url;
      one.tabIndex = -1;
      one.setAttribute("role", "option");
      one.setAttribute("aria-selected", "false");
      const kindOf = document.createElement("span");
      kindOf.className = "suggestions__kind";
      kindOf.textContent = kind;
      one.append(label, kindOf);
      return one;
    }));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const choose = (number) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = number;
    const one = list.children[chosen];
    one?.setAttribute("aria-selected", "true");
    one ? input.setAttribute("aria-activedescendant", one.id) : input.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    const typed = input.value.trim();
    asked = typed;
    if (!typed) return show([]);
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const { suggestions } = await answer.json();
      // An answer that comes late is one to what is no longer in the box.
      if (asked === typed && document.activeElement === input) show(suggestions);
    } catch {
      show([]);
    }
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    // Pinyin that an input method has not turned into characters yet is left alone.
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && chosen >= 0) list.children[chosen].click();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show([]);
  });
  // A click on an offer must not take the focus away first, which would close the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

document.querySelectorAll("form[data-suggest]").forEach(withSuggestions);
