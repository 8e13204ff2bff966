"use strict"
// Drafts of forms in this browser's IndexedDB: unlike localStorage it holds more than 5 MB.
// A draft: {key, user, path, at, version, files, fields}. `key` is the form's one-time key, `at` milliseconds.
{
  const DAYS_KEPT = 30
  const SAVED = "saved_forms"

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })

  const open = () => {
    const request = indexedDB.open("newsletter-drafts", 1)
    request.onupgradeneeded = () => {
      const drafts = request.result.createObjectStore("drafts", { keyPath: "key" })
      drafts.createIndex("page", ["user", "path"])
      drafts.createIndex("at", "at")
    }
    return settled(request)
  }
  let opened

  const within = async (mode, work) => {
    opened ??= open()
    const transaction = (await opened).transaction("drafts", mode, { durability: "strict" })
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    })
    const [result] = await Promise.all([work(transaction.objectStore("drafts")), finished])
    return result
  }

  const forget = (keys) => within("readwrite", (drafts) => keys.forEach((key) => drafts.delete(key)))

  // The server has told in a cookie which forms it has saved: see newsletter.records.form_keys.
  const forgetSaved = async () => {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${SAVED}=`))
    if (!cookie) return
    await forget(cookie.slice(SAVED.length + 1).split("."))
    document.cookie = `${SAVED}=; Path=/; Max-Age=0; SameSite=Lax`
  }

  const forgetOld = () =>
    within("readwrite", async (drafts) => {
      const before = IDBKeyRange.upperBound(Date.now() - DAYS_KEPT * 86_400_000)
      for (const key of await settled(drafts.index("at").getAllKeys(before))) drafts.delete(key)
    })

  window.localDrafts = {
    put: (draft) => within("readwrite", (drafts) => settled(drafts.put(draft))),
    of: (user, path) => within("readonly", (drafts) => settled(drafts.index("page").getAll([user, path]))),
    forget,
    forgetSaved,
    forgetOld,
  }
}
