// Printing works without this file: “Xem trước” asks the server for the preview. With it, the preview follows what
// is typed, and the first free label of a part-used sheet is chosen on its picture. All sums are the server's.
import { placeChooser } from './places.js';

const WAIT_MS = 350;
const form = document.querySelector('form[data-preview]');

function parameters() {
  const names = form.dataset.names.split(' ').filter((name) => form.elements[name]);
  return new URLSearchParams(names.map((name) => [name, form.elements[name].value.trim()]));
}

function showRefusal(problem) {
  const said = form.querySelector('[data-refused]');
  said.textContent = problem.detail ?? problem.title;
  said.hidden = false;
  // What stands beside its field already is not said once more.
  const errors = [...form.querySelectorAll('.field .error')];
  const isSaid = errors.some(({ textContent }) => textContent === said.textContent);
  form.querySelector('[data-proof]').hidden = isSaid;
  form.querySelector('[data-proofs]').hidden = true;
  form.querySelector('[data-plan]').textContent = '';
  offerLayout(problem.fittingLayout);
}

/** The layout that fits, where there is one; its button chooses it in the form. */
function offerLayout(id) {
  const button = form.querySelector('[data-fit]');
  const option = [...(form.elements.layout?.options ?? [])].find(({ value }) => value === id);
  button.hidden = option === undefined;
  if (option === undefined) return;
  button.value = id;
  button.textContent = button.dataset.fit.replace('{layout}', () => option.textContent.trim());
}

/** How many labels the batch may still have, and whether that is too few for what was typed. */
function showLeft({ sentences, most, full }) {
  const over = form.querySelector('[data-over]');
  if (sentences.left === undefined) return;
  const hint = document.getElementById('field-count-hint');
  if (hint !== null) hint.textContent = sentences.left;
  const sheets = form.querySelector('[value="sheets"][data-fill]');
  if (sheets !== null) sheets.dataset.fill = String(full);
  const left = form.querySelector('[value="left"][data-fill]');
  if (left !== null && most !== null) left.dataset.fill = String(most);
  if (over === null) return;
  over.textContent = sentences.left;
  over.hidden = most === null || Number(form.elements.count.value) <= most;
}

/** What was wrong with paper or layout when the form was sent, and fits now, is not wrong any more. */
function forgetMisfit() {
  for (const name of ['template', 'layout']) {
    const place = document.getElementById(`field-${name}-error`)?.closest('.with-fills');
    for (const part of place?.querySelectorAll('.error, .button') ?? []) part.remove();
    document.getElementById(`field-${name}`)?.removeAttribute('aria-invalid');
    form.querySelector(`.mistakes a[href="#field-${name}"]`)?.closest('li').remove();
  }
  if (form.querySelector('.mistakes li') === null) form.querySelector('.mistakes')?.remove();
}

function showPreview(answer, query) {
  forgetMisfit();
  form.querySelector('[data-proof]').hidden = false;
  form.querySelector('[data-refused]').hidden = true;
  offerLayout(null);
  form.querySelector('[data-proofs]').hidden = false;
  form.querySelector('[data-plan]').textContent = answer.sentences.plan;
  form.querySelector('[data-symbol]').textContent = answer.sentences.symbol;
  form.querySelector('[data-submit]').textContent = answer.sentences.submit;
  showLeft(answer);
  form.querySelector('[data-tap]').hidden = answer.perPage === 1;
  for (const image of form.querySelectorAll('img[data-view]')) {
    const { view } = image.dataset;
    const isShown = view === 'label' || answer.perPage > 1;
    image.closest('figure').hidden = !isShown;
    if (!isShown) continue;
    image.src = `${form.dataset.preview}.svg?${query}&view=${view}`;
    image.alt = view === 'sheet' ? answer.sentences.plan : image.alt;
  }
  const link = form.querySelector('[data-calibration]');
  if (link !== null && answer.calibration) link.href = answer.calibration;
  const hint = document.getElementById('field-startAt-hint');
  if (hint !== null && answer.sentences.startAt) hint.textContent = answer.sentences.startAt;
}

let chooser;
let asked = 0;

async function look() {
  const query = parameters();
  // Nothing to show yet of what somebody has only begun to fill in.
  if ([...query.keys()].some((name) => form.elements[name].required === true && query.get(name) === '')) return;
  asked += 1;
  const mine = asked;
  const response = await fetch(`${form.dataset.preview}?${query}`, { headers: { accept: 'application/json' } });
  const answer = await response.json();
  // An answer that was overtaken by a later question says nothing any more.
  if (mine !== asked) return;
  if (response.ok) {
    chooser.show(answer.perPage > 1 ? answer.page : null, Number(query.get('startAt')));
    showPreview(answer, query);
  } else {
    showRefusal(answer);
  }
}

if (form !== null) {
  let waiting;
  const later = () => {
    clearTimeout(waiting);
    // Without a network the page stays as it is: the form still works.
    waiting = setTimeout(() => look().catch(() => undefined), WAIT_MS);
  };
  form.addEventListener('input', later);
  form.addEventListener('change', (event) => {
    // Another paper begins at its first label: the place typed belonged to the sheet before.
    if (form.elements.template && event.target === form.elements.template) form.elements.startAt.value = '1';
    later();
  });
  chooser = placeChooser(form.querySelector('[data-places]'), (place) => {
    form.elements.startAt.value = String(place);
    look().catch(() => undefined);
  });
  for (const button of form.querySelectorAll('[data-fill]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      form.elements.count.value = button.dataset.fill;
      look().catch(() => undefined);
    });
  }
  form.querySelector('[data-fit]').addEventListener('click', (event) => {
    event.preventDefault();
    form.elements.layout.value = event.currentTarget.value;
    form.elements.layout.dispatchEvent(new Event('change', { bubbles: true }));
  });
  form.querySelector('[data-look]').hidden = true;
  look().catch(() => undefined);
}
