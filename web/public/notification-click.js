// Part of the service worker: a click on a desktop notification brings the workplace to the page it is about.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || "/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(
    (async () => {
      const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const open = windows.find((window) => "focus" in window);
      if (!open) return self.clients.openWindow(url.href);
      open.postMessage({ type: "bastide.open", path: url.pathname + url.search });
      return open.focus();
    })(),
  );
});
