// Forms filled in on a patchy network are whole without this file. With it, photos are made small before they travel,
// the position can be taken, and what a dead network refused stays on the page, is kept on the phone and sent again.

/** The longest side of a photo that is sent, in pixels: more than any page shows. */
const PHOTO_SIDE_MAX = 1600;
const RETRY_MS = 20_000;

const place = document.querySelector('[data-draft]');
const form = place.querySelector('form');
const button = form.querySelector('.button.main');
const draftKey = `draft ${place.dataset.draft}`;
/** Made anew for every form, or impossible to put back. */
const NOT_KEPT = new Set(['csrfToken', 'photos']);
const freshKey = form.elements.namedItem('idempotencyKey').value;

let attempted = false;
let sending = false;
let body = null;
let retry;

async function smaller(file) {
  if (!file.type.startsWith('image/') || file.size < 400_000) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, PHOTO_SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82));
    return blob !== null && blob.size < file.size
      ? new File([blob], 'photo.jpg', { type: 'image/jpeg' })
      : file;
  } catch {
    return file; // The server decides what it is.
  }
}

const photosOf = (data) => data.getAll('photos').filter((photo) => photo.size > 0);

/** What the form sends, in the way that its page says. */
async function content() {
  const data = new FormData(form);
  if (form.enctype !== 'multipart/form-data') return new URLSearchParams([...data]);
  const photos = photosOf(data);
  data.delete('photos');
  for (const photo of photos) data.append('photos', await smaller(photo));
  return data;
}

function store(value) {
  try {
    if (value === null) localStorage.removeItem(draftKey);
    else localStorage.setItem(draftKey, JSON.stringify(value));
  } catch {
    // Storage is closed or full: the page itself still holds what was typed.
  }
}

function keep() {
  const data = new FormData(form);
  const entries = [...data].filter(([name, value]) => !NOT_KEPT.has(name) && value !== '');
  const photos = photosOf(data).length > 0;
  store({ action: form.getAttribute('action'), entries, attempted, photos });
}

/**
 * Puts an unsent draft of the same form back. With its key, so that what did arrive is not done twice; but photos
 * cannot be put back, and then only the person can tell whether it arrived.
 */
function restore() {
  try {
    const draft = JSON.parse(localStorage.getItem(draftKey) ?? 'null');
    if (draft === null || draft.action !== form.getAttribute('action')) return;
    for (const [name, value] of draft.entries) {
      const field = form.elements.namedItem(name);
      if (field instanceof Element) field.value = value;
      field?.closest?.('details')?.setAttribute('open', '');
    }
    const doubtful = draft.attempted && draft.photos;
    if (doubtful) form.elements.namedItem('idempotencyKey').value = freshKey;
    say(doubtful ? place.dataset.doubt : place.dataset.restored, doubtful ? 'late' : 'plain');
  } catch {
    store(null);
  }
}

function say(words, tone) {
  const notice = place.querySelector('.unsent') ?? document.createElement('div');
  notice.className = `notice unsent ${tone}`;
  notice.setAttribute('role', 'status');
  notice.textContent = words;
  place.prepend(notice);
  notice.scrollIntoView({ block: 'nearest' });
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(retry);
  button.setAttribute('aria-busy', 'true');
  try {
    // The same content again on a retry: the server then knows the deed by its key and does it once.
    body ??= await content();
    attempted = true;
    keep();
    const response = await fetch(form.action, { method: 'POST', body });
    if (response.redirected) {
      // Signed out meanwhile: what was typed is here again after signing in.
      if (new URL(response.url).pathname !== '/login') store(null);
      location.assign(response.url);
      return;
    }
    body = null;
    show(await response.text());
  } catch {
    say(place.dataset.unsent, 'late');
    retry = setTimeout(send, RETRY_MS);
  } finally {
    sending = false;
    button.removeAttribute('aria-busy');
  }
}

/** The server's answer in place of the form: the same form, with each mistake beside its field. */
function show(html) {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  const again = answer.querySelector('[data-draft] form');
  place.querySelector('.unsent')?.remove();
  if (again === null) {
    document.querySelector('main').replaceWith(answer.querySelector('main'));
    return;
  }
  const buttons = button.closest('.buttons');
  form.replaceChildren(...again.childNodes);
  form.querySelector('.buttons').replaceWith(buttons);
  offerPosition();
  attempted = false;
  form.querySelector('.mistakes')?.focus();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (sending) return;
  body = null;
  send();
});
form.addEventListener('input', () => {
  // What is sent now is another content than what a lost answer was about.
  if (attempted) form.elements.namedItem('idempotencyKey').value = freshKey;
  body = null;
  clearTimeout(retry);
  keep();
});
addEventListener('online', () => {
  if (body !== null) send();
});

const locate = place.querySelector('[data-locate]');
function offerPosition() {
  if (locate === null || !('geolocation' in navigator)) return;
  document.getElementById('field-place.name').closest('.field').append(locate);
  locate.hidden = false;
}

function setPosition({ coords }) {
  form.elements.namedItem('place.lat').value = coords.latitude.toFixed(6);
  form.elements.namedItem('place.lon').value = coords.longitude.toFixed(6);
  locate.querySelector('span').textContent = locate.dataset.done;
  keep();
}

locate?.addEventListener('click', () => {
  locate.setAttribute('aria-busy', 'true');
  const ended = () => locate.removeAttribute('aria-busy');
  navigator.geolocation.getCurrentPosition(
    (position) => {
      ended();
      setPosition(position);
    },
    () => {
      ended();
      locate.querySelector('span').textContent = locate.dataset.failed;
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
});

offerPosition();
if (document.querySelector('.mistakes') === null) restore();
