"use strict"
// A form is sent once, with its draft kept, and only when the person is still logged in: otherwise what was typed
// would end on a log-in page. Where the question fails, the form is sent as it is: the server checks everything anyway.
{
  const PATIENCE = 10_000 // milliseconds for the answer
  const BUSY = 30_000 // then the buttons work again: somebody may have stopped the sending

  const ask = async (address) => {
    let answer
    try {
      answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })
    } catch {
      return "unreachable"
    }
    return answer.ok ? answer.json() : "unknown"
  }

  const isLoggedIn = (session, marker) => String(session.user) === marker.dataset.user

  // A log-in in another window has made the tokens of this page worthless.
  const renewTokens = (token) =>
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token))

  const show = (id, deeds) => {
    const dialog = document.getElementById(id).content.firstElementChild.cloneNode(true)
    document.body.append(dialog)
    dialog.addEventListener("close", () => dialog.remove())
    dialog.addEventListener("click", (event) => {
      const deed = event.target.dataset.deed
      if (!deed) return
      dialog.close()
      deeds?.[deed]?.()
    })
    dialog.showModal()
    return dialog
  }

  const askToLogIn = (marker) => {
    const dialog = show("local-draft-log-in")
    const lookAgain = async () => {
      const session = await ask(marker.dataset.session)
      if (isLoggedIn(session, marker)) dialog.close()
    }
    window.addEventListener("focus", lookAgain)
    dialog.addEventListener("close", () => window.removeEventListener("focus", lookAgain))
  }

  const guard = (marker) => {
    const { form } = marker
    let state = "open" // then "asking", "checked", "sent"
    let timer

    const set = (next) => {
      state = next
      clearTimeout(timer)
      form.inert = state === "sent"
      form.toggleAttribute("aria-busy", state === "sent")
      if (state === "sent") timer = setTimeout(() => set("open"), BUSY)
    }
    const send = (button) => {
      state = "checked"
      form.requestSubmit(button)
      if (state === "checked") set("open") // the browser found something missing
    }
    const check = async (button) => {
      await form.localDraft.write()
      const session = await ask(marker.dataset.session)
      if (session === "unreachable") {
        set("open")
        show("local-draft-unreachable", { send: () => send(button) })
      } else if (session !== "unknown" && !isLoggedIn(session, marker)) {
        set("open")
        askToLogIn(marker)
      } else {
        if (session.token) renewTokens(session.token)
        send(button)
      }
    }
    form.addEventListener("submit", (event) => {
      if (event.target !== form) return // a dialog of the text editor
      if (state === "checked") {
        state = "sent"
        setTimeout(() => set("sent")) // after the browser has read the fields
        return
      }
      event.preventDefault()
      if (state !== "open") return // a second click
      state = "asking"
      check(event.submitter)
    })
    window.addEventListener("pageshow", () => set("open"))
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-local-draft]").forEach(guard))
}
