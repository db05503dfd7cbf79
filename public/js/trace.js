// The trace page is whole without this file. With it: the scan is counted once a person sees the page,
// sharing opens the phone's own sheet, and a typed code falls into groups of four.
import './code-box.js';

/** A reload within a minute is the same scan. */
const SAME_VISIT_MS = 60_000;

/** Reports one scan, only for a page really before someone's eyes: previews count nothing. */
async function reportScan(address) {
  const key = `scan ${address}`;
  try {
    const before = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - before < SAME_VISIT_MS) return;
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    // Storage is closed in some in-app browsers: the server joins scans within a minute as well.
  }
  await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    keepalive: true,
  });
}

const scanned = document.querySelector('[data-scan]');
if (scanned !== null) {
  const report = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', report);
    setTimeout(() => reportScan(scanned.dataset.scan).catch(() => undefined), 800);
  };
  document.addEventListener('visibilitychange', report);
  report();
}

for (const button of document.querySelectorAll('[data-share]')) {
  const url = button.dataset.share;
  if (navigator.share === undefined && navigator.clipboard === undefined) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      if (navigator.share !== undefined) {
        await navigator.share({ title: document.title, url });
      } else {
        await navigator.clipboard.writeText(url);
        button.querySelector('span').textContent = button.dataset.done;
      }
    } catch {
      // The person closed the sheet.
    }
  });
}
