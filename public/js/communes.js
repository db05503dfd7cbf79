// A commune can be typed by its name; with this file, those of the chosen province are offered.

const commune = document.querySelector('input[name$="communeCode"]');
const province = document.querySelector('[name$="provinceCode"]');

async function offer(list) {
  list.replaceChildren();
  if (!/^\d\d$/.test(province.value)) return;
  const answer = await fetch(`/api/v1/provinces/${province.value}/communes?limit=200`);
  if (!answer.ok) return;
  const { items } = await answer.json();
  for (const { name } of items) list.append(new Option(name, name));
}

if (commune !== null && province !== null) {
  const list = document.createElement('datalist');
  list.id = 'communes';
  commune.after(list);
  commune.setAttribute('list', list.id);
  province.addEventListener('change', () => void offer(list));
  void offer(list);
}
