// Windows that forget what they stored as soon as they are closed.
//
// No browser says so. Firefox has no service worker in private windows, and Firefox and Safari
// refuse the private file system there. Chromium's private windows look like any other: for
// them, and for all that we do not recognise, the start page says it in general.

export async function thisWindowForgets() {
  if (!window.isSecureContext) return false; // nothing can be told then
  if (!navigator.serviceWorker) return true;
  try {
    await navigator.storage?.getDirectory?.();
    return false;
  } catch (error) {
    return error.name === "SecurityError";
  }
}
