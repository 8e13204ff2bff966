"use strict"
// What stands in the controls of a form, read and put back: fields, rows of inlines, choices with their labels, the
// prose editor. Of a text control it is {name, text, hidden}; of a select {name, chosen: [[value, label]]}; of a check box or
// radio button {name, value, checked}.
{
  const LEFT_OUT = new Set(["password", "file", "submit", "button", "reset", "image", "fieldset", "output"])
  const OWN = new Set(["csrfmiddlewaretoken", "form_key"])
  // Differs after every save, and says nothing of what was typed.
  const TECHNICAL = /^read_version$|-(id|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$/

  const editors = new WeakMap()
  document.addEventListener("prose-editor:ready", (event) => editors.set(event.detail.textarea, event.detail.editor))

  // The admin's two boxes side by side: everything in the right one counts, the left one is not posted.
  const isChosenBox = (control) => control.classList.contains("filtered") && control.id.endsWith("_to")
  const isOfferedBox = (control) => control.classList.contains("filtered") && control.id.endsWith("_from")

  const isKept = (control) =>
    control.name && !control.disabled && !LEFT_OUT.has(control.type) && !OWN.has(control.name) &&
    !control.name.includes("__prefix__") && !control.name.endsWith("-kept") && !isOfferedBox(control) &&
    !control.closest("[data-proposed]") // what the server proposes anew from the text
  const isTick = (control) => control.type === "checkbox" || control.type === "radio"

  const stateOf = (control) => {
    const { name } = control
    if (isTick(control)) return { name, value: control.value, checked: control.checked }
    if (control.type.startsWith("select")) {
      const options = isChosenBox(control) ? [...control.options] : [...control.selectedOptions]
      return { name, chosen: options.map((option) => [option.value, option.text]) }
    }
    return { name, text: control.value, hidden: control.type === "hidden" }
  }

  const read = (form) => [...form.elements].filter(isKept).map(stateOf)

  const filesOf = (form) =>
    [...form.elements].flatMap((control) => [...(control.files ?? [])]).map((file) => file.name)

  const wordsOf = (state) => {
    if ("checked" in state) return state.checked ? "✓" : ""
    if ("chosen" in state) return state.chosen.filter(([value]) => value).map(([, label]) => label).join("、")
    return state.text.replaceAll("\r\n", "\n")
  }
  const idOf = (state) => ("checked" in state ? `${state.name}=${state.value}` : state.name)

  const inEmptyRow = (form, name) => form.elements[name.replace(/-\d+-/, "-__prefix__-")]
  const isTechnical = (form, state) =>
    TECHNICAL.test(state.name) || (state.hidden && inEmptyRow(form, state.name)?.value === state.text)

  // {what: words} of all that a person sees; a name that occurs twice collects both.
  const essence = (form, states) => {
    const found = new Map()
    for (const state of states) {
      if (!isTechnical(form, state)) found.set(idOf(state), (found.get(idOf(state)) ?? "") + wordsOf(state))
    }
    return found
  }

  const labelOf = (form, id) => {
    const name = id.split("=")[0]
    const control = [...form.elements].find((one) => one.name === name) ?? inEmptyRow(form, name)
    const column = control?.closest("td")?.className.match(/field-\w+/)?.[0].replace("field-", "column-")
    const label = control?.labels?.[0] ?? (column && control.closest("table").querySelector(`th.${column}`))
    const row = name.match(/-(\d+)-/)
    return (label?.textContent.replace(/[:：]\s*$/, "").trim() || name) + (row ? ` (${Number(row[1]) + 1})` : "")
  }

  const labelled = (form, id, words) => [
    labelOf(form, id),
    new DOMParser().parseFromString(words, "text/html").body.textContent,
  ]

  // [[label, words]] of what the draft has otherwise than the form.
  const differences = (form, states) => {
    const here = essence(form, read(form))
    return [...essence(form, states)]
      .filter(([id, words]) => words !== (here.get(id) ?? ""))
      .map(([id, words]) => labelled(form, id, words))
  }

  const addRows = (form, states) => {
    for (const { name, text } of states) {
      const prefix = name.match(/^(.+)-TOTAL_FORMS$/)?.[1]
      const add = prefix && document.getElementById(`${prefix}-group`)?.querySelector(".add-row a")
      for (let left = add ? text - form.elements[name].value : 0; left > 0; left--) add.click()
    }
  }

  const choose = (select, chosen) => {
    if (isChosenBox(select)) {
      const offered = select.id.replace(/_to$/, "_from")
      const wanted = new Set(chosen.map(([value]) => value))
      SelectBox.move_all(select.id, offered)
      for (const option of document.getElementById(offered).options) option.selected = wanted.has(option.value)
      SelectBox.move(offered, select.id)
      return
    }
    for (const option of select.options) option.selected = false
    for (const [value, label] of chosen) {
      // A box that searches holds only what was chosen in it.
      let option = [...select.options].find((one) => one.value === value)
      if (!option) select.append((option = new Option(label, value)))
      option.selected = true
    }
  }

  // Gives [[label, words]] of what has no place in the form any more.
  const putBack = (form, states) => {
    addRows(form, states)
    const left = new Map(states.map((state) => [idOf(state), []]))
    for (const state of states) left.get(idOf(state)).push(state)
    for (const control of [...form.elements].filter(isKept)) {
      const now = stateOf(control)
      const state = left.get(idOf(now))?.shift()
      if (!state || JSON.stringify(now) === JSON.stringify(state)) continue
      if ("checked" in state) control.checked = state.checked
      else if ("chosen" in state) choose(control, state.chosen)
      else if (editors.has(control)) editors.get(control).commands.setContent(state.text, { emitUpdate: true })
      else control.value = state.text
      for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }))
    }
    const homeless = [...left.values()].flat().filter((state) => !isTechnical(form, state) && wordsOf(state))
    return homeless.map((state) => labelled(form, idOf(state), wordsOf(state)))
  }

  window.localDraftFields = { read, filesOf, differences, putBack }
}
