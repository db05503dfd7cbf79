// Shows a typed or pasted code as it stands on the label: capitals, groups of four.
// The server reads it either way.

/** The code in groups of four; an address pasted whole gives the code at its end. */
function grouped(text) {
  const last = text.trim().split('/').at(-1).split('?')[0];
  const code = last
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 20);
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

for (const input of document.querySelectorAll('input[data-code]')) {
  input.addEventListener('input', () => {
    // Only while typing at the end: nothing jumps under a cursor in the middle.
    if (input.selectionStart !== input.value.length) return;
    const next = grouped(input.value);
    if (next !== input.value) input.value = next;
  });
}
