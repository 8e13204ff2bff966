"use strict"
// When the text or byline of a brief has changed, the server is asked what it names, and what is still empty is filled
// in. Without this script the button below the rows asks the same.
{
  const WAIT = 200 // milliseconds: a draft that is put back changes many rows at once
  const FILLED = ["title", "text", "byline", "contributor", "event_type", "when"]
  const form = document.querySelector("form.briefs")
  const waiting = new Set()
  let timer

  const question = (rows) => {
    const data = new FormData()
    const isAsked = (control) =>
      control.name && control.type !== "file" && !control.name.endsWith("-kept") && (control.type !== "checkbox" || control.checked)
    const shared = form.querySelectorAll("[name=csrfmiddlewaretoken], [name$=_FORMS], .briefs-place [name]")
    for (const control of [shared, ...rows.map((row) => row.querySelectorAll("[name]"))].flatMap((list) => [...list])) {
      if (isAsked(control)) data.append(control.name, control.value)
    }
    return data
  }

  const take = (row, answered, sent) => {
    for (const name of FILLED) {
      const here = row.querySelector(`.brief-${name} [name]`)
      const there = answered.querySelector(`.brief-${name} [name]`)
      // What was typed while the question was on its way stays.
      if (here && there && here.value === sent.get(here.name)) here.value = there.value
    }
    for (const part of [".brief-found", "header", ".brief-title label"]) {
      row.querySelector(part).replaceWith(document.adoptNode(answered.querySelector(part)))
    }
  }

  const look = async () => {
    const rows = [...waiting]
    waiting.clear()
    const sent = question(rows)
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: sent })
      if (!answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      for (const row of rows) {
        const answered = page.getElementById(row.id)
        if (answered) take(row, answered, sent)
      }
    } catch (error) {
      console.warn(error) // the button asks again
    }
  }

  form.addEventListener("change", ({ target }) => {
    const row = target.closest(".brief")
    if (!row) return
    if (target.matches(".brief-text [name], .brief-byline [name]") && row.querySelector(".brief-text [name]").value.trim()) {
      waiting.add(row)
      clearTimeout(timer)
      timer = setTimeout(look, WAIT)
    }
    if (target.type === "file" && target.files.length) row.querySelector("details").open = true
  })
}
