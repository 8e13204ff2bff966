// Links are made and revoked without leaving the page: what is typed into its form above is not saved yet.
document.addEventListener("submit", async (event) => {
  const panel = event.target.closest("#previews")
  if (!panel) return
  event.preventDefault()
  let fresh = null
  try {
    const response = await fetch(event.target.action, { method: "POST", body: new FormData(event.target) })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    fresh = page.getElementById("previews")
  } catch {
    // No connection: said below.
  }
  if (!fresh) {
    panel.querySelector("[data-failed]").hidden = false
    return
  }
  panel.replaceWith(fresh)
  showCopyButtons()
  fresh.focus()
})

document.addEventListener("click", (event) => {
  const button = event.target.closest("#previews [data-copy]")
  if (!button) return
  // The clipboard's newer interface is closed to sites without https.
  button.parentElement.querySelector("input").select()
  if (document.execCommand("copy")) button.textContent = button.dataset.copy
})

function showCopyButtons() {
  for (const button of document.querySelectorAll("#previews [data-copy]")) button.hidden = false
}
showCopyButtons()
