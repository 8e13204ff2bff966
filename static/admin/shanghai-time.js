"use strict"
{
  // Django tells by how many hours this computer differs from “server time”, today; nobody should have to reckon.
  const clock = (zone) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      ...{ month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
      timeZone: zone,
    }).format(new Date())

  window.addEventListener("load", () => {
    for (const warning of document.querySelectorAll(".timezonewarning")) {
      warning.textContent = interpolate(
        gettext("Type Shanghai's time: it is %s in Shanghai now, while the clock of this computer says %s."),
        [clock("Asia/Shanghai"), clock()],
      )
    }
  })
}
