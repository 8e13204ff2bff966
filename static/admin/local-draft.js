"use strict"
// Keeps what is typed into a form in this browser until the server has said that it was saved, and offers it back.
// A form takes part by including templates/admin/_local_draft.html.
{
  const WAIT = 500 // milliseconds after the last key
  const CLOSING = 3_000 // milliseconds in which a closed window is surely gone
  const { read, filesOf, differences, putBack } = window.localDraftFields
  const drafts = window.localDrafts

  const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true)

  const moment = (at) => {
    const isToday = new Date(at).toDateString() === new Date().toDateString()
    const day = isToday ? {} : { month: "long", day: "numeric" }
    return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false }).format(at)
  }

  // Each open window holds a lock by the name of its draft, so that no other window offers it as lost. Browsers have
  // locks on https and loopback addresses only; elsewhere two windows of one form offer each other's text.
  const lockOf = (key) => `local-draft:${key}`
  const hold = (key) => navigator.locks?.request(lockOf(key), () => new Promise(() => {}))
  // A window that was just closed or loaded anew lets go a moment later.
  const isLost = async (key) =>
    !navigator.locks ||
    navigator.locks.request(lockOf(key), { signal: AbortSignal.timeout(CLOSING) }, () => true).catch(() => false)

  const keep = (form, marker) => {
    const page = { user: marker.dataset.user, path: location.pathname }
    let known = JSON.stringify(read(form)) // what stands in the form as the server showed it
    let timer, warned

    const write = async () => {
      clearTimeout(timer)
      const fields = read(form)
      const now = JSON.stringify(fields)
      if (now === known) return
      known = now
      const version = form.elements.read_version?.value
      try {
        await drafts.put({ key: marker.value, ...page, at: Date.now(), version, files: filesOf(form), fields })
      } catch (error) {
        known = undefined
        if (!warned) form.before(fromTemplate("local-draft-not-kept"))
        warned = true
        console.warn(error)
      }
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(write, WAIT)
    }
    // Calendars, search boxes and buttons of rows change fields without an event of their own: a click tells.
    for (const kind of ["input", "change", "click", "keyup"]) document.addEventListener(kind, soon)
    for (const kind of ["formset:added", "formset:removed"]) document.addEventListener(kind, soon)
    document.addEventListener("visibilitychange", write)
    window.addEventListener("pagehide", write)
    form.localDraft = { write }
    hold(marker.value)
  }

  const fill = (list, rows) => {
    for (const [label, words] of rows) {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")]
      term.textContent = label
      text.textContent = words || "—"
      list.append(term, text)
    }
  }

  const offer = (form, marker, draft, different) => {
    const bar = fromTemplate("local-draft-offer")
    const slot = (name) => bar.querySelector(`[data-slot=${name}]`)
    const here = form.elements.read_version?.value
    const time = bar.querySelector("time")
    time.dateTime = new Date(draft.at).toISOString()
    time.textContent = moment(draft.at)
    if (draft.version) {
      slot("based").hidden = false
      slot("version").textContent = draft.version
      slot("newer").hidden = draft.version === here
    }
    if (draft.files.length) {
      slot("files").hidden = false
      slot("files").querySelector("span").textContent = draft.files.join("、")
    }
    const list = bar.querySelector("dl")
    fill(list, different)
    const deeds = {
      "put-back": () => {
        const homeless = putBack(form, draft.fields)
        // The draft goes on under its own key: had it been saved after all, the server knows the key.
        marker.value = draft.key
        hold(draft.key)
        const report = fromTemplate("local-draft-is-back")
        report.querySelector("div").hidden = !homeless.length
        fill(report.querySelector("dl"), homeless)
        bar.replaceWith(report)
      },
      look: (button) => {
        list.hidden = !list.hidden
        button.setAttribute("aria-expanded", String(!list.hidden))
      },
      discard: async (button) => {
        if (!confirm(button.dataset.question)) return
        await drafts.forget([draft.key])
        bar.remove()
      },
    }
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-deed]")
      if (button) deeds[button.dataset.deed](button)
    })
    form.before(bar)
  }

  const begin = async (marker) => {
    const { form } = marker
    keep(form, marker)
    try {
      await drafts.forgetSaved()
      await drafts.forgetOld()
      const kept = await drafts.of(marker.dataset.user, location.pathname)
      for (const draft of kept.sort((one, other) => other.at - one.at)) {
        if (draft.key === marker.value || !(await isLost(draft.key))) continue
        const different = differences(form, draft.fields)
        if (different.length) offer(form, marker, draft, different)
        else await drafts.forget([draft.key]) // it is what the server shows
      }
    } catch (error) {
      console.warn(error) // no storage: `write` tells
    }
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-local-draft]").forEach(begin))
}
