// Forms are whole without this file: the server takes a double tap as one deed and marks what is wrong.
// With it, the button says that it is working, mistakes get the focus, and a typed password can be shown.

for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    const button = form.querySelector('.button.main');
    if (button.getAttribute('aria-busy') === 'true') event.preventDefault();
    button.setAttribute('aria-busy', 'true');
  });
}

// Back from the next page: the button must work again.
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
});

document.querySelector('.mistakes')?.focus();

// A link to a field inside a folded group opens the group; browsers that do so by themselves lose nothing.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest('details:not([open])');
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();

for (const button of document.querySelectorAll('[data-reveal]')) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener('click', () => {
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    input.focus();
  });
}
