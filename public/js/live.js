// These forms work without this file: “Xem thử” asks the server for the picture, ↑ and ↓ send the form. With it, the
// picture follows what is typed and a row moves at once. The picture is always the server's.

const WAIT_MS = 350;
const form = document.querySelector('form[data-live-form]');

let asked = 0;

async function look() {
  asked += 1;
  const mine = asked;
  const fields = new URLSearchParams(new FormData(form));
  fields.set('preview', '1');
  // Nothing is made: the key stays for the deed itself.
  fields.delete('idempotencyKey');
  const response = await fetch(form.action, { method: 'POST', body: fields });
  const text = await response.text();
  // An answer that was overtaken by a later question says nothing any more.
  if (mine !== asked || !response.ok) return;
  const made = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-live]');
  if (made !== null) form.querySelector('[data-live]').replaceChildren(...made.childNodes);
}

let waiting;
function later() {
  clearTimeout(waiting);
  // Without a network the picture stays as it is: the form still works.
  waiting = setTimeout(() => look().catch(() => undefined), WAIT_MS);
}

function move(event) {
  const button = event.target.closest('button[name="move"]');
  if (button === null) return;
  event.preventDefault();
  const row = button.closest('li');
  const isUp = button.value.endsWith(':up');
  const other = isUp ? row.previousElementSibling : row.nextElementSibling;
  if (other === null) return;
  if (isUp) other.before(row);
  else other.after(row);
  button.focus();
  later();
}

if (form !== null) {
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  form.addEventListener('click', move);
  form.querySelector('[data-look]').hidden = true;
}
